//! AutoCAD drawing interchange, version AC1018 (AutoCAD 2004) with its text in GBK: later versions are
//! UTF-8, but GDAL up to 3.6, and with it QGIS, goes by the code page whatever the version.
//!
//! Layout: Autodesk's DXF Reference. All layers in one drawing, each under its title and its labels under
//! the title with `_注记`, so that they can be switched off. Areas are closed polylines, a ring each.
//! Colours are the legend's. Every entity carries id and name of its feature as extended data of the
//! application `PLAN_ATLAS`. What has no geometry is left out, and so are all other attributes.

mod frame;
mod tags;

use std::borrow::Cow;

use geo::{BoundingRect, Geometry};

use crate::export::losses::{Collector, LossKind};
use crate::export::names::Names;
use crate::export::{Export, Features, Flat, Folder, Progress, Simple, WriteError};
use tags::Tags;

/// Bytes of a name and of a text in extended data.
const TEXT: usize = 255;

/// A layer of the drawing.
struct DrawnLayer {
    name: String,
    color: u32,
}

/// Layers of the drawing: those of the export, then those of their labels.
fn drawn_layers(export: &Export<'_>) -> Vec<DrawnLayer> {
    let mut names = Names::without(&["0", "Defpoints"]);
    let mut drawn = |features: &Features<'_>, ending: &str| {
        let forbidden = |c: char| "<>/\\\":;?*|=`,".contains(c) || c.is_control();
        let wish: String =
            features.table.title.chars().map(|c| if forbidden(c) { '_' } else { c }).collect();
        let wish = format!("{}{ending}", head(&wish, TEXT - 20));
        let name = names.give(&wish, |text, room| head(text, TEXT - room));
        DrawnLayer { name, color: color(&features.layer.style.color) }
    };
    let mut layers: Vec<DrawnLayer> = export.features.iter().map(|f| drawn(f, "")).collect();
    layers.extend(export.features.iter().map(|f| drawn(f, "_注记")));
    layers
}

/// `#rrggbb` as a number; black where it is none.
fn color(text: &str) -> u32 {
    u32::from_str_radix(text.trim_start_matches('#'), 16).unwrap_or(0)
}

fn head(text: &str, limit: usize) -> &str {
    &text[..text.floor_char_boundary(limit)]
}

/// A text as a drawing holds it: one line, without what AutoCAD takes for codes (`%%c`, `^J`, `\U+`).
fn plain(text: &str) -> Cow<'_, str> {
    let codes = ["%%", "^", "\\U+", "\\M+"];
    if !text.contains(char::is_control) && !codes.iter().any(|code| text.contains(code)) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("%%", "％％").replace('^', "＾");
    let text = text.replace("\\U+", "＼U+").replace("\\M+", "＼M+");
    Cow::Owned(text.replace(char::is_control, " "))
}

/// What a drawing cannot carry beyond what follows from its abilities.
pub fn losses(export: &Export<'_>, collector: &mut Collector) {
    let drawn = drawn_layers(export);
    let (mut flat, project) = (Flat::default(), export.project());
    for (features, drawn) in export.features.iter().zip(&drawn) {
        let id = features.table.id.as_str();
        if export.options.crs.is_degrees() {
            let reason =
                format!("{}：图上一个单位是一度，量不出距离和面积", export.options.crs.name());
            collector.note(LossKind::Crs, id, None, &reason);
        }
        if features.table.title != drawn.name {
            let both = format!("{} → {}", features.table.title, drawn.name);
            collector.note(LossKind::Renamed, id, None, &both);
        }
        for row in 0..features.table.len {
            let Some(geometry) = features.geometry(row) else { continue };
            flat.set(&geometry, &project);
            if !flat.is_finite() {
                continue;
            }
            let place = features.place(row);
            if is_compound(&geometry) {
                collector.row(LossKind::Flattened, &features.table, None, row);
            }
            for (field, text) in [("id", &place.id), ("name", &place.name)] {
                if plain(text) != *text {
                    collector.note(LossKind::Characters, id, Some(field), text);
                }
                if text.len() > TEXT {
                    collector.row(LossKind::Truncated, &features.table, Some(field), row);
                }
            }
        }
    }
}

/// Whether a geometry becomes several entities that nothing but their id holds together.
fn is_compound(geometry: &Geometry<f64>) -> bool {
    match geometry {
        Geometry::Polygon(area) => !area.interiors().is_empty(),
        Geometry::MultiPolygon(areas) => {
            areas.0.len() > 1 || areas.iter().any(|area| !area.interiors().is_empty())
        }
        Geometry::MultiLineString(lines) => lines.0.len() > 1,
        Geometry::MultiPoint(points) => points.0.len() > 1,
        _ => false,
    }
}

/// Smallest x and y, largest x and y of everything, a little generously: the edges of the box in
/// degrees, taken to the export's system.
fn extent(export: &Export<'_>) -> [f64; 4] {
    let rows =
        export.features.iter().flat_map(|f| (0..f.table.len).map(move |row| f.geometry(row)));
    let boxes = rows.flatten().filter_map(|geometry| geometry.bounding_rect());
    let all = boxes.reduce(|a, b| {
        let (low, high) = (a.min(), a.max());
        geo::Rect::new(
            (low.x.min(b.min().x), low.y.min(b.min().y)),
            (high.x.max(b.max().x), high.y.max(b.max().y)),
        )
    });
    let Some(all) = all else { return [0.0, 0.0, 1.0, 1.0] };
    let project = export.project();
    let steps = (0..=32).map(|step| f64::from(step) / 32.0);
    let edges = steps.flat_map(|t| {
        let (x, y) = (all.min().x + t * all.width(), all.min().y + t * all.height());
        [[x, all.min().y], [x, all.max().y], [all.min().x, y], [all.max().x, y]]
    });
    let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for [x, y] in edges.map(project).filter(|at| at.iter().all(|n| n.is_finite())) {
        bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
    }
    if bounds[0].is_finite() { bounds } else { [0.0, 0.0, 1.0, 1.0] }
}

/// Writes the drawing.
pub fn write(
    export: &Export<'_>,
    folder: &mut Folder,
    progress: &Progress,
) -> Result<(), WriteError> {
    let mut out = Tags::new(folder.create(&export.whole_file())?, export.decimals());
    let layers = drawn_layers(export);
    let bounds = extent(export);
    // A label is as high as two hundred of them fit the drawing; a single point is its own scale.
    let size = (bounds[2] - bounds[0]).max(bounds[3] - bounds[1]);
    let least = if export.options.crs.is_degrees() { 0.0005 } else { 50.0 };
    let height = (size / 200.0).max(least);
    frame::head(&mut out, export, &layers, bounds)?;
    let mut drawing = Drawing { out, height, flat: Flat::default() };
    let labels = &layers[export.features.len()..];
    for ((features, layer), labels) in export.features.iter().zip(&layers).zip(labels) {
        for row in 0..features.table.len {
            drawing.feature(export, features, row, layer, labels)?;
            progress.advance(1)?;
        }
    }
    frame::tail(drawing.out)
}

struct Drawing {
    out: Tags,
    height: f64,
    flat: Flat,
}

impl Drawing {
    fn feature(
        &mut self,
        export: &Export<'_>,
        features: &Features<'_>,
        row: usize,
        layer: &DrawnLayer,
        labels: &DrawnLayer,
    ) -> Result<(), WriteError> {
        let Some(geometry) = features.geometry(row) else { return Ok(()) };
        let project = export.project();
        self.flat.set(&geometry, &project);
        // A position that the reference system does not reach; the loss report lists the feature.
        if !self.flat.is_finite() {
            return Ok(());
        }
        let place = features.place(row);
        let about = About {
            layer: &layer.name,
            color: class_color(features, row),
            id: &place.id,
            name: &place.name,
        };
        let Self { out, flat, height } = self;
        match flat.kind {
            Simple::Point | Simple::MultiPoint => {
                for coord in &flat.coords {
                    about.begin(out, "POINT", "AcDbPoint")?;
                    out.point(10, *coord)?;
                    about.end(out)?;
                }
            }
            Simple::LineString | Simple::MultiLineString => {
                flat.lines().try_for_each(|line| about.polyline(out, line, false))?;
            }
            Simple::Polygon | Simple::MultiPolygon => {
                let rings = flat.lines().map(|ring| &ring[..ring.len().saturating_sub(1)]);
                rings.into_iter().try_for_each(|ring| about.polyline(out, ring, true))?;
            }
        }
        let anchor =
            features.anchor(row).map(&project).filter(|at| at.iter().all(|n| n.is_finite()));
        // A dropped feature without a name is called by its id, which is no name to write on a map.
        if let Some([x, y]) = anchor.filter(|_| place.name != place.id) {
            let label = About { layer: &labels.name, color: None, ..about };
            label.begin(out, "TEXT", "AcDbText")?;
            // Beside a point, in the middle of anything else.
            let beside = flat.kind == Simple::Point;
            let at = if beside { [x + *height * 0.6, y] } else { [x, y] };
            out.point(10, at)?;
            out.number(40, *height)?;
            out.text(1, &plain(&place.name))?;
            out.text(7, frame::STYLE)?;
            if !beside {
                out.integer(72, 1)?;
                out.point(11, at)?;
            }
            out.text(100, "AcDbText")?;
            out.integer(73, 2 * u64::from(!beside))?;
            label.end(out)?;
        }
        Ok(())
    }
}

/// The legend's colour of a feature; `None` where it is that of the layer.
fn class_color(features: &Features<'_>, row: usize) -> Option<u32> {
    let layer = features.layer;
    let column = features.table.columns.iter().find(|c| c.field.key == "class")?;
    let cell = column.cell(row);
    let value = cell.flat()?;
    layer.classes.iter().find(|class| class.value == value).map(|class| color(&class.color))
}

/// What every entity of a feature says of it.
struct About<'f> {
    layer: &'f str,
    color: Option<u32>,
    id: &'f str,
    name: &'f str,
}

impl About<'_> {
    fn begin(&self, out: &mut Tags, kind: &str, class: &str) -> Result<(), WriteError> {
        out.text(0, kind)?;
        out.handle()?;
        out.text(330, frame::MODEL_SPACE)?;
        out.text(100, "AcDbEntity")?;
        out.text(8, self.layer)?;
        if let Some(color) = self.color {
            out.color(color)?;
        }
        out.text(100, class)
    }

    fn polyline(&self, out: &mut Tags, line: &[[f64; 2]], closed: bool) -> Result<(), WriteError> {
        self.begin(out, "LWPOLYLINE", "AcDbPolyline")?;
        out.integer(90, line.len() as u64)?;
        out.integer(70, u64::from(closed))?;
        line.iter().try_for_each(|coord| out.position(10, *coord))?;
        self.end(out)
    }

    fn end(&self, out: &mut Tags) -> Result<(), WriteError> {
        out.text(1001, frame::APPLICATION)?;
        out.text(1000, head(&plain(self.id), TEXT))?;
        out.text(1000, head(&plain(self.name), TEXT))
    }
}
