//! KML: every placemark with its folders, its extended data and its shape. Longitude and latitude
//! are WGS 84 by definition; links to other files are named, never followed.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Number, Value};

use crate::crs::Crs;
use crate::import::draft::{Declared, Draft, Form, Position, Shape, Table};
use crate::import::remark::{At, Matter, Remark};
use crate::import::xml::{Document, Element, Next, local};
use crate::import::{Refusal, check_count};

const FORMAT: &str = "KML";
/// Folders nest at most so deep.
const FOLDERS: usize = 64;
/// Elements with content of their own that are no features.
const IGNORED: [&str; 5] =
    ["NetworkLink", "GroundOverlay", "ScreenOverlay", "PhotoOverlay", "Tour"];

/// Reads a document.
pub fn read(text: &str) -> Result<Table, Refusal> {
    let mut document = Document::new(text.trim_start_matches('\u{feff}'), FORMAT);
    let mut reader = Reader::default();
    let mut root = true;
    loop {
        match document.next()? {
            Next::Start(start) => {
                let name = local(&start);
                if std::mem::take(&mut root) && name != "kml" && name != "Document" {
                    let reason = format!("根元素是 <{name}>，不是 <kml> (the root is <{name}>)");
                    return Err(Refusal::malformed(FORMAT, reason));
                }
                match name.as_str() {
                    "kml" | "Document" | "Folder" => {
                        // A document within the document is a folder with a schema of its own.
                        let folder = name == "Folder" || reader.folders.len() > 1;
                        reader.folders.push(Around { folder, name: None });
                        if reader.folders.len() > FOLDERS {
                            return Err(Refusal::TooDeep { format: FORMAT });
                        }
                    }
                    _ => reader.element(&document.rest_of(&start)?)?,
                }
            }
            Next::End => {
                reader.folders.pop();
            }
            Next::Eof if root || !reader.folders.is_empty() => {
                return Err(Refusal::malformed(FORMAT, "文件不完整 (the document breaks off)"));
            }
            Next::Eof => break,
        }
    }
    let mut table = Table::new(Declared::Known(Crs::Wgs84), reader.drafts);
    if !reader.ignored.is_empty() {
        let names: Vec<String> =
            reader.ignored.iter().map(|(name, count)| format!("{name} ×{count}")).collect();
        let matter = Matter::ElementsIgnored { names: names.join("、") };
        table.remarks.push(Remark::file(matter));
    }
    Ok(table)
}

/// A folder, or the document, whose name is that of the file.
struct Around {
    folder: bool,
    name: Option<String>,
}

#[derive(Default)]
struct Reader {
    /// What is around, outermost first.
    folders: Vec<Around>,
    /// Types of fields, where a schema says them.
    kinds: HashMap<String, String>,
    ignored: BTreeMap<String, usize>,
    drafts: Vec<Draft>,
}

impl Reader {
    fn element(&mut self, element: &Element) -> Result<(), Refusal> {
        match element.name.as_str() {
            "name" => {
                if let Some(folder) = self.folders.last_mut().filter(|around| around.folder) {
                    folder.name = Some(element.text.trim().to_owned());
                }
            }
            "Schema" => {
                for field in element.descendants("SimpleField") {
                    let kind = field.attribute("type").unwrap_or_default().to_lowercase();
                    let name = field.attribute("name").unwrap_or_default().to_owned();
                    self.kinds.insert(name, kind);
                }
            }
            "Placemark" => {
                check_count(self.drafts.len() + 1)?;
                let draft = self.placemark(element);
                self.drafts.push(draft);
            }
            // Links to documents of the same archive are read with it.
            "NetworkLink" if element.descendants("href").all(|h| !h.text.contains("://")) => {}
            ignored if IGNORED.contains(&ignored) => {
                *self.ignored.entry(ignored.to_owned()).or_default() += 1;
            }
            _ => {}
        }
        Ok(())
    }

    fn placemark(&mut self, element: &Element) -> Draft {
        let mut properties = Map::new();
        for (key, path) in
            [("name", "name"), ("description", "description"), ("address", "address")]
        {
            if let Some(text) = element.child_text(path) {
                properties.insert(key.into(), text.into());
            }
        }
        let folders: Vec<&str> =
            self.folders.iter().filter_map(|around| around.name.as_deref()).collect();
        if !folders.is_empty() {
            properties.insert("folder".into(), folders.join("/").into());
        }
        for (key, path) in [("when", "when"), ("begin", "begin"), ("end", "end")] {
            let time = ["TimeStamp", "TimeSpan"].iter().find_map(|t| element.child(t));
            if let Some(text) = time.and_then(|time| time.child_text(path)) {
                properties.insert(key.into(), text.into());
            }
        }
        let extended = element.child("ExtendedData");
        let data = extended.into_iter().flat_map(|e| e.descendants("Data"));
        let simple = extended.into_iter().flat_map(|e| e.descendants("SimpleData"));
        let values = data
            .map(|d| (d, d.child_text("value").unwrap_or_default()))
            .chain(simple.map(|d| (d, d.text.trim())));
        for (data, text) in values {
            let name = data.attribute("name").unwrap_or_default();
            if !name.is_empty() && !properties.contains_key(name) {
                properties.insert(name.to_owned(), self.value(name, text));
            }
        }
        if let Some(data) = extended.and_then(|e| e.child("SchemaData")).filter(|d| is_export(d)) {
            drop_derived(&mut properties, data);
        }
        let at = At::Feature(self.drafts.len() as u64 + 1);
        let mut height = false;
        let mut shapes = Vec::new();
        let mut broken = None;
        for child in &element.children {
            match shape(child, &mut height) {
                Ok(Some(shape)) => shapes.push(shape),
                Ok(None) => {}
                Err(reason) => broken = Some(reason),
            }
        }
        let form = match (broken, shapes.len()) {
            (Some(reason), _) => Form::Broken(reason),
            (None, 0) => Form::Nothing,
            (None, 1) => Form::Shape(shapes.remove(0)),
            (None, _) => Form::Shape(Shape::Many(shapes)),
        };
        let id = element.attribute("id").map(str::to_owned).filter(|id| !id.is_empty());
        Draft { at, id, properties, form, height }
    }

    fn value(&self, name: &str, text: &str) -> Value {
        match self.kinds.get(name).map(String::as_str) {
            Some("int" | "uint" | "short" | "ushort" | "float" | "double") => {}
            Some("bool") => return text.parse().map_or_else(|_| text.into(), Value::Bool),
            _ => return text.into(),
        }
        let whole = text.parse::<i64>().ok().map(Number::from);
        let number = whole.or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64));
        number.map_or_else(|| text.into(), Value::Number)
    }
}

/// Whether our own export wrote the data of a placemark.
fn is_export(data: &Element) -> bool {
    let first = data.children.first().and_then(|first| first.attribute("name"));
    first == Some("id")
        && data.attribute("schemaUrl").is_some_and(|url| url.starts_with("#schema-"))
}

/// Takes away what an export has made of the data: the balloon, the folder, and a name that stands in it as
/// well. Kept, they would come again within themselves with every round.
fn drop_derived(properties: &mut Map<String, Value>, data: &Element) {
    let text = |properties: &Map<String, Value>, key: &str| {
        properties.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    if text(properties, "description").starts_with("<table border=") {
        properties.shift_remove("description");
    }
    properties.shift_remove("folder");
    let name = text(properties, "name");
    let has = |key: &str| data.children.iter().any(|d| d.attribute("name") == Some(key));
    let same = |value: &str| name == value || name.ends_with(&format!(":{value}"));
    if !has("name") && data.children.iter().any(|d| same(d.text.trim())) {
        properties.shift_remove("name");
    }
}

/// The shape that an element is; `None` when it is something else.
fn shape(element: &Element, height: &mut bool) -> Result<Option<Shape>, String> {
    let mut line = |element: &Element| {
        positions(element.child_text("coordinates").unwrap_or_default(), height)
    };
    Ok(Some(match element.name.as_str() {
        "Point" => match line(element)?.as_slice() {
            [] => Shape::Many(Vec::new()),
            [position] => Shape::Point(*position),
            _ => return Err("Point 有多个坐标 (several positions)".into()),
        },
        "LineString" | "LinearRing" => Shape::Line(line(element)?),
        "Polygon" => {
            let mut rings = Vec::new();
            for name in ["outerBoundaryIs", "innerBoundaryIs"] {
                let boundaries = element.children.iter().filter(|child| child.name == name);
                for ring in boundaries.flat_map(|b| b.descendants("LinearRing")) {
                    rings.push(line(ring)?);
                }
            }
            Shape::Polygon(rings)
        }
        "MultiGeometry" => {
            let mut parts = Vec::new();
            for child in &element.children {
                parts.extend(shape(child, height)?);
            }
            Shape::Many(parts)
        }
        "Track" | "MultiTrack" | "Model" => {
            return Err(element.name.clone());
        }
        _ => return Ok(None),
    }))
}

/// `108.7,30.9,250 108.8,30.9,250`: tuples separated by blanks.
fn positions(text: &str, height: &mut bool) -> Result<Vec<Position>, String> {
    text.split_whitespace()
        .map(|tuple| {
            let numbers: Option<Vec<f64>> =
                tuple.split(',').map(|number| number.parse().ok()).collect();
            match numbers.as_deref() {
                Some([lon, lat]) => Ok((*lon, *lat)),
                Some([lon, lat, up]) => {
                    *height |= *up != 0.0;
                    Ok((*lon, *lat))
                }
                _ => Err(format!("坐标“{tuple}”(coordinates)")),
            }
        })
        .collect()
}
