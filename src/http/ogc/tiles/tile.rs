//! One tile, of a collection or of the dataset.
//!
//! A tile in which nothing lies has no bytes, which is a valid tile of no layers; one that the matrix does
//! not have is an error.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::http::data::Data;
use crate::http::extract::Segments;
use crate::http::ogc::ask::Open;
use crate::http::ogc::find;
use crate::http::ogc::format::{Accept, Format};
use crate::http::ogc::tiles::{chosen, known};
use crate::http::problem::Problem;
use crate::http::tile_cache::Held;
use crate::http::tiles::{MVT, address, encoded};
use crate::tile::Keys;

/// Tile matrix, row and column as they stand in the address.
type Address = (String, String, String, String);

/// A tile of a collection.
pub async fn of_collection(
    data: Data,
    Segments((id, set, matrix, row, column)): Segments<(String, String, String, String, String)>,
    open: Open,
) -> Result<Response, Problem> {
    let Some(layer) = data.index.atlas.layer_number(&id) else { return Err(no_tiles(&data, &id)) };
    answer(data, open, &[], (set, matrix, row, column), |_, _| Ok(Held::One(layer))).await
}

/// The problem that there is no such collection.
fn no_tiles(data: &Data, id: &str) -> Problem {
    find(data, id).err().unwrap_or_else(|| Problem::not_found(id))
}

/// A tile of the dataset, or of those collections that are named.
pub async fn of_dataset(
    data: Data,
    Segments(address): Segments<Address>,
    open: Open,
) -> Result<Response, Problem> {
    answer(data, open, &["collections"], address, |data, collections| {
        let layers = chosen(data, collections)?;
        Ok(match layers[..] {
            [layer] => Held::One(layer),
            _ => Held::Several(layers.into()),
        })
    })
    .await
}

async fn answer(
    data: Data,
    open: Open,
    parameters: &[&str],
    (set, matrix, row, column): Address,
    held: impl FnOnce(&Data, Option<&str>) -> Result<Held, Problem>,
) -> Result<Response, Problem> {
    known(&set)?;
    is_wanted(&open)?;
    let headers = open.headers.clone();
    let ask = open.with(Format::Json);
    ask.only(parameters)?;
    let tile = address([("tileMatrix", &matrix), ("tileCol", &column), ("tileRow", &row)])?;
    let held = held(&data, ask.value("collections"))?;
    let mut response = encoded(data, &headers, held, tile, Keys::ALL).await?;
    let vary = HeaderValue::from_static("accept, accept-encoding");
    response.headers_mut().insert(header::VARY, vary);
    Ok(response)
}

/// Refuses formats that tiles do not have.
fn is_wanted(open: &Open) -> Result<(), Problem> {
    match open.f.as_deref() {
        Some("mvt") => Ok(()),
        Some(other) => Err(Problem::bad_request(format!("f is {other:?}; tiles are mvt"))),
        None if Accept::of(&open.headers).takes(MVT) => Ok(()),
        None => Err(Problem::rejected(
            StatusCode::NOT_ACCEPTABLE,
            format!("tiles are {MVT}; accept it, or add f=mvt"),
        )),
    }
}
