//! `plan-atlas bundle`: the atlas as a folder. What it shows in a browser is tested there (`tests/e2e`).

mod common;

use std::path::Path;

use common::folder::{Folder, run};

fn has_page() -> bool {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("web/offline/engine.wasm").exists()
}

fn bundle(out: &Path, more: &[&str]) -> std::process::Output {
    let data = common::geodata();
    let arguments = [
        "bundle",
        "--lang",
        "en",
        "--data",
        data.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    run(&[&arguments[..], more].concat())
}

#[test]
fn a_folder_that_is_there_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let output = bundle(folder.path(), &["--no-reports"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("is there already"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn without_its_page_the_program_says_what_to_do_and_leaves_nothing_behind() {
    if has_page() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let output = bundle(&folder.path().join("bundle"), &["--no-reports"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("make bundle-page"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn the_same_data_give_the_same_bundle_and_a_large_layer_stays_behind_and_is_named() {
    if !has_page() {
        eprintln!("make bundle-page has not run: nothing to write");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = ["one", "two"].map(|name| folder.path().join(name));
    for out in [&one, &two] {
        let output = bundle(out, &["--no-reports"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    for name in
        ["index.html", "data/atlas.js", "data/engine.js", "data/about.js", "说明 README.txt"]
    {
        let [one, two] = [&one, &two].map(|out| std::fs::read(out.join(name)).unwrap());
        assert!(!one.is_empty() && one == two, "{name}");
    }
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        2,
        "nothing half-written is left"
    );
    let data = common::secrets::folder();
    let out = folder.path().join("three");
    let arguments = [
        "bundle",
        "--no-reports",
        "--data",
        data.path().to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    let output = run(&arguments);
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("plots"));
}

#[test]
fn data_with_errors_are_not_taken_along() {
    let data = Folder::copy();
    data.edit("yunyang/sites.csv", "yunyang:shuikou-cluster", "yunyang:nowhere");
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("bundle");
    let output =
        run(&["bundle", "--data", data.path().to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!out.exists());
}
