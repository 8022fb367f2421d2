//! One export, from what is asked to the files.

use std::path::Path;

use serde::Serialize;
use utoipa::ToSchema;

use crate::crs::{Crs, Projector};
use crate::export::losses::{self, Collector, LossKind};
use crate::export::names::file_name;
use crate::export::{
    Features, FieldName, Folder, Format, Losses, Origin, Progress, Records, Request, Selection,
    SelectionError, WriteError, csv, dxf, fgb, geojson, gpkg, kml, parquet, pmtiles, shp, xlsx,
};
use crate::index::IndexedAtlas;
use crate::store::Unreadable;

/// How text is written where a format leaves the choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, ToSchema)]
pub enum Encoding {
    /// UTF-8.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// GBK, for programs that know nothing else.
    #[serde(rename = "gbk")]
    Gbk,
}

/// How to write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Format.
    pub format: Format,
    /// Reference system of the positions.
    pub crs: Crs,
    /// Encoding of text.
    pub encoding: Encoding,
}

/// An export that is resolved and can be written.
pub struct Export<'a> {
    /// Layers with their attributes.
    pub features: Vec<Features<'a>>,
    /// Linked records.
    pub records: Records<'a>,
    /// Where it all comes from.
    pub origin: Origin,
    /// How it is written.
    pub options: Options,
    /// The system asked for; another than that of `options` where the format knows only WGS 84.
    asked: Crs,
    projector: Projector,
}

impl<'a> Export<'a> {
    /// Resolves a request. `date` is the day that the export is marked with, ISO 8601.
    ///
    /// # Errors
    /// When something asked for does not exist, or nothing is left.
    pub fn prepare(
        index: &'a IndexedAtlas,
        request: Request,
        mut options: Options,
        date: &str,
    ) -> Result<Self, SelectionError> {
        let asked = options.crs;
        if !options.format.abilities().any_crs {
            options.crs = Crs::Wgs84;
        }
        let with_records = request.records;
        let selection = Selection::resolve(index, request)?;
        let mut features: Vec<Features<'a>> = selection
            .layers
            .into_iter()
            .map(|(layer, chosen)| Features::new(index, layer, chosen))
            .collect();
        let mut places: Vec<_> = features.iter().flat_map(Features::places).copied().collect();
        places.sort_unstable();
        places.dedup();
        let mut records = if with_records { Records::of(index, &places) } else { Records::none() };
        if options.format == Format::Gpkg {
            gpkg::settle(&mut features, &mut records.tables);
        }
        let shifted = matches!(options.crs, Crs::Gcj02 | Crs::Bd09);
        let origin = Origin::of(index, &features, &options.crs.name(), shifted, date);
        Ok(Self { features, records, origin, options, asked, projector: options.crs.projector() })
    }

    /// What the format cannot carry.
    #[must_use]
    pub fn losses(&self) -> Losses {
        let mut collector = Collector::default();
        losses::general(self.options.format, &self.features, &self.records.tables, &mut collector);
        if self.options.format.abilities().any_crs {
            losses::outside(self.options.crs, &self.features, self.project(), &mut collector);
        }
        if self.asked != self.options.crs {
            let both = format!("{} → {}", self.asked.name(), self.options.crs.name());
            for features in &self.features {
                collector.note(LossKind::Crs, &features.table.id, None, &both);
            }
        }
        match self.options.format {
            Format::Gpkg => gpkg::losses(self, &mut collector),
            Format::Shp => shp::losses(self, &mut collector),
            Format::Csv => csv::losses(self, &mut collector),
            Format::Xlsx => xlsx::losses(self, &mut collector),
            Format::Dxf => dxf::losses(self, &mut collector),
            Format::Kml | Format::Kmz => kml::losses(self, &mut collector),
            Format::Fgb => fgb::losses(self, &mut collector),
            Format::Pmtiles => pmtiles::losses(self, &mut collector),
            _ => {}
        }
        let layers = self.features.iter().map(|features| &features.table);
        let tables: Vec<_> = layers.chain(&self.records.tables).collect();
        collector.finish(&tables)
    }

    /// Names that fields have in the files, where those are not the titles: what `字段对照.csv` holds.
    #[must_use]
    pub fn field_names(&self) -> Vec<FieldName> {
        match self.options.format {
            Format::Shp => shp::field_names(self),
            _ => Vec::new(),
        }
    }

    /// Writes everything into a folder.
    ///
    /// # Errors
    /// When the disk is full, the export is cancelled, or a format's library refuses.
    pub fn write(&self, root: &Path, progress: &Progress) -> Result<Folder, WriteError> {
        let mut folder = Folder::new(root);
        // Shifted positions must not be taken for others once the zip is unpacked.
        folder.mark(match self.options.crs {
            Crs::Gcj02 => Some("GCJ-02"),
            Crs::Bd09 => Some("BD-09"),
            _ => None,
        });
        let rows = |len: usize| progress.expect(u64::try_from(len).unwrap_or(u64::MAX));
        self.features.iter().for_each(|features| rows(features.table.len));
        if self.options.format.abilities().tables {
            self.records.tables.iter().for_each(|table| rows(table.len));
        }
        match self.options.format {
            Format::GeoJson => geojson::collection(self, &mut folder, progress)?,
            Format::GeoJsonSeq => geojson::sequence(self, &mut folder, progress)?,
            Format::Shp => shp::write(self, &mut folder, progress)?,
            Format::Csv => csv::write(self, &mut folder, progress)?,
            Format::Xlsx => xlsx::write(self, &mut folder, progress)?,
            Format::Dxf => dxf::write(self, &mut folder, progress)?,
            Format::Gpkg => gpkg::write(self, &mut folder, progress)?,
            Format::Kml => kml::plain(self, &mut folder, progress)?,
            Format::Kmz => kml::zipped(self, &mut folder, progress)?,
            Format::Fgb => fgb::write(self, &mut folder, progress)?,
            Format::Parquet => parquet::write(self, &mut folder, progress)?,
            Format::Pmtiles => pmtiles::write(self, &mut folder, progress)?,
        }
        folder.mark(None);
        self.check()?;
        Ok(folder)
    }

    /// Whether everything that was asked of large layers so far could be read.
    ///
    /// # Errors
    /// When the file of one is another one by now, or cannot be read.
    pub fn check(&self) -> Result<(), Unreadable> {
        self.features.iter().try_for_each(Features::check)
    }

    /// The way from longitude and latitude into the export's system. A position that the system
    /// does not have becomes not-a-number; the loss report lists such features.
    pub fn project(&self) -> impl Fn([f64; 2]) -> [f64; 2] + '_ {
        move |[lon, lat]| {
            let (x, y) = self.projector.from_degrees(lon, lat).unwrap_or((f64::NAN, f64::NAN));
            [x, y]
        }
    }

    /// Ids of the layers, in order.
    pub fn layer_ids(&self) -> impl Iterator<Item = &str> {
        self.features.iter().map(|features| features.layer.id.as_str())
    }

    /// Name of the file of a format that has one for everything.
    #[must_use]
    pub fn whole_file(&self) -> String {
        format!("{}.{}", file_name(self.name()), self.options.format.id())
    }

    /// What a file with everything in it is called: its only layer, or the atlas.
    #[must_use]
    pub fn name(&self) -> &str {
        match self.features.as_slice() {
            [only] => &only.layer.id,
            _ => "plan-atlas",
        }
    }

    /// Decimals that a coordinate needs: a centimetre, and then one digit more.
    #[must_use]
    pub fn decimals(&self) -> u8 {
        if self.options.crs.is_degrees() { 8 } else { 3 }
    }
}
