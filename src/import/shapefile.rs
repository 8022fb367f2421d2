//! Shapefiles: packed into a zip, or a `.shp` with its siblings beside it.
//!
//! Shapes are read by hand and not by a crate: the format is a list of numbers, and a file that
//! lies about their count must cost nothing.

use std::fs;
use std::path::Path;

use geo::{Contains, LineString, Point, Polygon};
use serde_json::Map;

use crate::crs::Crs;
use crate::format::bytes::Bytes;
use crate::import::archive::Archive;
use crate::import::dbf::Dbf;
use crate::import::draft::{Declared, Draft, Form, Position, Shape, Table};
use crate::import::remark::At;
use crate::import::source::read_bounded;
use crate::import::text::decode;
use crate::import::{Refusal, Wishes, check_count, chosen};

const FORMAT: &str = "Shapefile";

struct Parts {
    shp: Vec<u8>,
    dbf: Option<Vec<u8>>,
    prj: Option<Vec<u8>>,
    cpg: Option<Vec<u8>>,
}

/// Reads a `.shp` and what lies beside it.
pub fn beside(path: &Path, shp: Vec<u8>, wishes: &Wishes) -> Result<Table, Refusal> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let stem = path.file_stem().unwrap_or_default().to_ascii_lowercase();
    let sibling = |extension: &str| -> Result<Option<Vec<u8>>, Refusal> {
        let entries = fs::read_dir(folder).map_err(|error| Refusal::io(&error))?;
        let mut paths = entries.filter_map(Result::ok).map(|entry| entry.path());
        let found = paths.find(|other| {
            other.file_stem().is_some_and(|s| s.to_ascii_lowercase() == stem)
                && other.extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
        });
        found.map(|other| read_bounded(&other)).transpose()
    };
    let parts = Parts { shp, dbf: sibling("dbf")?, prj: sibling("prj")?, cpg: sibling("cpg")? };
    read(&parts, wishes)
}

/// Reads some shapefiles of an archive.
pub fn packed(
    archive: &mut Archive<'_>,
    shapes: &[String],
    wishes: &Wishes,
) -> Result<Vec<Table>, Refusal> {
    let members: Vec<String> = archive.names().to_vec();
    let stems: Vec<String> = shapes
        .iter()
        .filter(|name| name.to_lowercase().ends_with(".shp"))
        .map(|name| name[..name.len() - 4].to_owned())
        .collect();
    let short = |stem: &str| stem.rsplit('/').next().unwrap_or(stem).to_owned();
    let names: Vec<String> = stems.iter().map(|stem| short(stem)).collect();
    let chosen = chosen(&names, wishes)?;
    let mut tables = Vec::new();
    for stem in stems.iter().filter(|stem| chosen.contains(&&short(stem))) {
        let mut part = |extension: &str| -> Result<Option<Vec<u8>>, Refusal> {
            let wanted = format!("{stem}.{extension}").to_lowercase();
            let name = members.iter().find(|name| name.to_lowercase() == wanted);
            name.map(|name| archive.read(name)).transpose()
        };
        let shp = part("shp")?.unwrap_or_default();
        let parts = Parts { shp, dbf: part("dbf")?, prj: part("prj")?, cpg: part("cpg")? };
        let mut table = read(&parts, wishes)?;
        table.name = Some(short(stem));
        tables.push(table);
    }
    Ok(tables)
}

fn read(parts: &Parts, wishes: &Wishes) -> Result<Table, Refusal> {
    let shapes = shapes(&parts.shp)?;
    check_count(shapes.len())?;
    let dbf = parts.dbf.as_ref().ok_or(Refusal::MissingPart { part: ".dbf" })?;
    let dbf = Dbf::parse(dbf)?;
    if dbf.len() != shapes.len() {
        let reason = format!(
            ".shp 有 {} 个形状，.dbf 有 {} 条记录 (shapes, records)",
            shapes.len(),
            dbf.len()
        );
        return Err(Refusal::malformed(FORMAT, reason));
    }
    let page = parts.cpg.as_ref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let rows = dbf.rows(wishes.encoding, page.as_deref())?;
    let crs = match &parts.prj {
        Some(bytes) => Crs::identify(&decode(bytes, None)?).into(),
        None => Declared::Silent,
    };
    let mut drafts = Vec::new();
    for (((form, height), row), number) in shapes.into_iter().zip(rows.rows).zip(1..) {
        let Some(row) = row else { continue };
        let properties: Map<_, _> = rows.names.iter().cloned().zip(row).collect();
        drafts.push(Draft { at: At::Feature(number), id: None, properties, form, height });
    }
    let mut table = Table::new(crs, drafts);
    table.remarks = rows.remarks;
    Ok(table)
}

/// The shapes of a `.shp`, and whether each has heights or measures.
fn shapes(bytes: &[u8]) -> Result<Vec<(Form, bool)>, Refusal> {
    let broken = || Refusal::malformed(FORMAT, ".shp 不完整 (.shp breaks off)");
    let mut file = Bytes::new(bytes, false);
    file.take(100).filter(|header| header.starts_with(&[0, 0, 0x27, 0x0A])).ok_or_else(broken)?;
    let mut shapes = Vec::new();
    // Each record has its number and its length in words of two bytes.
    while file.u32().is_some() {
        let words = file.u32().and_then(|words| usize::try_from(words).ok()).ok_or_else(broken)?;
        let content = words.checked_mul(2).and_then(|size| file.take(size)).ok_or_else(broken)?;
        shapes.push(shape(content));
    }
    Ok(shapes)
}

fn shape(content: &[u8]) -> (Form, bool) {
    let mut bytes = Bytes::new(content, true);
    let Some(code) = bytes.u32() else { return (Form::Nothing, false) };
    let height = code > 10;
    let shape = match code {
        0 => return (Form::Nothing, false),
        1 | 11 | 21 => position(&mut bytes).map(Shape::Point),
        8 | 18 | 28 => bytes.take(32).and_then(|_| {
            let count = bytes.count(16)?;
            let points = (0..count).map(|_| position(&mut bytes).map(Shape::Point));
            points.collect::<Option<_>>().map(Shape::Many)
        }),
        3 | 13 | 23 => {
            parts(&mut bytes).map(|lines| single(lines.into_iter().map(Shape::Line).collect()))
        }
        5 | 15 | 25 => parts(&mut bytes).map(|rings| single(polygons(rings))),
        _ => return (Form::Broken(format!("Shapefile 类型 {code} (type)")), height),
    };
    let form = shape.map_or_else(|| Form::Broken("形状不完整 (breaks off)".into()), Form::Shape);
    (form, height)
}

/// The format does not tell one part from several; one is one.
fn single(mut parts: Vec<Shape>) -> Shape {
    if parts.len() == 1 { parts.remove(0) } else { Shape::Many(parts) }
}

fn position(bytes: &mut Bytes<'_>) -> Option<Position> {
    Some((bytes.f64()?, bytes.f64()?))
}

/// The parts of a line or polygon: a box, counts, where each part starts, positions.
fn parts(bytes: &mut Bytes<'_>) -> Option<Vec<Vec<Position>>> {
    bytes.take(32)?;
    let count = bytes.count(4)?;
    let total = usize::try_from(bytes.u32()?).ok()?;
    let mut starts = Vec::with_capacity(count + 1);
    for _ in 0..count {
        starts.push(usize::try_from(bytes.u32()?).ok()?);
    }
    starts.push(total);
    let mut flat = Bytes::new(bytes.take(total.checked_mul(16)?)?, true);
    starts
        .windows(2)
        .map(|pair| {
            let size = pair[1].checked_sub(pair[0])?;
            (0..size).map(|_| position(&mut flat)).collect()
        })
        .collect()
}

/// Rings in one list become polygons: clockwise ones are outer, the others are holes of the
/// smallest outer ring around them. A hole of nothing is an outer ring drawn the wrong way round.
fn polygons(rings: Vec<Vec<Position>>) -> Vec<Shape> {
    let (outer, holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(|ring| doubled(ring) < 0.0);
    if outer.is_empty() || holes.is_empty() {
        let all = outer.into_iter().chain(holes);
        return all.map(|ring| Shape::Polygon(vec![ring])).collect();
    }
    let areas: Vec<Polygon<f64>> =
        outer.iter().map(|ring| Polygon::new(LineString::from(ring.clone()), Vec::new())).collect();
    let mut found: Vec<Vec<Vec<Position>>> = outer.into_iter().map(|ring| vec![ring]).collect();
    for hole in holes {
        let around = |area: &Polygon<f64>| {
            // A vertex may touch the outer ring; the middle of an edge then does not.
            let middle = hole
                .windows(2)
                .map(|p| (f64::midpoint(p[0].0, p[1].0), f64::midpoint(p[0].1, p[1].1)));
            hole.iter().copied().chain(middle).any(|(x, y)| area.contains(&Point::new(x, y)))
        };
        let holders = areas.iter().enumerate().filter(|(_, area)| around(area));
        let smallest = holders
            .min_by(|(a, _), (b, _)| doubled(&found[*b][0]).total_cmp(&doubled(&found[*a][0])));
        match smallest.map(|(number, _)| number) {
            Some(number) => found[number].push(hole),
            None => found.push(vec![hole]),
        }
    }
    found.into_iter().map(Shape::Polygon).collect()
}

/// Twice the area, negative for a ring that runs clockwise.
fn doubled(ring: &[Position]) -> f64 {
    // Measured from the first position: metres of a zone have eight digits before the point.
    let Some(&(x, y)) = ring.first() else { return 0.0 };
    ring.windows(2).map(|p| (p[0].0 - x) * (p[1].1 - y) - (p[1].0 - x) * (p[0].1 - y)).sum()
}
