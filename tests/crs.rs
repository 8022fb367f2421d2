//! Reference systems: recognised by what files say, and exact against PROJ.

use std::io::Write;
use std::process::{Command, Stdio};

use plan_atlas::crs::{Crs, CrsError, Zone, ZoneWidth};

fn three(number: u8, prefixed: bool) -> Crs {
    Crs::GaussKruger(Zone::new(ZoneWidth::Three, number, prefixed).unwrap())
}

fn six(number: u8, prefixed: bool) -> Crs {
    Crs::GaussKruger(Zone::new(ZoneWidth::Six, number, prefixed).unwrap())
}

#[test]
fn codes_names_and_urns_are_recognised() {
    for (text, crs) in [
        ("EPSG:4326", Crs::Wgs84),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", Crs::Wgs84),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", Crs::Wgs84),
        ("WGS 84", Crs::Wgs84),
        ("4490", Crs::Cgcs2000),
        ("epsg:4490", Crs::Cgcs2000),
        ("EPSG4490", Crs::Cgcs2000),
        ("urn:ogc:def:crs:EPSG::4490", Crs::Cgcs2000),
        ("http://www.opengis.net/def/crs/EPSG/0/4490", Crs::Cgcs2000),
        ("CGCS2000", Crs::Cgcs2000),
        ("2000国家大地坐标系", Crs::Cgcs2000),
        ("EPSG:3857", Crs::WebMercator),
        ("EPSG:4524", three(36, true)),
        ("EPSG:4545", three(36, false)),
        ("CGCS2000_3_Degree_GK_CM_108E", three(36, false)),
        ("CGCS2000_3_Degree_GK_Zone_36", three(36, true)),
        ("CGCS2000 / 3-degree Gauss-Kruger CM 111E", three(37, false)),
        ("CGCS2000 / Gauss-Kruger zone 18", six(18, true)),
        ("CGCS2000_GK_CM_105E", six(18, false)),
        ("GCJ-02", Crs::Gcj02),
        ("gcj02", Crs::Gcj02),
        ("高德", Crs::Gcj02),
        ("BD-09", Crs::Bd09),
        ("百度", Crs::Bd09),
    ] {
        assert_eq!(Crs::identify(text), Ok(crs), "{text}");
    }
}

#[test]
fn every_zone_has_the_code_that_epsg_gives_it() {
    for code in (4491..=4554).chain([3857, 4326, 4490]) {
        let crs = Crs::from_epsg(code).unwrap();
        assert_eq!(crs.epsg().map(u32::from), Some(code));
        assert!(crs.name().ends_with(&format!("(EPSG:{code})")), "{}", crs.name());
    }
    assert_eq!(Crs::from_epsg(4524), Ok(three(36, true)));
    assert_eq!(Crs::from_epsg(4545), Ok(three(36, false)));
}

#[test]
fn old_datums_are_refused_by_name_and_unknown_ones_named() {
    let old = |text| matches!(Crs::identify(text), Err(CrsError::OldDatum(_)));
    for text in [
        "EPSG:4214",
        "EPSG:2432",
        "EPSG:4610",
        "EPSG:2381",
        "北京54",
        "西安80坐标系",
        "Xian_1980_3_Degree_GK_CM_108E",
        "Beijing 1954 / 3-degree Gauss-Kruger CM 108E",
        r#"PROJCS["a",GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980",SPHEROID["Xian_1980",6378140,298.257]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["Central_Meridian",108],UNIT["Meter",1]]"#,
        r#"GEOGCS["GCS_Beijing_1954",DATUM["D_Beijing_1954",SPHEROID["Krasovsky_1940",6378245,298.3]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]]"#,
    ] {
        assert!(old(text), "{text}: {:?}", Crs::identify(text));
    }
    let local = "LOCAL_CS[\"云阳独立坐标系\",UNIT[\"metre\",1]]";
    for text in ["", "EPSG:32649", "EPSG:1", "108E", "x", "2000", local] {
        let found = Crs::identify(text);
        assert!(matches!(found, Err(CrsError::Unknown(_))), "{text}: {found:?}");
    }
}

const ESRI_DEGREES: &str = r#"GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

fn esri_plane(meridian: &str, easting: &str, rest: &str) -> String {
    format!(
        r#"PROJCS["自定义",{ESRI_DEGREES},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",{easting}],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",{meridian}],{rest}PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#
    )
}

#[test]
fn a_prj_of_esri_without_codes_is_recognised_by_its_parameters() {
    let wgs = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    let mercator = format!(
        r#"PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",{wgs},PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],UNIT["Meter",1.0]]"#
    );
    let one = "PARAMETER[\"Scale_Factor\",1.0],";
    for (text, crs) in [
        (ESRI_DEGREES.to_owned(), Crs::Cgcs2000),
        (wgs.to_owned(), Crs::Wgs84),
        (mercator, Crs::WebMercator),
        (esri_plane("108.0", "500000.0", one), three(36, false)),
        (esri_plane("108.0", "36500000.0", one), three(36, true)),
        (esri_plane("105.0", "18500000.0", one), six(18, true)),
    ] {
        assert_eq!(Crs::identify(&text), Ok(crs), "{text}");
    }
    for text in [
        esri_plane("108.5", "500000.0", one),
        esri_plane("108.0", "400000.0", one),
        esri_plane("108.0", "500000.0", "PARAMETER[\"Scale_Factor\",0.9996],"),
        esri_plane("108.0", "500000.0", one).replace("[\"Meter\",1.0]", "[\"Foot\",0.3048]"),
    ] {
        assert!(matches!(Crs::identify(&text), Err(CrsError::Unknown(_))), "{text}");
    }
}

#[test]
fn every_flavour_of_wkt_that_gdal_writes_is_recognised() {
    for (code, crs) in [
        ("4326", Some(Crs::Wgs84)),
        ("4490", Some(Crs::Cgcs2000)),
        ("3857", Some(Crs::WebMercator)),
        ("4524", Some(three(36, true))),
        ("4545", Some(three(36, false))),
        ("4495", Some(six(17, true))),
        ("4507", Some(three(35, false))),
        ("4214", None),
        ("4610", None),
        ("2381", None),
        ("32649", None),
    ] {
        for flavour in ["wkt1", "wkt_esri", "wkt2"] {
            let output =
                Command::new("gdalsrsinfo").args(["-o", flavour, &format!("EPSG:{code}")]).output();
            let Ok(output) = output else {
                eprintln!("skipped: gdalsrsinfo is not installed");
                return;
            };
            let text = String::from_utf8(output.stdout).unwrap();
            // Without its code, zone 18 six degrees wide is zone 35 three degrees wide.
            let found = Crs::identify(&text).ok();
            let same = found == crs || (code == "4507" && found == Some(six(18, false)));
            assert!(same, "{code} {flavour}: {found:?} {text}");
        }
    }
}

type Position = (f64, f64);

/// Positions over Chongqing and around, and what PROJ 9 (cs2cs) makes of them, metres.
const PROJ: [(&str, Position, Position); 6] = [
    ("EPSG:4545", (108.69, 30.93), (565_946.786_053, 3_423_417.610_173)),
    ("EPSG:4524", (109.4637, 31.0185), (36_639_769.777_768, 3_433_945.531_012)),
    ("EPSG:4545", (105.0, 28.0), (204_838.446_800, 3_102_071.646_718)),
    ("EPSG:4545", (112.0, 33.0), (873_937.287_756, 3_659_864.172_489)),
    ("EPSG:4507", (108.69, 30.93), (852_783.723_074, 3_429_057.532_815)),
    ("EPSG:3857", (108.69, 30.93), (12_099_315.454_321, 3_623_661.643_736)),
];

#[test]
fn recorded_answers_of_proj_are_met_to_a_tenth_of_a_millimetre() {
    for (name, (lon, lat), (x, y)) in PROJ {
        let projector = Crs::identify(name).unwrap().projector();
        let (easting, northing) = projector.from_degrees(lon, lat).unwrap();
        assert!((easting - x).abs() < 1e-4 && (northing - y).abs() < 1e-4, "{name} {lon} {lat}");
        let (lon_back, lat_back) = projector.to_degrees(x, y).unwrap();
        assert!((lon - lon_back).abs() < 1e-9 && (lat - lat_back).abs() < 1e-9, "{name}");
    }
}

#[test]
fn a_grid_over_the_region_agrees_with_proj_to_a_tenth_of_a_millimetre() {
    let grid: Vec<(f64, f64)> = (0..=70)
        .flat_map(|i| {
            (0..=50).map(move |j| (105.0 + f64::from(i) / 10.0, 28.0 + f64::from(j) / 10.0))
        })
        .collect();
    let input: String =
        grid.iter().fold(String::new(), |text, (lon, lat)| text + &format!("{lon} {lat}\n"));
    for code in ["4545", "4524", "4546", "4507", "4496", "3857"] {
        // The sphere of Web Mercator takes degrees of WGS 84 as they are.
        let degrees = if code == "3857" { "EPSG:4326" } else { "EPSG:4490" };
        let plane = format!("EPSG:{code}");
        let child = Command::new("gdaltransform")
            .args(["-s_srs", degrees, "-t_srs", &plane, "-output_xy"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut child) = child else {
            eprintln!("skipped: gdaltransform is not installed");
            return;
        };
        let mut stdin = child.stdin.take().unwrap();
        let text = input.clone();
        let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()).unwrap());
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let answers = String::from_utf8(output.stdout).unwrap();
        let projector = Crs::identify(&plane).unwrap().projector();
        let (mut forward, mut back, mut compared) = (0.0_f64, 0.0_f64, 0);
        for (&(lon, lat), answer) in grid.iter().zip(answers.lines()) {
            let numbers: Vec<f64> = answer.split(' ').map(|n| n.parse().unwrap()).collect();
            let (x, y) = projector.from_degrees(lon, lat).unwrap();
            forward = forward.max((x - numbers[0]).hypot(y - numbers[1]));
            let (lon_back, lat_back) = projector.to_degrees(numbers[0], numbers[1]).unwrap();
            back = back.max((lon - lon_back).hypot(lat - lat_back) * 111_320.0);
            compared += 1;
        }
        println!("EPSG:{code}: {compared} points, forward {forward:.1e} m, back {back:.1e} m");
        assert_eq!(compared, grid.len());
        assert!(forward < 1e-4 && back < 1e-4, "EPSG:{code}: {forward} m, {back} m");
    }
}

#[test]
fn positions_that_cannot_belong_to_a_system_are_none() {
    let degrees = Crs::Cgcs2000.projector();
    assert_eq!(degrees.to_degrees(36_512_345.0, 3_421_000.0), None);
    assert_eq!(degrees.to_degrees(30.9, 108.7), None);
    let unprefixed = three(36, false).projector();
    assert_eq!(unprefixed.to_degrees(36_512_345.0, 3_421_000.0), None);
    assert_eq!(unprefixed.to_degrees(108.7, 30.9).map(|_| ()), Some(()));
    assert_eq!(three(36, true).projector().to_degrees(512_345.0, 3_421_000.0), None);
    assert_eq!(degrees.to_degrees(f64::NAN, 0.0), None);
}
