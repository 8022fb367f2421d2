//! What an export will hold and what it cannot, told before anything is written.

use serde::Serialize;
use utoipa::ToSchema;

use crate::export::{Export, FieldName, Loss};

/// An export before it is written.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Preview {
    /// Format id.
    pub format: &'static str,
    /// Reference system.
    pub crs: CrsName,
    /// Name of the zip.
    pub name: String,
    /// Features in all.
    pub features: usize,
    /// Features that nobody has located.
    pub unlocated: usize,
    /// Linked records that come along.
    pub records: usize,
    /// Layer by layer.
    pub layers: Vec<LayerCount>,
    /// What the format cannot carry.
    pub losses: Vec<LossView>,
    /// Fields under other names.
    pub renamed: Vec<FieldName>,
}

/// A reference system by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CrsName {
    /// EPSG code, or `GCJ-02`, `BD-09`.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether positions are shifted on purpose.
    pub shifted: bool,
}

/// A layer of an export.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LayerCount {
    /// Layer id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Features taken.
    pub count: usize,
}

/// A loss with its kind in words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LossView {
    /// The kind in Chinese.
    pub label: &'static str,
    /// And in English.
    pub label_en: &'static str,
    /// What is lost.
    #[serde(flatten)]
    pub loss: Loss,
}

impl Export<'_> {
    /// What the export will hold.
    #[must_use]
    pub fn preview(&self) -> Preview {
        let crs = self.options.crs;
        let id = crs.epsg().map_or_else(|| crs.name(), |code| format!("EPSG:{code}"));
        let unlocated =
            |f: &super::Features<'_>| (0..f.table.len).filter(|&row| !f.is_located(row)).count();
        let losses = self.losses().items.into_iter().map(|loss| LossView {
            label: loss.kind.label(),
            label_en: loss.kind.label_en(),
            loss,
        });
        Preview {
            format: self.options.format.id(),
            crs: CrsName { id, name: crs.name(), shifted: crs.is_shifted() },
            name: format!("{}.zip", self.file_name()),
            features: self.features.iter().map(|f| f.table.len).sum(),
            unlocated: self.features.iter().map(unlocated).sum(),
            records: self.records.tables.iter().map(|table| table.len).sum(),
            layers: self
                .features
                .iter()
                .map(|f| LayerCount {
                    id: f.layer.id.clone(),
                    title: f.layer.title.clone(),
                    count: f.table.len,
                })
                .collect(),
            losses: losses.collect(),
            renamed: self.field_names(),
        }
    }
}
