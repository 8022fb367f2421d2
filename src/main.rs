//! Runs the command line and maps its outcome to an exit code; nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    plan_atlas::cli::run()
}
