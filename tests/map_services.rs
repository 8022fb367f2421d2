//! WMS, WMTS and picture tiles, as old programs ask for them.

mod common;

use common::folder::Folder;
use common::{get, get_from, serve};
use quick_xml::events::Event;
use serde_json::json;

const BOX: &str = "STYLES=&WIDTH=400&HEIGHT=300&FORMAT=image/png";

fn wms(rest: &str) -> String {
    format!("/wms?SERVICE=WMS&VERSION=1.3.0&{rest}")
}

/// Width, height and RGBA of a PNG.
fn pixels(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    (reader.info().width, reader.info().height, pixels)
}

/// The texts of all elements with this name; panics where the document is not well-formed.
fn texts(xml: &[u8], name: &str) -> Vec<String> {
    let xml = std::str::from_utf8(xml).unwrap();
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut inside, mut found) = (false, Vec::new());
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {xml}")) {
            Event::Start(tag) => {
                inside = tag.local_name().as_ref() == name;
                if inside {
                    found.push(String::new());
                }
            }
            Event::Text(text) if inside => found.last_mut().unwrap().push_str(&text),
            Event::GeneralRef(_) if inside => found.last_mut().unwrap().push('&'),
            Event::End(_) => inside = false,
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[tokio::test]
async fn a_box_has_its_axes_in_the_order_of_its_system() {
    let drawn = |question: String| async move {
        let answer = get(&question).await;
        assert_eq!(answer.header("content-type"), "image/png", "{question}");
        pixels(&answer.body).2
    };
    let layers = "REQUEST=GetMap&LAYERS=counties,townships,medical";
    let north_first =
        drawn(wms(&format!("{layers}&{BOX}&CRS=EPSG:4490&BBOX=30.6,108.4,31.2,109.2"))).await;
    let same = [
        wms(&format!("{layers}&{BOX}&CRS=EPSG:4326&BBOX=30.6,108.4,31.2,109.2")),
        wms(&format!("{layers}&{BOX}&CRS=CRS:84&BBOX=108.4,30.6,109.2,31.2")),
        format!(
            "/wms?SERVICE=WMS&VERSION=1.1.1&{layers}&{BOX}&SRS=EPSG:4326&BBOX=108.4,30.6,109.2,31.2"
        ),
    ];
    for question in same {
        assert!(drawn(question.clone()).await == north_first, "{question}");
    }
    // A zone of CGCS2000 has the northing first, too.
    let zone =
        drawn(wms(&format!("{layers}&{BOX}&CRS=EPSG:4545&BBOX=3390000,540000,3450000,620000")))
            .await;
    let old = format!(
        "/wms?SERVICE=WMS&VERSION=1.1.1&{layers}&{BOX}&SRS=EPSG:4545&BBOX=540000,3390000,620000,3450000"
    );
    assert!(drawn(old).await == zone);
    let coloured = zone.chunks_exact(4).filter(|p| p[..3] != [255, 255, 255]).count();
    assert!(coloured > 60_000, "{coloured} of 120,000 pixels are drawn");
}

#[tokio::test]
async fn what_is_wrong_with_a_map_is_said_in_the_document_of_the_service() {
    let whole = "LAYERS=townships&CRS=EPSG:4490&BBOX=30.5,108.3,31.5,109.5";
    for (question, code, words) in [
        (
            format!("REQUEST=GetMap&LAYERS=nope&CRS=EPSG:4490&BBOX=30,108,31,109&{BOX}"),
            "LayerNotDefined",
            "nope",
        ),
        (
            format!("REQUEST=GetMap&LAYERS=townships&CRS=EPSG:2435&BBOX=30,108,31,109&{BOX}"),
            "InvalidCRS",
            "EPSG:2435",
        ),
        (
            format!("REQUEST=GetMap&{whole}&STYLES=red&WIDTH=9&HEIGHT=9&FORMAT=image/png"),
            "StyleNotDefined",
            "red",
        ),
        (
            format!("REQUEST=GetMap&{whole}&STYLES=&WIDTH=9&HEIGHT=9&FORMAT=image/tiff"),
            "InvalidFormat",
            "image/tiff",
        ),
        (
            format!(
                "REQUEST=GetMap&LAYERS=townships&CRS=EPSG:4490&BBOX=31.5,109.5,30.5,108.3&{BOX}"
            ),
            "",
            "lower corner comes first",
        ),
        (
            format!("REQUEST=GetMap&LAYERS=townships&CRS=EPSG:4490&BBOX=NaN,108,31,109&{BOX}"),
            "",
            "four numbers",
        ),
        (
            format!("REQUEST=GetMap&LAYERS=townships&CRS=EPSG:4490&BBOX=inf,108,31,109&{BOX}"),
            "",
            "four numbers",
        ),
        (
            format!("REQUEST=GetMap&LAYERS=townships&CRS=EPSG:4490&BBOX=1,2,3&{BOX}"),
            "",
            "four numbers",
        ),
        (
            format!("REQUEST=GetMap&{whole}&STYLES=&WIDTH=40000&HEIGHT=9&FORMAT=image/png"),
            "",
            "WIDTH",
        ),
        (format!("REQUEST=GetMap&{whole}&STYLES=&WIDTH=0&HEIGHT=9&FORMAT=image/png"), "", "WIDTH"),
        (format!("REQUEST=GetMap&{whole}&STYLES=&WIDTH=9&HEIGHT=&FORMAT=image/png"), "", "HEIGHT"),
        (format!("REQUEST=GetMap&CRS=EPSG:4490&BBOX=30,108,31,109&{BOX}"), "", "LAYERS"),
        (format!("REQUEST=GetMap&{whole}&{BOX}&BGCOLOR=red"), "", "BGCOLOR"),
        ("REQUEST=DescribeLayer".to_owned(), "OperationNotSupported", "DescribeLayer"),
        (String::new(), "", "REQUEST"),
        (
            format!("REQUEST=GetFeatureInfo&{whole}&{BOX}&QUERY_LAYERS=townships&I=400&J=1"),
            "InvalidPoint",
            "I is",
        ),
        (
            format!("REQUEST=GetFeatureInfo&{whole}&{BOX}&QUERY_LAYERS=nope&I=1&J=1"),
            "LayerNotDefined",
            "nope",
        ),
        (
            format!(
                "REQUEST=GetFeatureInfo&{whole}&{BOX}&QUERY_LAYERS=townships&I=1&J=1&INFO_FORMAT=x"
            ),
            "InvalidFormat",
            "INFO_FORMAT",
        ),
        ("REQUEST=GetLegendGraphic&LAYER=nope".to_owned(), "LayerNotDefined", "nope"),
    ] {
        let answer = get(&wms(&question)).await;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(answer.header("content-type").starts_with("text/xml"), "{question}: {text}");
        let said = texts(&answer.body, "ServiceException");
        assert!(said.len() == 1 && said[0].contains(words), "{question}: {text}");
        let coded = if code.is_empty() {
            !text.contains("code=")
        } else {
            text.contains(&format!("code=\"{code}\""))
        };
        assert!(coded, "{question}: {text}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_tile_is_said_in_the_document_of_the_service() {
    for (address, code, locator) in [
        ("/wmts/nope/default/w/9/209/410.png", "InvalidParameterValue", "Layer"),
        ("/wmts/atlas/red/w/9/209/410.png", "InvalidParameterValue", "Style"),
        ("/wmts/atlas/default/x/9/209/410.png", "InvalidParameterValue", "TileMatrixSet"),
        ("/wmts/atlas/default/w/19/209/410.png", "InvalidParameterValue", "TileMatrix"),
        ("/wmts/atlas/default/c/0/0/0.png", "InvalidParameterValue", "TileMatrix"),
        ("/wmts/atlas/default/w/9/512/410.png", "TileOutOfRange", ""),
        ("/wmts/atlas/default/c/9/256/410.png", "TileOutOfRange", ""),
        ("/wmts/atlas/default/w/9/x/410.png", "InvalidParameterValue", "TileRow"),
        ("/wmts/atlas/default/w/9/209/410.jpg", "InvalidParameterValue", "Format"),
        (
            "/wmts?SERVICE=WMTS&REQUEST=GetTile&LAYER=atlas",
            "MissingParameterValue",
            "TILEMATRIXSET",
        ),
        ("/wmts?SERVICE=WMTS&REQUEST=GetStyles", "OperationNotSupported", "Request"),
        ("/wmts", "MissingParameterValue", "REQUEST"),
    ] {
        let answer = get(address).await;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(
            answer.status.is_client_error() || answer.status == 501,
            "{address}: {}",
            answer.status
        );
        assert_eq!(texts(&answer.body, "ExceptionText").len(), 1, "{address}: {text}");
        assert!(text.contains(&format!("exceptionCode=\"{code}\"")), "{address}: {text}");
        assert!(
            locator.is_empty() || text.contains(&format!("locator=\"{locator}\"")),
            "{address}: {text}"
        );
    }
    for (address, words) in [
        ("/tiles/nope/9/410/209.png", "no layer"),
        ("/tiles/atlas/19/0/0.png", "zoom 18"),
        ("/tiles/atlas/9/512/0.png", "9/512/0"),
        ("/tiles/atlas/9/410/209.png?lang=fr", "zh or en"),
        ("/tiles/atlas/9/410/209.gif", "pictures in .png"),
    ] {
        let answer = get(address).await;
        assert!(answer.status.is_client_error(), "{address}");
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(words) || words.contains('/'), "{address}: {detail}");
    }
}

#[tokio::test]
async fn a_tile_is_one_whichever_address_it_is_asked_at() {
    let tile = get("/tiles/atlas/10/820/418.png").await;
    assert_eq!(tile.header("content-type"), "image/png");
    let (width, height, shown) = pixels(&tile.body);
    assert_eq!((width, height), (256, 256));
    for address in [
        "/wmts/atlas/default/w/10/418/820.png",
        "/wmts?service=wmts&request=GetTile&version=1.0.0&layer=atlas&style=default&tilematrixset=w&tilematrix=10&tilerow=418&tilecol=820&format=image/png",
    ] {
        assert!(get(address).await.body == tile.body, "{address}");
    }
    let large = pixels(&get("/tiles/atlas/10/820/418@2x.png").await.body);
    assert_eq!((large.0, large.1), (512, 512));
    // Averaged down, it is the same picture.
    let mut off = 0.0;
    for (number, pixel) in shown.chunks_exact(4).enumerate() {
        let (column, row) = (number % 256 * 2, number / 256 * 2);
        let four =
            [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(x, y)| ((row + y) * 512 + column + x) * 4);
        let mean = four.iter().map(|&at| f64::from(large.2[at])).sum::<f64>() / 4.0;
        off += (mean - f64::from(pixel[0])).abs();
    }
    assert!(off / 65_536.0 < 4.0, "{} of 255 on average", off / 65_536.0);
}

#[tokio::test]
async fn a_tile_and_the_same_area_as_a_map_agree() {
    // Without names, which a map places anew for each box.
    let folder = Folder::copy();
    let manifest = folder.path().join("atlas.toml");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(manifest, text.replace("label = true", "label = false")).unwrap();
    let app = serve(folder.path());
    let (z, x, y) = (10, 821, 419);
    let tile = pixels(&get_from(app.clone(), &format!("/tiles/rivers/{z}/{x}/{y}.png")).await.body);
    let side = 2.0 * std::f64::consts::PI * 6_378_137.0 / f64::from(1 << z);
    let corner = -std::f64::consts::PI * 6_378_137.0;
    let (left, top) = (corner + f64::from(x) * side, -corner - f64::from(y) * side);
    let question = wms(&format!(
        "REQUEST=GetMap&LAYERS=rivers&STYLES=&CRS=EPSG:3857&BBOX={left},{},{},{top}&WIDTH=256&HEIGHT=256&FORMAT=image/png&TRANSPARENT=TRUE",
        top - side,
        left + side
    ));
    let map = pixels(&get_from(app, &question).await.body);
    let opaque = |pixels: &[u8]| pixels.chunks_exact(4).filter(|p| p[3] > 128).count();
    let (tile_drawn, map_drawn) = (opaque(&tile.2), opaque(&map.2));
    assert!(tile_drawn > 500, "{tile_drawn} pixels of rivers");
    let apart = tile.2.chunks_exact(4).zip(map.2.chunks_exact(4));
    let apart = apart.filter(|(a, b)| a[3].abs_diff(b[3]) > 128).count();
    assert!(apart < tile_drawn / 5, "{apart} of {tile_drawn} and {map_drawn} pixels differ");
}

#[tokio::test]
async fn capabilities_list_every_layer_and_are_well_formed() {
    let atlas = get("/api/atlas").await.json();
    let ids: Vec<&str> = common::values(&atlas["layers"], "id");
    let maps = get(&wms("REQUEST=GetCapabilities")).await;
    assert!(maps.header("content-type").starts_with("text/xml"));
    let names = texts(&maps.body, "Name");
    let tiles = get("/wmts/1.0.0/WMTSCapabilities.xml").await;
    let identifiers = texts(&tiles.body, "Identifier");
    for id in ids.iter().copied().chain(["atlas"]) {
        assert!(names.contains(&id.to_owned()), "{id} in {names:?}");
        assert!(identifiers.contains(&id.to_owned()), "{id} in {identifiers:?}");
    }
    // Level 1 of degrees is two tiles wide, and a pixel 0.703125 degrees, as 天地图 has it.
    let text = String::from_utf8(tiles.body).unwrap();
    assert!(text.contains("<ScaleDenominator>279541132.014"), "{text}");
    assert!(text.contains("urn:ogc:def:crs:EPSG::4490") && text.contains("<TopLeftCorner>90 -180"));
    let same = get("/wmts?SERVICE=WMTS&REQUEST=GetCapabilities").await;
    assert_eq!(String::from_utf8(same.body).unwrap(), text);
}

#[tokio::test]
async fn a_pixel_says_what_is_there_in_every_format() {
    let question = "REQUEST=GetFeatureInfo&LAYERS=townships,herbs&QUERY_LAYERS=townships,herbs&STYLES=&CRS=CRS:84&BBOX=109.0,30.9,109.2,31.1&WIDTH=400&HEIGHT=400&I=222&J=134";
    let found = get(&wms(&format!("{question}&INFO_FORMAT=application/json"))).await.json();
    let names = found["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["properties"]["name"].as_str().unwrap());
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["堰坪镇", "堰坪镇"],
        "one of each layer, the upper first"
    );
    assert_eq!(found["features"][0]["properties"]["layer"], "herbs");
    for format in ["text/plain", "text/html"] {
        let answer = get(&wms(&format!("{question}&INFO_FORMAT={format}&FEATURE_COUNT=1"))).await;
        let text = String::from_utf8(answer.body).unwrap();
        assert_eq!(text.matches("堰坪镇").count(), 1, "{text}");
        assert!(text.contains("示意"), "{text}");
    }
    // Nothing is there, and that is said.
    let nowhere = question.replace("109.0,30.9,109.2,31.1", "10.0,30.9,10.2,31.1");
    let nowhere = get(&wms(&nowhere)).await;
    assert!(String::from_utf8(nowhere.body).unwrap().contains("没有要素"));
}

#[tokio::test]
async fn a_layer_that_somebody_dropped_is_drawn_and_asked_as_others_are() {
    let folder = Folder::copy();
    let square = |x: f64, y: f64, name: &str| {
        json!({"type": "Feature", "properties": {"name": name, "面积": 12.5}, "geometry": {"type": "Polygon",
            "coordinates": [[[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]]]}})
    };
    let plots: Vec<_> = (0..400)
        .map(|n| {
            square(
                108.5 + f64::from(n % 20) * 0.02,
                30.7 + f64::from(n / 20) * 0.02,
                &format!("地块{n}"),
            )
        })
        .collect();
    folder
        .add("plots.geojson", json!({"type": "FeatureCollection", "features": plots}).to_string());
    let small = serve(folder.path());
    folder.edit("atlas.toml", "title = ", "large_files_mb = 0\ntitle = ");
    let large = serve(folder.path());
    let map =
        wms(&format!("REQUEST=GetMap&LAYERS=plots&{BOX}&CRS=CRS:84&BBOX=108.5,30.7,108.9,31.1"));
    for app in [small, large] {
        let (.., pixels) = pixels(&get_from(app.clone(), &map).await.body);
        let count = pixels.chunks_exact(4).filter(|p| p[..3] != [255, 255, 255]).count();
        assert!(count > 20_000, "{count} pixels");
        let info = wms(&format!(
            "REQUEST=GetFeatureInfo&LAYERS=plots&QUERY_LAYERS=plots&{BOX}&CRS=CRS:84&BBOX=108.5,30.7,108.9,31.1&I=5&J=295&INFO_FORMAT=application/json"
        ));
        let found = get_from(app.clone(), &info).await.json();
        assert_eq!(found["features"][0]["properties"]["面积"], 12.5, "{found}");
        let tile = get_from(app, "/tiles/plots/10/820/418.png").await;
        assert_eq!(tile.header("content-type"), "image/png");
    }
}
