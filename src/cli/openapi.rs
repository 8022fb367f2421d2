//! `plan-atlas openapi`: the description of the interface, from which the web types are generated.

use std::process::ExitCode;

/// Prints the document.
pub fn run() -> ExitCode {
    println!("{}", crate::http::openapi());
    ExitCode::SUCCESS
}
