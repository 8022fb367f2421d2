//! Brochures of all sites and dossiers of all townships, in both languages.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::bundle::BundleError;
use crate::index::IndexedAtlas;
use crate::picture::Language;
use crate::query::Budget;
use crate::report::{Format, Subject};

/// Metres around a site that its brochure looks.
const RADIUS: f64 = 20_000.0;

/// What a report is called in the folder: `site-yunyang_shuikou-cluster.zh.pdf`. The page knows the rule.
#[must_use]
pub fn file_name(kind: &str, id: &str, language: &str) -> String {
    format!("{kind}-{}.{language}.pdf", id.replace(':', "_"))
}

/// Prints all of them, as many at once as there are processors; sorted by name.
pub fn all(
    index: &IndexedAtlas,
    watched: &(dyn Fn(usize, usize) + Sync),
) -> Result<Vec<(String, Vec<u8>)>, BundleError> {
    let atlas = &index.atlas;
    let mut wanted: Vec<(String, Subject, Language)> = Vec::new();
    for (word, language) in [("zh", Language::Chinese), ("en", Language::English)] {
        for site in &atlas.sites {
            let place = atlas.place(site.place).id.clone();
            let name = file_name("site", &place, word);
            wanted.push((name, Subject::Site { place, radius: RADIUS, link: None }, language));
        }
        for place in atlas.places.iter().filter(|place| place.is_township()) {
            let name = file_name("place", &place.id, word);
            wanted.push((name, Subject::Place(place.id.clone()), language));
        }
    }
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let printed = Mutex::new(Vec::new());
    let failed = Mutex::new(None);
    let work = || {
        while let Some((name, subject, language)) = wanted.get(next.fetch_add(1, Ordering::Relaxed))
        {
            let made = subject
                .report(index, *language, &Budget::unlimited())
                .and_then(|report| report.printed(Format::Pdf));
            match made {
                Ok(bytes) => {
                    let mut printed = printed.lock().unwrap_or_else(PoisonError::into_inner);
                    printed.push((name.clone(), bytes));
                }
                Err(error) => {
                    let error = BundleError::Report(format!("{name}: {error}"));
                    failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                    return;
                }
            }
            watched(done.fetch_add(1, Ordering::Relaxed) + 1, wanted.len());
        }
    };
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    if let Some(error) = failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    let mut printed = printed.into_inner().unwrap_or_else(PoisonError::into_inner);
    printed.sort();
    Ok(printed)
}
