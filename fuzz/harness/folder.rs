//! Data folders that inputs are put into.

use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use axum::Router;
use plan_atlas::grant::Key;
use plan_atlas::http::{AppState, app};
use plan_atlas::index::IndexedAtlas;
use plan_atlas::load::{Lang, Loaded, load};
use plan_atlas::model::Audience;
use tempfile::TempDir;

macro_rules! files {
    ($($name:literal)*) => {
        [$(($name, include_bytes!(concat!("../atlas/", $name)))),*]
    };
}

/// The files of the small atlas. An input of `tables` says by its first byte which one it replaces, so that new
/// ones go to the end.
pub const FILES: [(&str, &[u8]); 16] = files! {
    "atlas.toml"
    "tours.toml"
    "demo/plan.toml"
    "demo/tours.toml"
    "demo/organisations.csv"
    "demo/targets.csv"
    "demo/observations.csv"
    "demo/projects.csv"
    "demo/tasks.csv"
    "demo/roles.csv"
    "demo/discrepancies.csv"
    "demo/sites.csv"
    "demo/places/places.geojson"
    "plots.geojson"
    "secret.geojson"
    "parcels.geojsonl"
};

/// One of its layers as a GeoPackage.
pub const GEOPACKAGE: &[u8] = include_bytes!("../layers/parcels.gpkg");

/// A folder of its own, in memory where the system has such a place: most runs write files.
pub fn empty() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap()
}

/// A folder with the small atlas.
pub fn small() -> TempDir {
    let folder = empty();
    fs::create_dir_all(folder.path().join("demo/places")).unwrap();
    for (name, bytes) in FILES {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// A folder without plans, in which files of more than so many megabytes are large layers.
pub fn bare(large_files_mb: u64) -> TempDir {
    let folder = empty();
    let manifest = format!(
        "title = \"图\"\ntitle_en = \"Map\"\nplans = []\nlarge_files_mb = {large_files_mb}\n"
    );
    fs::write(folder.path().join("atlas.toml"), manifest).unwrap();
    folder
}

/// What is loaded, ready to be asked; `None` where problems are errors.
pub fn indexed(loaded: Loaded) -> Option<IndexedAtlas> {
    let Loaded { atlas, stores, .. } = loaded;
    Some(IndexedAtlas::with_stores(atlas?, &stores))
}

/// The key that everything in here is signed with.
pub fn key() -> Key {
    Key::of_bytes([7; 32])
}

fn state(index: IndexedAtlas) -> AppState {
    AppState::new(index).gated(Some(key()), Audience::Internal)
}

thread_local! {
    static SERVING: RefCell<Option<(AppState, Router)>> = const { RefCell::new(None) };
}

/// The application on an atlas, to which everybody is one of the staff, so that nothing is left out. It is the
/// same one each time, as building it costs more than most inputs: the atlas before is no longer served.
pub fn serving(index: IndexedAtlas) -> Router {
    SERVING.with_borrow_mut(|serving| {
        if let Some((state, app)) = serving {
            state.exchange(index);
            return app.clone();
        }
        let state = state(index);
        let app = app(state.clone());
        *serving = Some((state, app.clone()));
        app
    })
}

/// The application on the small atlas, loaded once.
pub fn served() -> Router {
    static SERVED: OnceLock<(Router, TempDir)> = OnceLock::new();
    let (app, _) = SERVED.get_or_init(|| {
        let folder = small();
        (app(state(small_index(folder.path()))), folder)
    });
    app.clone()
}

/// The small atlas, which loads.
pub fn small_index(folder: &Path) -> IndexedAtlas {
    let loaded = load(folder);
    let problems: Vec<_> = loaded.problems.iter().map(|problem| problem.text(Lang::En)).collect();
    indexed(loaded).unwrap_or_else(|| panic!("the small atlas: {problems:#?}"))
}
