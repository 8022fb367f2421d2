//! Coordinates of a table are taken to degrees, shapes are mended, townships are looked up.

use geo::{Geometry, Point};

use crate::crs::{CHINA, Crs, CrsError, Projector, Zone, ZoneWidth};
use crate::import::draft::{Declared, Draft, Form, Position, Shape, Table};
use crate::import::ids::Ids;
use crate::import::remark::{At, Matter, Remark};
use crate::import::township::{Lookup, Townships, seat};
use crate::import::{Feature, Imported, Refusal, Wishes, mend};
use crate::model::Atlas;

/// Takes the features of a table to `imported`.
pub fn locate(
    table: Table,
    ids: &mut Ids,
    wishes: &Wishes,
    atlas: &Atlas,
    imported: &mut Imported,
) -> Result<(), Refusal> {
    let mut remarks = Vec::new();
    let measured = table.drafts.iter().any(|draft| first_position(draft).is_some());
    let system =
        if measured { Some(system(&table, wishes, imported.format, &mut remarks)?) } else { None };
    if let Some(crs) = system
        && !imported.systems.contains(&crs.name())
    {
        imported.systems.push(crs.name());
    }
    let projector = system.map(Crs::projector);
    let swapped = match &projector {
        Some(projector) if table.axes_unsure => {
            let north_first = north_first(&table.drafts, projector)?;
            remarks.push(Remark::file(Matter::AxesTold { north_first }));
            north_first
        }
        _ => false,
    };
    let mut work = Work {
        projector: projector.zip(system),
        swapped,
        townships: Townships::of(atlas),
        ids,
        remarks,
        seats: 0,
        heights: 0,
    };
    for draft in table.drafts {
        work.draft(draft, &mut imported.features)?;
    }
    let Work { mut remarks, seats, heights, .. } = work;
    for (count, matter) in [
        (seats, Matter::SeatsUsed { count: seats }),
        (heights, Matter::HeightDropped { count: heights }),
    ] {
        if count > 0 {
            remarks.push(Remark::file(matter));
        }
    }
    let mut all = table.remarks;
    all.extend(remarks);
    all.sort_by_key(|remark| remark.at);
    for remark in &mut all {
        remark.table.clone_from(&table.name);
    }
    imported.remarks.extend(all);
    Ok(())
}

/// What is to be said of the layer as a whole.
pub fn summarise(imported: &mut Imported) -> Result<(), Refusal> {
    let (mut points, mut lines, mut areas) = (0, 0, 0);
    for feature in &imported.features {
        match &feature.geometry {
            Some(Geometry::Point(_) | Geometry::MultiPoint(_)) => points += 1,
            Some(Geometry::LineString(_) | Geometry::MultiLineString(_)) => lines += 1,
            Some(_) => areas += 1,
            None => {}
        }
    }
    let outside = |remark: &Remark| matches!(remark.matter, Matter::OutsideChina { .. });
    if points + lines + areas == 0 && imported.remarks.iter().any(outside) {
        return Err(Refusal::NothingInChina { crs: imported.systems.join("、") });
    }
    if [points, lines, areas].iter().filter(|count| **count > 0).count() > 1 {
        imported.remarks.push(Remark::file(Matter::Mixed { points, lines, areas }));
    }
    Ok(())
}

/// The reference system: the person's word before the file's.
fn system(
    table: &Table,
    wishes: &Wishes,
    format: &'static str,
    remarks: &mut Vec<Remark>,
) -> Result<Crs, Refusal> {
    match (wishes.crs, &table.crs) {
        (None, Declared::Known(crs)) => Ok(*crs),
        (None, Declared::Silent) => Err(Refusal::CrsMissing { format }),
        (None, Declared::Unusable(error)) => Err(Refusal::CrsUnusable { error: error.clone() }),
        (Some(used), said) => {
            let said = match said {
                Declared::Known(crs) if *crs != used => Some(crs.name()),
                Declared::Unusable(CrsError::Unknown(name) | CrsError::OldDatum(name)) => {
                    Some(name.clone())
                }
                _ => None,
            };
            if let Some(said) = said {
                remarks.push(Remark::file(Matter::CrsOverridden { said, used: used.name() }));
            }
            Ok(used)
        }
    }
}

fn first_position(draft: &Draft) -> Option<Position> {
    fn first(shape: &Shape) -> Option<Position> {
        match shape {
            Shape::Point(position) => Some(*position),
            Shape::Line(line) => line.first().copied(),
            Shape::Polygon(rings) => rings.iter().find_map(|ring| ring.first().copied()),
            Shape::Many(parts) => parts.iter().find_map(first),
        }
    }
    match &draft.form {
        Form::Shape(shape) => first(shape),
        _ => None,
    }
}

/// Whether columns x and y are northing and easting. Surveyors call the northing x; the numbers of
/// all rows must agree on it, and must not fit the other way as well.
fn north_first(drafts: &[Draft], projector: &Projector) -> Result<bool, Refusal> {
    let positions: Vec<Position> = drafts.iter().filter_map(first_position).collect();
    let in_china = |x: f64, y: f64| {
        projector.to_degrees(x, y).is_some_and(|(lon, lat)| CHINA.contains(lon, lat))
    };
    let east_first = positions.iter().filter(|(x, y)| in_china(*x, *y)).count();
    let north_first = positions.iter().filter(|(x, y)| in_china(*y, *x)).count();
    match (east_first, north_first) {
        (0, 1..) => Ok(true),
        (1.., 0) => Ok(false),
        _ => Err(Refusal::AxesUnclear),
    }
}

struct Work<'a> {
    projector: Option<(Projector, Crs)>,
    swapped: bool,
    townships: Townships<'a>,
    ids: &'a mut Ids,
    remarks: Vec<Remark>,
    seats: usize,
    heights: usize,
}

impl Work<'_> {
    fn draft(&mut self, draft: Draft, features: &mut Vec<Feature>) -> Result<(), Refusal> {
        let Draft { at, id, mut properties, form, height } = draft;
        self.heights += usize::from(height);
        let mut geometries = match form {
            Form::Nothing => {
                self.remarks.push(Remark::at(at, Matter::Unlocated));
                Vec::new()
            }
            Form::Reported => Vec::new(),
            Form::Broken(reason) => {
                self.remarks.push(Remark::at(at, Matter::LeftOut { reason }));
                Vec::new()
            }
            Form::Township(name) => {
                let found = self.township(&name, at);
                if let Some((_, accuracy)) = found {
                    properties.insert("accuracy".into(), accuracy.into());
                }
                found.map(|(point, _)| Geometry::Point(point)).into_iter().collect()
            }
            Form::Shape(shape) => self.shape(&shape, at)?,
        };
        if geometries.len() > 1 {
            self.remarks.push(Remark::at(at, Matter::Split { parts: geometries.len() }));
        }
        let id = id.unwrap_or_default();
        let first = if geometries.is_empty() { None } else { Some(geometries.remove(0)) };
        features.push(Feature { id: id.clone(), properties: properties.clone(), geometry: first });
        for geometry in geometries {
            let id = self.ids.fresh(&id);
            let geometry = Some(geometry);
            features.push(Feature { id, properties: properties.clone(), geometry });
        }
        Ok(())
    }

    fn township(&mut self, name: &str, at: At) -> Option<(Point<f64>, &'static str)> {
        let matter = match self.townships.find(name) {
            Lookup::One(place) => match seat(place) {
                Some((point, accuracy)) => {
                    self.seats += 1;
                    return Some((point, accuracy.id()));
                }
                None => Matter::Unlocated,
            },
            Lookup::Several(places) => {
                let names: Vec<String> =
                    places.iter().map(|place| self.townships.full_name(place)).collect();
                Matter::AmbiguousTownship { name: name.to_owned(), candidates: names.join("、") }
            }
            Lookup::None => Matter::UnknownTownship { name: name.to_owned() },
        };
        self.remarks.push(Remark::at(at, matter));
        None
    }

    fn shape(&mut self, shape: &Shape, at: At) -> Result<Vec<Geometry<f64>>, Refusal> {
        let Some((projector, crs)) = &self.projector else { return Ok(Vec::new()) };
        let mut fate = None;
        let degrees = degrees(shape, &mut |x, y| {
            let (x, y) = if self.swapped { (y, x) } else { (x, y) };
            if !x.is_finite() || !y.is_finite() {
                let reason = "坐标不是数字 (not a number)".to_owned();
                fate.get_or_insert(Matter::LeftOut { reason });
                return Ok((0.0, 0.0));
            }
            let Some((lon, lat)) = projector.to_degrees(x, y) else {
                let hint = hint(*crs, x, y);
                return Err(Refusal::DoesNotFit { at, x, y, crs: crs.name(), hint });
            };
            if !CHINA.contains(lon, lat) {
                let swapped = CHINA.contains(lat, lon);
                fate.get_or_insert(Matter::OutsideChina { lon, lat, swapped });
            }
            Ok((rounded(lon), rounded(lat)))
        })?;
        if let Some(matter) = fate {
            self.remarks.push(Remark::at(at, matter));
            return Ok(Vec::new());
        }
        Ok(mend::mend(&degrees, at, &mut self.remarks))
    }
}

/// The same shape with every position taken elsewhere.
fn degrees(
    shape: &Shape,
    take: &mut impl FnMut(f64, f64) -> Result<Position, Refusal>,
) -> Result<Shape, Refusal> {
    let mut line = |line: &[Position]| -> Result<Vec<Position>, Refusal> {
        line.iter().map(|&(x, y)| take(x, y)).collect()
    };
    Ok(match shape {
        Shape::Point((x, y)) => Shape::Point(take(*x, *y)?),
        Shape::Line(positions) => Shape::Line(line(positions)?),
        Shape::Polygon(rings) => {
            Shape::Polygon(rings.iter().map(|ring| line(ring)).collect::<Result<_, _>>()?)
        }
        Shape::Many(parts) => {
            let parts = parts.iter().map(|part| degrees(part, &mut *take));
            Shape::Many(parts.collect::<Result<_, _>>()?)
        }
    })
}

/// Seven decimals of a degree are a centimetre.
pub fn rounded(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

/// The zone that a position cries out for: its number stands before the easting, or is missing.
fn hint(crs: Crs, x: f64, y: f64) -> Option<String> {
    if !(0.0..1e7).contains(&y) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
    let number = if (13e6..46e6).contains(&x) { (x / 1e6) as u8 } else { 0 };
    let zone = match crs {
        Crs::GaussKruger(zone) if zone.prefixed && (0.0..1e6).contains(&x) => {
            Zone::new(zone.width, zone.number, false)
        }
        _ => Zone::new(ZoneWidth::Three, number, true).or(Zone::new(ZoneWidth::Six, number, true)),
    };
    zone.and_then(|zone| Crs::GaussKruger(zone).epsg()).map(|code| format!("EPSG:{code}"))
}
