//! The bytes of other programs' files: what they say, before anybody judges it.
//!
//! `import` reads whole files with these and mends what it finds; `store` reads single features out of
//! files that stay where they are.

pub mod bytes;
pub mod flatgeobuf;
#[cfg(feature = "server")]
pub mod geopackage;
mod shape;
pub mod wkb;

pub use shape::{Declared, Position, Shape};
