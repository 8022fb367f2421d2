//! Disks that are full, and folders that cannot be written.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::Command;

use crate::apart::Apart;
use crate::common::geodata;
use crate::common::server::Server;
use crate::table::Row;
use crate::tools::{
    INDEX, PLACES, PROGRAM, answers, begin_by, edited, files, has_page, killed_halfway, points,
    remains, rounds, run_by, state, with_large,
};

/// Runs the program where no file may have more than so many kilobytes.
fn with_little_room(kilobytes: u32, arguments: &[&str]) -> (Option<i32>, String) {
    let script = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\"");
    let output =
        Command::new("bash").args(["-c", &script, PROGRAM]).args(arguments).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn on_a_full_disk_what_was_there_stays_and_the_error_says_so() {
    let (folder, out) = (with_large(20_000), tempfile::tempdir().unwrap());
    let data = folder.path().to_str().unwrap();
    let before = state(folder.path());
    // An index does not fit: the layer is served without.
    let (code, said) = with_little_room(64, &["check", data, "--lang", "en"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("big.geojsonl") && said.contains("index"), "{said}");
    assert!(!folder.path().join(INDEX).exists());

    let plots = out.path().join("plots.geojson");
    fs::write(
        &plots,
        format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
            points(5_000, 1).trim_end().replace('\n', ",")
        ),
    )
    .unwrap();
    let edited = edited(folder.path(), &out.path().join("townships"), "改过的备注");
    let picture = out.path().join("map.png");
    let zip = out.path().join("big.zip");
    for arguments in [
        &["import", plots.to_str().unwrap(), "--as", "plots", "--data", data][..],
        &["import", edited.to_str().unwrap(), "--as", "townships", "--data", data],
        &["export", "big", "--format", "csv", "--out", zip.to_str().unwrap(), "--data", data],
        &[
            "render",
            "--layers",
            "townships",
            "--width",
            "1200",
            "--height",
            "900",
            "--out",
            picture.to_str().unwrap(),
            "--data",
            data,
        ],
    ] {
        let (code, said) = with_little_room(32, arguments);
        assert_eq!(code, Some(1), "{arguments:?}: {said}");
        assert!(said.contains("large") || said.contains("磁盘已满"), "{arguments:?}: {said}");
        assert_eq!(state(folder.path()), before, "{arguments:?}");
        assert_eq!(remains(folder.path()), [""; 0], "{arguments:?}");
        assert_eq!(remains(out.path()), [""; 0], "{arguments:?}");
        assert!(!zip.exists() && !picture.exists());
    }
    let Some(moments) = on_a_disk_that_is_full(&edited) else { return };
    Row {
        number: 6,
        fault: ["磁盘满：写索引、导入、导出、出图、打包、生成密钥", "the disk is full: index, import, export, picture, bundle, key"],
        outcome: ["没有索引也照常服务；其余报错并说明，原有文件不变，不留半个文件；改了一半的导入不占空间也能撤回", "served without an index; everything else fails and says so, what was there stays, and no half file is left; an import that was halfway is taken back without any room"],
    }
    .holds([&format!("{moments} 种余量"), &format!("{moments} amounts of room")]);
}

/// The same on a disk that others fill while it works; with how many amounts of room that was tried. `None` where
/// nobody may mount one.
fn on_a_disk_that_is_full(edited: &Path) -> Option<usize> {
    let disk = tempfile::tempdir().unwrap();
    let mount = "mount -t tmpfs -o size=16m full \"$0\"";
    let apart = Apart::mounted(mount, disk.path())?;
    let runner = apart.runner();
    let at = |name: &str| disk.path().join(name).to_str().unwrap().to_owned();
    let seen = |name: &str| apart.path(&disk.path().join(name));
    let copy = |from: &Path, to: &Path| {
        assert!(Command::new("cp").arg("-r").args([from, to]).status().unwrap().success());
    };
    copy(&geodata(), &seen("data"));
    fs::create_dir(seen("out")).unwrap();
    let before = state(&seen("data"));
    let fill = |room: u64| {
        let mut filler = File::create(seen("filler")).unwrap();
        let page = [1; 4096];
        while filler.write_all(&page).is_ok() {}
        let length = filler.metadata().unwrap().len();
        filler.set_len(length / 4096 * 4096 - room * 1024).unwrap();
    };
    let import = ["import", edited.to_str().unwrap(), "--as", "townships", "--data", &at("data")];
    let count = u64::from(2 * rounds());
    let rooms: Vec<u64> = (0..count).map(|number| 480 * number / count).collect();
    let mut ends = BTreeSet::new();
    for room in &rooms {
        fill(*room);
        let (code, said) = run_by(&runner, &import);
        let now = state(&seen("data"));
        assert_eq!(now == before, code == Some(1), "{room}: {said}");
        assert!(code == Some(0) || said.contains("No space left"), "{room}: {said}");
        // The disk is still full, and whoever reads puts right what there is.
        let (checked, said) = run_by(&runner, &["check", &at("data")]);
        assert_eq!(checked, Some(0), "{room}: {said}");
        assert_eq!(state(&seen("data")), now);
        assert_eq!(remains(&seen("data")), [""; 0]);
        ends.insert(code);
        fs::remove_file(seen("filler")).unwrap();
        for place in PLACES {
            fs::copy(geodata().join(place), seen("data").join(place)).unwrap();
        }
    }
    assert_eq!(ends, BTreeSet::from([Some(0), Some(1)]), "there is always room, or never");
    // An import that was killed halfway is taken back although nothing more fits.
    killed_halfway(begin_by(&runner, &import), &seen("data"), before);
    fill(0);
    let (code, said) = run_by(&runner, &["check", &at("data")]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(state(&seen("data")), before);
    fs::remove_file(seen("filler")).unwrap();

    fs::write(seen("data/big.geojsonl"), points(20_000, 1)).unwrap();
    fill(0);
    let (out, keys, png) = (at("out/made"), at("out/keys"), at("out/map.png"));
    let mut works = vec![
        vec!["export", "big", "--format", "gpkg", "--out", &out],
        vec![
            "render",
            "--layers",
            "townships",
            "--width",
            "1200",
            "--height",
            "900",
            "--out",
            &png,
        ],
        vec!["token", "--for", "张工", "--keys", &keys],
    ];
    if has_page() {
        works.push(vec!["bundle", "--no-reports", "--out", &out]);
    }
    for work in works {
        let (code, said) = run_by(&runner, &[&work[..], &["--data", &at("data")]].concat());
        assert_eq!(code, Some(1), "{work:?}: {said}");
        assert!(said.contains("No space left") || said.contains("磁盘已满"), "{work:?}: {said}");
        assert!(files(&seen("out")).is_empty(), "{work:?}");
        assert_eq!(remains(&seen("out")), [""; 0], "{work:?}");
    }
    let data = disk.path().join("data");
    let without_index = answers(&Server::start_by(&runner, &data, &[], &[]));
    assert!(!seen("data").join(INDEX).exists());
    fs::remove_file(seen("filler")).unwrap();
    assert!(without_index == answers(&Server::start_by(&runner, &data, &[], &[])));
    assert!(seen("data").join(INDEX).exists());
    Some(rooms.len())
}

/// What runs a program as somebody who may read a folder and not write it: nothing, unless these tests may do everything.
fn reader() -> Vec<String> {
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    let words = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];
    words.into_iter().map(str::to_owned).filter(|_| is_root).collect()
}

#[test]
fn a_folder_that_cannot_be_written_is_served_and_not_changed() {
    let allow = |folder: &Path, mode: u32| {
        fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
    };
    let (folder, out) = (with_large(2_000), tempfile::tempdir().unwrap());
    let edited = edited(folder.path(), &out.path().join("townships"), "改过的备注");
    let sound = answers(&Server::start(folder.path(), &[]));
    fs::remove_file(folder.path().join(INDEX)).unwrap();
    allow(out.path(), 0o755);
    let places = ["", "yunyang", "fengjie", "yunyang/places", "fengjie/places"];
    for place in places {
        allow(&folder.path().join(place), 0o555);
    }
    refuses(&reader(), folder.path(), &edited, &sound);
    // What was left halfway cannot be put right here, and is not served as if nothing were.
    let data = folder.path().to_str().unwrap();
    allow(folder.path(), 0o755);
    fs::create_dir(folder.path().join(".plan-atlas-undo")).unwrap();
    fs::write(folder.path().join(".plan-atlas-undo/list.json"), "[]").unwrap();
    allow(folder.path(), 0o555);
    let (code, said) = run_by(&reader(), &["check", data, "--lang", "en"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("interrupted"), "{said}");
    for place in places {
        allow(&folder.path().join(place), 0o755);
    }
    assert_eq!(folder.check("en").code, Some(0));
    fs::remove_file(folder.path().join(INDEX)).unwrap();

    let mount = "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\"";
    let Some(medium) = Apart::mounted(mount, folder.path()) else { return };
    refuses(&medium.runner(), folder.path(), &edited, &sound);
    Row {
        number: 12,
        fault: ["文件夹在只读介质上", "the folder is on read-only media"],
        outcome: ["照常服务（大图层每次启动重读）；导入说明不能写入，什么也不变；中断过的导入须先放开写入", "it is served (large layers are read at every start); an import says that it cannot write and changes nothing; an interrupted import asks for write access first"],
    }
    .holds(["无写权限；只读挂载", "without permission; mounted read-only"]);
}

/// Whoever is run so cannot write the folder, and serves it.
fn refuses(runner: &[String], folder: &Path, edited: &Path, sound: &[String]) {
    let (before, data) = (state(folder), folder.to_str().unwrap());
    let (code, said) = run_by(runner, &["check", data, "--lang", "en"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("big.geojsonl") && said.contains("index"), "{said}");
    assert!(answers(&Server::start_by(runner, folder, &[], &[])) == sound);
    let import = ["import", edited.to_str().unwrap(), "--as", "townships", "--data", data];
    let (code, said) = run_by(runner, &import);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("不能写入"), "{said}");
    let (code, said) = run_by(runner, &[&import[..], &["--dry-run"]].concat());
    assert_eq!(code, Some(0), "a dry run writes nothing: {said}");
    assert!(!folder.join(INDEX).exists());
    assert_eq!(state(folder), before);
}
