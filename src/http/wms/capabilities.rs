//! What the service has.

use std::fmt::Write as _;

use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use geo::Rect;

use crate::crs::{Crs, Zone, ZoneWidth};
use crate::http::data::Data;
use crate::http::origin::origin;
use crate::http::pictures::ATLAS;
use crate::http::wms::ask::MAX_SIDE;
use crate::http::wms::info::FORMATS;
use crate::picture::{Frame, escaped};
use crate::query::{layer_bounds, overview_bounds};

/// The capabilities document.
pub fn described(data: &Data, headers: &HeaderMap) -> Response {
    let atlas = &data.index.atlas;
    let site = origin(headers);
    let address = format!(
        "<DCPType><HTTP><Get><OnlineResource xlink:type=\"simple\" xlink:href=\"{site}/wms?\"/></Get></HTTP></DCPType>"
    );
    let formats = |formats: &[&str]| {
        let formats: Vec<String> =
            formats.iter().map(|format| format!("<Format>{format}</Format>")).collect();
        formats.concat()
    };
    let whole = overview_bounds(&data.index);
    let systems = systems(whole);
    let codes: String = std::iter::once("<CRS>CRS:84</CRS>".to_owned())
        .chain(
            systems
                .iter()
                .filter_map(|crs| crs.epsg())
                .map(|code| format!("<CRS>EPSG:{code}</CRS>")),
        )
        .collect();
    let mut layers = String::new();
    layer(&mut layers, &site, (ATLAS, &atlas.title, &atlas.title_en), whole, &systems, false);
    for (number, known) in atlas.layers.iter().enumerate() {
        let bounds = layer_bounds(&data.index, number);
        let bounds = bounds
            .map_or(whole, |[west, south, east, north]| Rect::new((west, south), (east, north)));
        let names = (known.id.as_str(), known.title.as_str(), known.title_en.as_str());
        layer(&mut layers, &site, names, bounds, &systems, true);
    }
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<WMS_Capabilities version=\"1.3.0\" xmlns=\"http://www.opengis.net/wms\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://www.opengis.net/wms http://schemas.opengis.net/wms/1.3.0/capabilities_1_3_0.xsd\">\n<Service><Name>WMS</Name><Title>{title}</Title><Abstract>{note}</Abstract><OnlineResource xlink:type=\"simple\" xlink:href=\"{site}/wms?\"/><Fees>none</Fees><AccessConstraints>none</AccessConstraints><MaxWidth>{MAX_SIDE}</MaxWidth><MaxHeight>{MAX_SIDE}</MaxHeight></Service>\n<Capability><Request><GetCapabilities><Format>text/xml</Format>{address}</GetCapabilities><GetMap>{maps}{address}</GetMap><GetFeatureInfo>{infos}{address}</GetFeatureInfo></Request><Exception><Format>XML</Format></Exception>\n<Layer><Title>{title}</Title><Abstract>{note}</Abstract>{codes}{bounds}\n{layers}</Layer></Capability></WMS_Capabilities>\n",
        title = escaped(&atlas.title),
        note = escaped(&atlas.title_en),
        maps = formats(&["image/png", "image/svg+xml"]),
        infos = formats(&FORMATS),
        bounds = boxes(whole, &systems),
    );
    ([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], text).into_response()
}

/// The systems that maps come in: degrees, Web Mercator, and the zones of CGCS2000 that the data lies in.
fn systems(bounds: Rect<f64>) -> Vec<Crs> {
    let mut systems = vec![Crs::Wgs84, Crs::Cgcs2000, Crs::WebMercator];
    for (width, numbers) in [(ZoneWidth::Three, 25..=45_u8), (ZoneWidth::Six, 13..=23)] {
        for prefixed in [false, true] {
            let zones = numbers.clone().filter_map(|number| Zone::new(width, number, prefixed));
            let half = if width == ZoneWidth::Three { 1.5 } else { 3.0 };
            let near = zones.filter(|zone| {
                let meridian = f64::from(zone.meridian());
                bounds.max().x >= meridian - half && bounds.min().x <= meridian + half
            });
            systems.extend(near.map(Crs::GaussKruger));
        }
    }
    systems
}

fn layer(
    layers: &mut String,
    site: &str,
    (id, title, note): (&str, &str, &str),
    bounds: Rect<f64>,
    systems: &[Crs],
    queryable: bool,
) {
    let (id, queryable) = (escaped(id), u8::from(queryable));
    let legend = if queryable == 1 {
        format!(
            "<LegendURL width=\"200\" height=\"200\"><Format>image/png</Format><OnlineResource xlink:type=\"simple\" xlink:href=\"{site}/wms?SERVICE=WMS&amp;VERSION=1.3.0&amp;REQUEST=GetLegendGraphic&amp;FORMAT=image/png&amp;LAYER={id}\"/></LegendURL>"
        )
    } else {
        String::new()
    };
    let _ = writeln!(
        layers,
        "<Layer queryable=\"{queryable}\"><Name>{id}</Name><Title>{}</Title><Abstract>{}</Abstract>{}<Style><Name>default</Name><Title>default</Title>{legend}</Style></Layer>",
        escaped(title),
        escaped(note),
        boxes(bounds, systems),
    );
}

/// The boxes around a layer: in degrees, and in each system with its axes in their order.
fn boxes(bounds: Rect<f64>, systems: &[Crs]) -> String {
    let (min, max) = (bounds.min(), bounds.max());
    let mut text = format!(
        "<EX_GeographicBoundingBox><westBoundLongitude>{}</westBoundLongitude><eastBoundLongitude>{}</eastBoundLongitude><southBoundLatitude>{}</southBoundLatitude><northBoundLatitude>{}</northBoundLatitude></EX_GeographicBoundingBox><BoundingBox CRS=\"CRS:84\" minx=\"{}\" miny=\"{}\" maxx=\"{}\" maxy=\"{}\"/>",
        min.x, max.x, min.y, max.y, min.x, min.y, max.x, max.y,
    );
    for &crs in systems {
        let (Some(code), Some([left, bottom, right, top])) =
            (crs.epsg(), Frame::projected(crs, bounds))
        else {
            continue;
        };
        let [a, b, c, d] = if crs == Crs::WebMercator {
            [left, bottom, right, top]
        } else {
            [bottom, left, top, right]
        };
        let _ = write!(
            text,
            "<BoundingBox CRS=\"EPSG:{code}\" minx=\"{a}\" miny=\"{b}\" maxx=\"{c}\" maxy=\"{d}\"/>"
        );
    }
    text
}
