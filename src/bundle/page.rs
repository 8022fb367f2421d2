//! The page of a bundle, out of the binary (or, in debug builds, from `web/offline` as it is on disk).

use std::borrow::Cow;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "web/offline"]
#[allow_missing = true]
struct Page;

/// A file of the page.
pub fn file(name: &str) -> Option<Cow<'static, [u8]>> {
    Page::get(name).map(|file| file.data)
}

/// All of them, by name.
pub fn files() -> impl Iterator<Item = (String, Cow<'static, [u8]>)> {
    Page::iter().filter_map(|name| Some((name.to_string(), file(&name)?)))
}
