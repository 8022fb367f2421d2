//! What can happen to a program, a disk and a folder, and what comes of it.
//!
//! Each test is a row of `docs/reliability.md`, which must hold it word for word. `make faults` tries every fault more
//! often, writes the table anew and counts. What a machine does not allow (tracing, mounting, another clock) is not
//! tried there, and the test says so.

#![cfg(unix)]

mod apart;
mod clock;
#[path = "../common/mod.rs"]
mod common;
mod company;
mod disk;
mod files;
mod kills;
mod table;
mod tools;
