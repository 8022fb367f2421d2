#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| plan_atlas_fuzz::run("tile_path", input));
