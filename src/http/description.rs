//! The OpenAPI document, collected from the handlers.

use utoipa::openapi::schema::Schema;
use utoipa::openapi::{OpenApi as Document, RefOr};
use utoipa::{Modify, OpenApi};

use crate::http::{basemaps, tiles};

/// What the document says besides the handlers.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Plan Atlas (规划图册)",
        description = "Places, layouts, projects, targets, tasks and responsible units of county plans. \
                       Positions are longitude, latitude in degrees on CGCS2000/WGS 84; distances are \
                       metres, areas square metres. Errors are RFC 9457 problem details.",
    ),
    paths(tiles::tile, tiles::tilejson, basemaps::archive)
)]
pub struct Description;

/// Marks every property as present. Answers are written whole, an absent value as `null`; without
/// this mark, clients generated from the document would test for fields that are always there.
pub struct EveryFieldPresent;

impl Modify for EveryFieldPresent {
    fn modify(&self, document: &mut Document) {
        let Some(components) = &mut document.components else { return };
        components.schemas.values_mut().for_each(require_all);
    }
}

/// Gives problem documents their media type (RFC 9457), which the handlers' annotations cannot.
pub struct ProblemMediaType;

impl Modify for ProblemMediaType {
    fn modify(&self, document: &mut Document) {
        let items = document.paths.paths.values_mut();
        let operations =
            items.flat_map(|item| [&mut item.get, &mut item.post, &mut item.delete]).flatten();
        for response in operations.flat_map(|o| o.responses.responses.iter_mut()) {
            let (status, RefOr::T(response)) = response else { continue };
            if !status.starts_with('2')
                && let Some(content) = response.content.swap_remove("application/json")
            {
                response.content.insert("application/problem+json".to_owned(), content);
            }
        }
    }
}

fn require_all(schema: &mut RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::Object(object)) => {
            object.required = object.properties.keys().cloned().collect();
        }
        RefOr::T(Schema::AllOf(parts)) => parts.items.iter_mut().for_each(require_all),
        _ => {}
    }
}
