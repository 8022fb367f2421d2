//! What the readers of all formats hand over: features as their file has them.

use serde_json::{Map, Value};

pub use crate::format::{Declared, Position, Shape};
use crate::import::remark::{At, Remark};

/// What a feature says of its place.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// Nothing.
    Nothing,
    /// Something of which was said already why it is no position.
    Reported,
    Shape(Shape),
    /// Something that cannot be understood.
    Broken(String),
    /// The name or code of a township.
    Township(String),
}

/// A feature as its file has it.
#[derive(Debug)]
pub struct Draft {
    pub at: At,
    /// Id, where the source has a place for one.
    pub id: Option<String>,
    pub properties: Map<String, Value>,
    pub form: Form,
    /// Whether heights or measures were left out of the shape.
    pub height: bool,
}

/// Features with one reference system.
#[derive(Debug)]
pub struct Table {
    pub name: Option<String>,
    pub crs: Declared,
    /// Whether columns are called x and y, of which surveyors and mathematicians disagree which
    /// runs north.
    pub axes_unsure: bool,
    /// Whether ids are the file's own and not numbers that its software gave.
    pub own_ids: bool,
    pub drafts: Vec<Draft>,
    pub remarks: Vec<Remark>,
}

impl Table {
    /// A table with axes in the usual order.
    pub fn new(crs: Declared, drafts: Vec<Draft>) -> Self {
        Self { name: None, crs, axes_unsure: false, own_ids: false, drafts, remarks: Vec::new() }
    }
}

/// A table of a `GeoPackage` or `FlatGeobuf` has one kind of shape: where some have several parts, all are
/// called multiple, and those with one part become single again.
pub fn single(drafts: &mut [Draft]) {
    let parts = |draft: &Draft| match &draft.form {
        Form::Shape(Shape::Many(parts)) => Some(parts.len()),
        Form::Shape(_) => Some(0),
        _ => None,
    };
    let (mut single, mut several) = (false, false);
    for count in drafts.iter().filter_map(parts) {
        single |= count == 0;
        several |= count > 1;
    }
    if single || !several {
        return;
    }
    for draft in drafts {
        if let Form::Shape(Shape::Many(parts)) = &mut draft.form
            && parts.len() == 1
        {
            draft.form = Form::Shape(parts.remove(0));
        }
    }
}
