//! Map pictures: SVG, PNG, and PDF to scale, as people print, paste and redraw them.

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use common::folder::Folder;
use common::likeness::Grey;
use common::server::Server;
use common::{geodata, get, get_from, serve};
use geo::{Destination, Distance, Geodesic, Point};
use plan_atlas::index::IndexedAtlas;
use plan_atlas::load::load;
use plan_atlas::painter::Painter;
use plan_atlas::picture::{Format, Frame, Ink, Language, Look, PictureWish, compose};
use plan_atlas::query::Budget;
use serde_json::json;

fn index() -> &'static IndexedAtlas {
    static INDEX: OnceLock<IndexedAtlas> = OnceLock::new();
    INDEX.get_or_init(|| {
        let loaded = load(&geodata());
        IndexedAtlas::with_stores(loaded.atlas.unwrap(), &loaded.stores)
    })
}

/// What a program says of a file; `None`, and a word about it, where the program is missing.
fn said(program: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let output = Command::new(program).args(arguments).arg(file).output();
    let Ok(output) = output else {
        eprintln!("{program} is missing; nothing was read");
        return None;
    };
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn kept(folder: &Path, name: &str, bytes: &[u8]) -> std::path::PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

#[tokio::test]
async fn a_kilometre_on_paper_is_a_kilometre() {
    // Two marks ten kilometres apart on the ellipsoid, in some direction and place of the counties.
    for (bearing, scale) in [(90.0, 100_000.0), (0.0, 100_000.0), (37.0, 250_000.0)] {
        let here = Point::new(109.18, 30.96);
        let there = Geodesic.destination(here, bearing, 10_000.0);
        let feature = |name: &str, at: Point| {
            json!({"type": "Feature", "properties": {"name": name},
                "geometry": {"type": "Point", "coordinates": [at.x(), at.y()]}})
        };
        let marks = json!({"type": "FeatureCollection", "features": [feature("甲标", here), feature("乙标", there)]});
        let folder = Folder::copy();
        folder.add("marks.geojson", marks.to_string());
        let app = serve(folder.path());
        let address = format!("/map.pdf?layers=marks&paper=a3&center=109.2,31.0&scale={scale}");
        let answer = get_from(app, &address).await;
        assert_eq!(answer.status, 200);
        let scratch = tempfile::tempdir().unwrap();
        let file = kept(scratch.path(), "map.pdf", &answer.body);
        let Some(words) = said("pdftotext", &["-bbox"], &file) else { return };
        // pdftotext writes beside the file.
        let words = fs::read_to_string(file.with_extension("html")).unwrap_or(words);
        let position = |name: &str| {
            let line =
                words.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{words}"));
            let number = |key: &str| -> f64 {
                let rest = line.split(&format!("{key}=\"")).nth(1).unwrap();
                rest.split('"').next().unwrap().parse().unwrap()
            };
            (number("xMin"), number("yMin"))
        };
        let ((ax, ay), (bx, by)) = (position("甲标"), position("乙标"));
        let metres = (bx - ax).hypot(by - ay) / 72.0 * 0.0254 * scale;
        assert!((metres / 10_000.0 - 1.0).abs() < 0.003, "{bearing}° at 1:{scale}: {metres} m");
        assert!((Geodesic.distance(here, there) - 10_000.0).abs() < 0.01);
    }
}

#[tokio::test]
async fn a_pdf_has_the_size_of_its_paper_embedded_fonts_and_text_to_search() {
    for (paper, orientation, size) in [
        ("a4", "portrait", "595.276 x 841.89 pts (A4)"),
        ("a3", "landscape", "1190.55 x 841.89 pts (A3)"),
        ("a0", "portrait", "2383.94 x 3370.39 pts (A0)"),
    ] {
        let address = format!(
            "/map.pdf?paper={paper}&orientation={orientation}&place=500235&title=云阳县全图"
        );
        let answer = get(&address).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), "application/pdf");
        let scratch = tempfile::tempdir().unwrap();
        let file = kept(scratch.path(), "map.pdf", &answer.body);
        let Some(about) = said("pdfinfo", &[], &file) else { return };
        assert!(about.contains(size), "{paper}: {about}");
        assert!(about.contains("云阳县全图"), "{about}");
        let fonts = said("pdffonts", &[], &file).unwrap();
        let fonts: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(!fonts.is_empty());
        for font in fonts {
            // Embedded, a subset, with a way back to characters.
            assert!(font.contains("NotoSansSC") && font.contains(" yes yes yes "), "{font}");
        }
        let script = ["-q", "-raw"];
        said("pdftotext", &script, &file).unwrap();
        let text = fs::read_to_string(file.with_extension("txt")).unwrap();
        for words in [
            "云阳县全图",
            "图例",
            "堰坪镇",
            "盘龙街道",
            "比例尺 1:",
            "审图",
            "数据版本",
            "EPSG:4545",
        ] {
            assert!(text.contains(words), "{paper}: no {words} in {text}");
        }
    }
}

#[tokio::test]
async fn a_sheet_for_each_township_is_one_document() {
    let answer = get("/map.pdf?paper=a4&each=townships&layers=counties,townships,herbs").await;
    assert_eq!(answer.status, 200);
    let scratch = tempfile::tempdir().unwrap();
    let file = kept(scratch.path(), "map.pdf", &answer.body);
    let Some(about) = said("pdfinfo", &[], &file) else { return };
    assert!(about.contains("Pages:           75"), "{about}");
    said("pdftotext", &["-q", "-f", "1", "-l", "1"], &file).unwrap();
    let first = fs::read_to_string(file.with_extension("txt")).unwrap();
    let atlas = &index().atlas;
    let name = &atlas.place(atlas.layer("townships").unwrap().places[0]).name;
    assert!(first.trim_start().starts_with(name.as_str()), "{name}: {first}");
}

#[tokio::test]
async fn an_svg_is_sound_and_its_text_is_text() {
    for lang in ["zh", "en"] {
        let answer =
            get(&format!("/map.svg?paper=a3&scale=100000&center=108.7,30.93&lang={lang}")).await;
        assert_eq!(answer.status, 200);
        assert!(answer.header("content-type").starts_with("image/svg+xml"));
        let svg = String::from_utf8(answer.body).unwrap();
        let wanted = if lang == "zh" { "凤鸣镇" } else { "Fengming" };
        assert!(svg.contains(wanted) && svg.contains("width=\"420mm\" height=\"297mm\""), "{lang}");
        let scratch = tempfile::tempdir().unwrap();
        let file = kept(scratch.path(), "map.svg", svg.as_bytes());
        said("xmllint", &["--noout"], &file);
        let options = resvg::usvg::Options::default();
        assert!(resvg::usvg::Tree::from_str(&svg, &options).is_ok());
    }
}

#[tokio::test]
async fn a_png_says_how_large_it_is_meant_to_be() {
    let answer = get("/map.png?width=400&height=300&dpi=192").await;
    assert_eq!(answer.header("content-type"), "image/png");
    let reader = png::Decoder::new(std::io::Cursor::new(answer.body)).read_info().unwrap();
    let info = reader.info();
    assert_eq!((info.width, info.height), (800, 600));
    let dims = info.pixel_dims.unwrap();
    assert_eq!((dims.xppu, dims.yppu), (7559, 7559), "pixels to a metre, 192 to an inch");
}

#[tokio::test]
async fn what_cannot_be_drawn_says_why() {
    for (question, status, words) in [
        ("bbox=109.5,30.5,108.3,31.5", 400, "west before east"),
        ("bbox=NaN,30,109,31", 400, "bbox"),
        ("bbox=1,2,3", 400, "bbox"),
        ("width=40000", 400, "width is 40000"),
        ("height=nan", 400, "height"),
        ("dpi=5000", 400, "dpi is 5000"),
        ("paper=a1&dpi=600", 422, "million pixels"),
        ("layers=counties,nope", 404, "nope"),
        ("place=nope", 404, "nope"),
        ("crs=EPSG:2435", 400, "Beijing 1954"),
        ("crs=EPSG:99999", 400, "99999"),
        ("paper=a4&crs=EPSG:4326", 400, "has no scale"),
        ("scale=3", 400, "scale is 3"),
        ("scale=inf", 400, "scale"),
        ("paper=letter", 400, "letter"),
        ("paper=a4&orientation=askew", 400, "askew"),
        ("grid=hexagons", 400, "hexagons"),
        ("center=200,99", 400, "center"),
        ("width=100&height=100&margins=true", 422, "no room"),
        ("each=townships", 422, "PDF"),
        ("lang=fr", 400, "zh or en"),
        ("colour=red", 400, "no parameter"),
        ("crs=EPSG:4534&bbox=-70,-60,-60,-50", 422, "does not reach"),
    ] {
        let answer = get(&format!("/map.png?{question}")).await;
        assert_eq!(answer.status, status, "{question}: {}", String::from_utf8_lossy(&answer.body));
        assert_eq!(answer.header("content-type"), "application/problem+json", "{question}");
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(words), "{question}: {detail}");
    }
}

#[test]
fn no_name_covers_another_or_a_symbol_at_any_scale() {
    let index = index();
    let everything: Vec<usize> = (0..index.atlas.layers.len()).collect();
    for language in [Language::Chinese, Language::English] {
        for scale in [25_000.0, 100_000.0, 400_000.0, 1_000_000.0] {
            let look = Look { layers: everything.clone(), language, named: true };
            let crs = plan_atlas::crs::Crs::from_epsg(4545).unwrap();
            let frame = Frame::to_scale(crs, [108.7, 30.93], scale, [1500.0, 1000.0]).unwrap();
            let scene = compose(index, &look, &frame, &Budget::unlimited()).unwrap();
            let mut boxes: Vec<(Vec<Corners>, String)> = Vec::new();
            for group in scene.groups.iter().filter(|group| group.slot.id() == "name") {
                for ink in &group.inks {
                    let Ink::Text(text) = ink else { panic!("{ink:?}") };
                    boxes.push((text.boxes(), text.lines.join("")));
                }
            }
            assert!(boxes.len() > 5, "1:{scale}: {} names", boxes.len());
            for group in scene.groups.iter().filter(|group| group.slot.id() == "mark") {
                for ink in &group.inks {
                    if let Ink::Mark(symbol, (x, y), size) = ink {
                        let half = 6.5 * size;
                        let around = ([x - half, y - half], [x + half, y + half]);
                        for (own, name) in &boxes {
                            assert!(
                                own.iter().all(|one| apart(one, &around)),
                                "{name} covers {symbol:?}"
                            );
                        }
                    }
                }
            }
            for (number, (one, name)) in boxes.iter().enumerate() {
                for (other, other_name) in &boxes[..number] {
                    let free = one.iter().all(|a| other.iter().all(|b| apart(a, b)));
                    assert!(free, "{name} and {other_name} at 1:{scale}");
                }
            }
        }
    }
}

/// Low and high corner of a box.
type Corners = ([f64; 2], [f64; 2]);

fn apart(a: &Corners, b: &Corners) -> bool {
    (0..2).any(|axis| a.1[axis] <= b.0[axis] || b.1[axis] <= a.0[axis])
}

#[test]
fn the_same_wish_gives_the_same_bytes() {
    for format in [Format::Svg, Format::Png, Format::Pdf] {
        let wish = PictureWish {
            date: "2026-01-31".into(),
            margins: Some(true),
            ..PictureWish::default()
        };
        let made =
            || wish.made(index(), format, 96.0, &Painter::none(), &Budget::unlimited()).unwrap();
        assert_eq!(made(), made(), "{format:?}");
    }
}

#[test]
fn five_hundred_pictures_leave_nothing_behind() {
    let server = Server::start(&geodata(), &[]);
    let mut connection = server.connect();
    let mut ask = |number: u32| {
        let (x, y) = (108.3 + f64::from(number % 25) * 0.04, 30.6 + f64::from(number / 25) * 0.03);
        let (e, n) = (x + 0.2, y + 0.15);
        let reply = connection
            .get(&format!("/map.png?bbox={x:.3},{y:.3},{e:.3},{n:.3}&width=320&height=240"));
        assert_eq!(reply.status, 200, "{}", reply.head);
    };
    (0..100).for_each(&mut ask);
    let before = server.memory();
    (0..500).for_each(&mut ask);
    let after = server.memory();
    assert!(after < before + 40.0, "{before} MB, then {after} MB");
}

/// Pictures that people have looked at: name, and what is asked for.
fn looked_at() -> Vec<(&'static str, PictureWish)> {
    let layers = |ids: &str| Some(ids.split(',').map(str::to_owned).collect());
    let screen = |width: f64, height: f64| PictureWish {
        width: Some(width),
        height: Some(height),
        margins: Some(true),
        date: "2026-01-31".into(),
        ..PictureWish::default()
    };
    vec![
        (
            "layout",
            PictureWish {
                layers: layers("neighbours,counties,townships,rivers,growth,layout"),
                title: Some("一核两组团三基地".into()),
                ..screen(960.0, 640.0)
            },
        ),
        ("township", PictureWish { place: Some("500235143".into()), ..screen(720.0, 540.0) }),
        (
            "medical-en",
            PictureWish {
                layers: layers("counties,townships,rivers,medical-links,medical"),
                language: Language::English,
                title: Some("Medical network".into()),
                ..screen(960.0, 640.0)
            },
        ),
        (
            "herbs",
            PictureWish {
                layers: layers("counties,townships,herbs"),
                title: Some("中药材乡镇".into()),
                ..screen(960.0, 640.0)
            },
        ),
        (
            "a3",
            PictureWish {
                paper: Some("a3".into()),
                scale: Some(100_000.0),
                center: Some("108.7,30.93".into()),
                ..screen(0.0, 0.0)
            },
        ),
    ]
}

/// `make goldens` renews them: look at them before you keep them.
#[test]
fn pictures_look_as_when_somebody_looked_at_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens");
    for (name, wish) in looked_at() {
        let dpi = if name == "a3" { 60.0 } else { 96.0 };
        let bytes =
            wish.made(index(), Format::Png, dpi, &Painter::none(), &Budget::unlimited()).unwrap();
        let file = folder.join(format!("{name}.png"));
        if std::env::var_os("PLAN_ATLAS_RENEW").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&file, &bytes).unwrap();
            continue;
        }
        let golden = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let (now, then) = (Grey::read(&bytes), Grey::read(&golden));
        assert_eq!((now.width, now.height), (then.width, then.height), "{name}");
        let likeness = now.likeness(&then);
        let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
        fs::write(scratch.join(format!("{name}.png")), &bytes).unwrap();
        assert!(
            likeness > 0.97,
            "{name}: {likeness}; look at {name}.png in {}, then renew (make goldens) or mend",
            scratch.display()
        );
    }
}
