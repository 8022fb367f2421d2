//! ESRI Shapefile: `.shp`, `.shx`, `.dbf`, `.prj`, `.cpg` and ArcGIS' metadata in `.shp.xml`.
//!
//! Layout: ESRI Shapefile Technical Description, July 1998. One shapefile to each layer and kind of
//! geometry, because a shapefile holds one kind only; another one begins where two gigabytes, which is
//! all that ArcGIS reads, would be passed. Features that nobody has located are null shapes. Outer
//! rings run clockwise, holes against it. The shifted systems get no `.prj`: see [`Crs::esri_wkt`].
//!
//! [`Crs::esri_wkt`]: crate::crs::Crs::esri_wkt

use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};

use geo::{CoordsIter, Geometry};

use crate::export::dbf::{self, Schema};
use crate::export::losses::{Collector, LossKind};
use crate::export::names::{FieldName, Names};
use crate::export::{Encoding, Export, Features, Flat, Folder, Progress, WriteError};

/// Bytes that a file may have.
const LIMIT: u64 = (1 << 31) - 1;

/// Kinds of geometry, each in a shapefile of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Point,
    MultiPoint,
    Line,
    Polygon,
}

impl Class {
    const ALL: [Self; 4] = [Self::Point, Self::MultiPoint, Self::Line, Self::Polygon];

    fn of(geometry: &Geometry<f64>) -> Self {
        match geometry {
            Geometry::Point(_) => Self::Point,
            Geometry::MultiPoint(_) | Geometry::GeometryCollection(_) => Self::MultiPoint,
            Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_) => {
                Self::Line
            }
            _ => Self::Polygon,
        }
    }

    /// The shape type of the technical description, and the ending of the name.
    fn shape(self) -> (u32, &'static str) {
        match self {
            Self::Point => (1, "point"),
            Self::MultiPoint => (8, "multipoint"),
            Self::Line => (3, "line"),
            Self::Polygon => (5, "polygon"),
        }
    }

    /// Bytes of a record with its header.
    fn record(self, parts: usize, points: usize) -> u64 {
        8 + match self {
            Self::Point => 20,
            Self::MultiPoint => 40 + 16 * points as u64,
            Self::Line | Self::Polygon => 44 + 4 * parts as u64 + 16 * points as u64,
        }
    }
}

/// Bytes of the record of a geometry; of a null shape without one.
fn record(class: Class, geometry: Option<&Geometry<f64>>) -> u64 {
    geometry.map_or(12, |geometry| {
        let parts = match geometry {
            Geometry::Polygon(area) => 1 + area.interiors().len(),
            Geometry::MultiPolygon(areas) => areas.iter().map(|a| 1 + a.interiors().len()).sum(),
            Geometry::MultiLineString(lines) => lines.0.len(),
            _ => 1,
        };
        class.record(parts, geometry.coords_count())
    })
}

/// One shapefile: the rows of one kind before `end` that are not in the piece before.
struct Piece {
    stem: String,
    class: Class,
    end: usize,
}

/// The shapefiles of a layer, and its rows' kinds of geometry.
struct Plan {
    pieces: Vec<Piece>,
    /// Where features go that nobody has located: the first kind there is.
    first: Class,
}

impl Plan {
    fn of(
        features: &Features<'_>,
        own: &str,
        schema: &Schema,
        names: &mut Names,
        limit: u64,
    ) -> Self {
        let geometries = || (0..features.table.len).map(|row| features.geometry(row));
        let mut there = [false; Class::ALL.len()];
        geometries().flatten().for_each(|geometry| there[Class::of(&geometry) as usize] = true);
        let mut kinds: Vec<Class> =
            Class::ALL.into_iter().filter(|class| there[*class as usize]).collect();
        if kinds.is_empty() {
            kinds.push(Class::Point);
        }
        let mut pieces = Vec::new();
        for &class in &kinds {
            let alone = kinds.len() == 1;
            let wish = if alone { own.to_owned() } else { format!("{own}_{}", class.shape().1) };
            let mut begin = || names.file(&wish);
            let mut piece =
                Piece { stem: if alone { wish.clone() } else { begin() }, class, end: 0 };
            let (mut bytes, mut rows) = (100, 0);
            for (row, geometry) in geometries().enumerate() {
                if geometry.as_deref().map_or(kinds[0], Class::of) != class {
                    continue;
                }
                let more = record(class, geometry.as_deref());
                if rows > 0 && (bytes + more > limit || schema.bytes(rows + 1) > limit) {
                    let next = Piece { stem: begin(), class, end: 0 };
                    pieces.push(std::mem::replace(&mut piece, next));
                    (bytes, rows) = (100, 0);
                }
                (bytes, rows) = (bytes + more, rows + 1);
                piece.end = row + 1;
            }
            pieces.push(piece);
        }
        Self { pieces, first: kinds[0] }
    }
}

/// The shapefiles of every layer, no two called alike. A layer's own name is nobody else's, even where
/// it has several kinds of geometry and does not use it.
fn plans(export: &Export<'_>, collector: &mut Collector) -> Vec<(Schema, Plan)> {
    let mut names = Names::of_files();
    let own: Vec<String> = export.layer_ids().map(|id| names.file(id)).collect();
    let plan = |(features, own): (&Features<'_>, &String)| {
        let schema = Schema::of(&features.table, export.options.encoding, collector);
        let plan = Plan::of(features, own, &schema, &mut names, LIMIT);
        (schema, plan)
    };
    export.features.iter().zip(&own).map(plan).collect()
}

/// What a shapefile cannot carry beyond what follows from its abilities.
pub fn losses(export: &Export<'_>, collector: &mut Collector) {
    let plans = plans(export, collector);
    for (features, (_, plan)) in export.features.iter().zip(plans) {
        let id = features.table.id.as_str();
        if plan.pieces.len() > 1 {
            for piece in &plan.pieces {
                collector.note(LossKind::Split, id, None, &format!("{}.shp", piece.stem));
            }
        }
        if export.options.crs.esri_wkt().is_none() {
            let name = export.options.crs.name();
            let reason = format!("{name} 没有公认的定义，不写 .prj，打开后不要指定坐标系");
            collector.note(LossKind::Crs, id, None, &reason);
        }
    }
}

/// Names of the fields in the files beside the atlas's own.
pub fn field_names(export: &Export<'_>) -> Vec<FieldName> {
    let plans = plans(export, &mut Collector::default());
    let layers = export.features.iter().zip(plans);
    layers.flat_map(|(features, (schema, _))| schema.names(&features.table)).collect()
}

/// Writes the shapefiles of every layer.
pub fn write(
    export: &Export<'_>,
    folder: &mut Folder,
    progress: &Progress,
) -> Result<(), WriteError> {
    let plans = plans(export, &mut Collector::default());
    for (features, (schema, plan)) in export.features.iter().zip(&plans) {
        layer(export, features, schema, plan, folder, progress)?;
    }
    Ok(())
}

fn layer(
    export: &Export<'_>,
    features: &Features<'_>,
    schema: &Schema,
    plan: &Plan,
    folder: &mut Folder,
    progress: &Progress,
) -> Result<(), WriteError> {
    let project = export.project();
    let mut flat = Flat::default();
    for class in Class::ALL {
        let mut from = 0;
        for piece in plan.pieces.iter().filter(|piece| piece.class == class) {
            let mut shapes = Shapes::begin(folder, &piece.stem, class)?;
            let table = folder.create(&format!("{}.dbf", piece.stem))?;
            let mut rows = dbf::Writer::begin(schema, table, &export.origin.date)?;
            for row in from..piece.end {
                let geometry = features.geometry(row);
                if geometry.as_deref().map_or(plan.first, Class::of) != class {
                    continue;
                }
                match geometry {
                    Some(geometry) => {
                        flat.set(&geometry, &project);
                        shapes.shape(&flat)?;
                    }
                    None => shapes.null()?,
                }
                rows.row(&features.table, row)?;
                progress.advance(1)?;
            }
            from = piece.end;
            shapes.finish()?;
            rows.finish()?;
            companions(export, features, &piece.stem, folder)?;
        }
    }
    Ok(())
}

/// What stands beside the three files: reference system, encoding, origin.
fn companions(
    export: &Export<'_>,
    features: &Features<'_>,
    stem: &str,
    folder: &mut Folder,
) -> Result<(), WriteError> {
    let mut small = |ending: &str, text: &str| -> Result<(), WriteError> {
        let mut file = folder.create(&format!("{stem}.{ending}"))?;
        file.write_all(text.as_bytes())?;
        Ok(file.flush()?)
    };
    if let Some(definition) = export.options.crs.esri_wkt() {
        small("prj", &definition)?;
    }
    small("cpg", if export.options.encoding == Encoding::Gbk { "936" } else { "UTF-8" })?;
    let (title, origin) = (escape(&features.table.title), escape(&export.origin.line()));
    small(
        "shp.xml",
        &format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<metadata xml:lang=\"zh\"><Esri>\
             <ArcGISFormat>1.0</ArcGISFormat></Esri><dataIdInfo><idCitation><resTitle>{title}\
             </resTitle></idCitation><idAbs>{origin}</idAbs></dataIdInfo></metadata>\n"
        ),
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Writes the shapes of one shapefile, and the index to them.
struct Shapes {
    class: Class,
    out: BufWriter<File>,
    index: BufWriter<File>,
    /// Bytes so far.
    at: u64,
    number: u32,
    /// Smallest x and y, largest x and y.
    bounds: Option<[f64; 4]>,
    record: Vec<u8>,
}

impl Shapes {
    fn begin(folder: &mut Folder, stem: &str, class: Class) -> Result<Self, WriteError> {
        let mut out = folder.create(&format!("{stem}.shp"))?;
        let mut index = folder.create(&format!("{stem}.shx"))?;
        out.write_all(&[0; 100])?;
        index.write_all(&[0; 100])?;
        Ok(Self { class, out, index, at: 100, number: 0, bounds: None, record: Vec::new() })
    }

    fn null(&mut self) -> Result<(), WriteError> {
        self.record.clear();
        self.record.extend(0_u32.to_le_bytes());
        self.write()
    }

    fn shape(&mut self, flat: &Flat) -> Result<(), WriteError> {
        // A position that the reference system does not reach; the loss report lists the feature.
        let Some(bounds) = flat.bounds().filter(|_| flat.is_finite()) else { return self.null() };
        self.bounds = Some(self.bounds.map_or(bounds, |all| {
            [
                all[0].min(bounds[0]),
                all[1].min(bounds[1]),
                all[2].max(bounds[2]),
                all[3].max(bounds[3]),
            ]
        }));
        let record = &mut self.record;
        record.clear();
        record.extend(self.class.shape().0.to_le_bytes());
        if self.class != Class::Point {
            record.extend(bounds.iter().flat_map(|edge| edge.to_le_bytes()));
        }
        match self.class {
            Class::Point => position(record, &flat.coords[0]),
            Class::MultiPoint => {
                record.extend(count(flat.coords.len())?);
                flat.coords.iter().for_each(|coord| position(record, coord));
            }
            Class::Line | Class::Polygon => {
                record.extend(count(flat.rings.len())?);
                record.extend(count(flat.coords.len())?);
                let starts = std::iter::once(&0).chain(&flat.rings).take(flat.rings.len());
                for &start in starts {
                    record.extend(count(start)?);
                }
                if self.class == Class::Line {
                    flat.coords.iter().for_each(|coord| position(record, coord));
                } else {
                    // The atlas keeps outer rings counter-clockwise, a shapefile clockwise.
                    let rings = flat.lines().flat_map(|ring| ring.iter().rev());
                    rings.for_each(|coord| position(record, coord));
                }
            }
        }
        self.write()
    }

    /// Lengths and offsets count words of sixteen bits.
    fn write(&mut self) -> Result<(), WriteError> {
        self.number += 1;
        let offset = words(self.at)?;
        let length = words(self.record.len() as u64)?;
        self.out.write_all(&self.number.to_be_bytes())?;
        self.out.write_all(&length)?;
        self.out.write_all(&self.record)?;
        self.index.write_all(&offset)?;
        self.index.write_all(&length)?;
        self.at += 8 + self.record.len() as u64;
        Ok(())
    }

    fn finish(mut self) -> Result<(), WriteError> {
        let index = 100 + 8 * u64::from(self.number);
        for (file, bytes) in [(&mut self.out, self.at), (&mut self.index, index)] {
            let mut header = Vec::with_capacity(100);
            header.extend(9994_u32.to_be_bytes());
            header.extend([0; 20]);
            header.extend(words(bytes)?);
            header.extend(1000_u32.to_le_bytes());
            header.extend(self.class.shape().0.to_le_bytes());
            header
                .extend(self.bounds.unwrap_or_default().iter().flat_map(|edge| edge.to_le_bytes()));
            header.extend([0; 32]);
            file.seek(SeekFrom::Start(0))?;
            file.write_all(&header)?;
            file.flush()?;
        }
        Ok(())
    }
}

fn position(record: &mut Vec<u8>, [x, y]: &[f64; 2]) {
    record.extend(x.to_le_bytes());
    record.extend(y.to_le_bytes());
}

fn count(number: usize) -> Result<[u8; 4], WriteError> {
    u32::try_from(number).map(u32::to_le_bytes).map_err(|_| too_large())
}

fn words(bytes: u64) -> Result<[u8; 4], WriteError> {
    u32::try_from(bytes / 2).map(u32::to_be_bytes).map_err(|_| too_large())
}

fn too_large() -> WriteError {
    let reason =
        "one feature is larger than the two gigabytes that a shapefile may have".to_owned();
    WriteError::Format { format: "Shapefile", reason }
}
