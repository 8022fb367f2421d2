//! Programs that are killed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;

use rusqlite::Connection;

use crate::common::folder::{Folder, run};
use crate::common::geodata;
use crate::common::server::Server;
use crate::table::Row;
use crate::tools::{
    INDEX, PLACES, answers, begin, edited, has_page, kill_at_many_moments, killed_halfway, kills,
    remains, rounds, state, with_large,
};

#[test]
fn killed_while_it_reads_and_indexes_it_starts_again_as_if_nothing_had_been() {
    let folder = with_large(40_000);
    let index = folder.path().join(INDEX);
    let sound = answers(&Server::start(folder.path(), &[]));
    let whole = fs::read(&index).unwrap();
    let data = folder.path().to_str().unwrap();
    let count = kill_at_many_moments(
        &["check", data],
        || drop(fs::remove_file(&index)),
        || {
            if let Ok(bytes) = fs::read(&index) {
                assert!(bytes == whole, "an index is whole or not there");
            }
        },
    );
    let server = Server::start(folder.path(), &[]);
    assert!(answers(&server) == sound);
    assert_eq!(remains(folder.path()), [""; 0]);
    let [zh, en] = kills(count);
    Row {
        number: 1,
        fault: ["载入、写索引时 kill -9", "kill -9 while it loads and writes an index"],
        outcome: ["索引要么完整要么没有；再启动，答复逐字节相同，残留已清除", "the index is whole or not there; started again, it answers byte for byte the same, and nothing is left over"],
    }
    .holds([&zh, &en]);
}

#[test]
fn killed_while_it_serves_it_leaves_nothing_that_the_next_start_does_not_take_away() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = with_large(20_000);
    let start =
        || Server::start_with(folder.path(), &[], &[("TMPDIR", scratch.path().to_str().unwrap())]);
    let count = rounds().min(8);
    for _ in 0..count {
        let server = start();
        let sound = answers(&server);
        let mut connection = server.connect();
        connection.send("/api/export?format=gpkg&layers=big", "");
        server.until("an export under way", || !remains(scratch.path()).is_empty());
        server.signal("-KILL");
        server.until("its end", || TcpStream::connect(&server.address).is_err());
        assert!(!remains(scratch.path()).is_empty());
        let server = start();
        assert_eq!(remains(scratch.path()), [""; 0]);
        assert!(answers(&server) == sound);
    }
    let [zh, en] = kills(count);
    Row {
        number: 2,
        fault: ["服务中、正在导出时 kill -9", "kill -9 while it serves and makes an export"],
        outcome: [
            "再启动即照常；临时文件由下一次启动清除",
            "started again, it serves as before; the next start takes the temporary files away",
        ],
    }
    .holds([&zh, &en]);
}

#[test]
fn killed_while_it_imports_the_folder_is_as_before_or_as_after() {
    let (folder, out) = (Folder::copy(), tempfile::tempdir().unwrap());
    let data = folder.path().to_str().unwrap();
    let file = edited(folder.path(), &out.path().join("townships"), "改过的备注");
    let before = state(folder.path());
    let import = ["import", file.to_str().unwrap(), "--as", "townships", "--data", data];
    let said = run(&import);
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let after = state(folder.path());
    assert_ne!(before, after);
    let again = || {
        for file in PLACES {
            fs::copy(geodata().join(file), folder.path().join(file)).unwrap();
        }
        assert_eq!(state(folder.path()), before);
    };
    // Whoever looks next puts right what was left halfway.
    let look = || {
        assert_eq!(folder.check("zh").code, Some(0));
        let now = state(folder.path());
        assert!(now == before || now == after, "neither as before nor as after");
        assert_eq!(remains(folder.path()), [""; 0]);
        now == after
    };
    let mut seen = BTreeSet::new();
    let mut count = kill_at_many_moments(&import, again, || {
        seen.insert(look());
    });
    assert!(seen.contains(&true) && seen.contains(&false), "kills came before its end");

    // Killed when one file is changed and the other perhaps not, and then whoever puts that right is killed as well.
    let halfway = out.path().join("halfway");
    again();
    killed_halfway(begin(&import), folder.path(), before);
    copy(folder.path(), &halfway);
    count += 1;
    count += kill_at_many_moments(
        &["check", data],
        || {
            fs::remove_dir_all(folder.path()).unwrap();
            copy(&halfway, folder.path());
        },
        || assert!(!look(), "it was not finished"),
    );
    let [zh, en] = kills(count);
    Row {
        number: 3,
        fault: ["导入改动多个文件时 kill -9；撤回时再 kill -9", "kill -9 while an import changes several files, and again while that is taken back"],
        outcome: ["文件夹要么是导入前，要么是导入后；改了一半的由下一次读取撤回", "the folder is as before or as after; what was changed halfway is taken back by whoever reads it next"],
    }
    .holds([&zh, &en]);
}

fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-a").args([from, to]).status().unwrap().success());
}

#[test]
fn killed_while_it_exports_there_is_the_whole_export_or_none() {
    let out = tempfile::tempdir().unwrap();
    let data = geodata();
    let (zip, unpacked) = (out.path().join("all.zip"), out.path().join("all"));
    let common = ["export", "townships,herbs,medical", "--format", "gpkg", "--data"];
    let to = |target| [&common[..], &[data.to_str().unwrap(), "--out", target]].concat();
    let mut count = 0;
    for target in [&zip, &unpacked] {
        let arguments = to(target.to_str().unwrap());
        let mut names = None;
        count += kill_at_many_moments(
            &arguments,
            || {
                let _ = fs::remove_file(&zip);
                let _ = fs::remove_dir_all(&unpacked);
            },
            || {
                if target.exists() {
                    let now = contents(target);
                    assert_eq!(*names.get_or_insert_with(|| now.clone()), now);
                }
            },
        );
        assert!(names.is_some());
    }
    assert!(run(&to(zip.to_str().unwrap())).status.success());
    assert_eq!(remains(out.path()), [""; 0], "the next export takes away what was left");
    let [zh, en] = kills(count);
    Row {
        number: 4,
        fault: ["命令行导出时 kill -9", "kill -9 while the command line exports"],
        outcome: [
            "要么是完整的导出，要么没有；残留由下一次导出清除",
            "the export is whole or not there; the next one takes away what was left",
        ],
    }
    .holds([&zh, &en]);
}

/// Files within an archive or a folder, with their sizes. Archives and databases must be whole.
fn contents(path: &Path) -> BTreeMap<String, u64> {
    if path.is_dir() {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(path).unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            if entry.path().is_dir() {
                let within = contents(&entry.path()).into_iter();
                found.extend(within.map(|(file, size)| (format!("{name}/{file}"), size)));
                continue;
            }
            if entry.path().extension().is_some_and(|ending| ending == "gpkg") {
                let database = Connection::open(entry.path()).unwrap();
                let query = "PRAGMA integrity_check";
                let sound: String = database.query_row(query, [], |row| row.get(0)).unwrap();
                assert_eq!(sound, "ok");
            }
            found.insert(name, entry.metadata().unwrap().len());
        }
        return found;
    }
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    (0..archive.len())
        .map(|number| {
            let mut file = archive.by_index(number).unwrap();
            // Reading to the end compares checksums.
            let size = file.read_to_end(&mut Vec::new()).unwrap();
            (file.name().unwrap().into_owned(), size as u64)
        })
        .collect()
}

#[test]
fn killed_while_it_bundles_there_is_the_whole_bundle_or_none() {
    if !has_page() {
        eprintln!("make bundle-page has not run: there is no bundle to interrupt");
        return;
    }
    let out = tempfile::tempdir().unwrap();
    let (data, target) = (geodata(), out.path().join("bundle"));
    let (data, to) = (data.to_str().unwrap(), target.to_str().unwrap());
    let bundle = ["bundle", "--no-reports", "--data", data, "--out", to];
    let mut whole = None;
    let count = kill_at_many_moments(
        &bundle,
        || drop(fs::remove_dir_all(&target)),
        || {
            if target.exists() {
                let now = contents(&target);
                assert_eq!(*whole.get_or_insert_with(|| now.clone()), now);
            }
        },
    );
    let _ = fs::remove_dir_all(&target);
    assert!(run(&bundle).status.success());
    assert_eq!(remains(out.path()), [""; 0]);
    let [zh, en] = kills(count);
    Row {
        number: 5,
        fault: ["打包带走时 kill -9", "kill -9 while a bundle is written"],
        outcome: [
            "要么是完整的文件夹，要么没有；残留由下一次打包清除",
            "the folder is whole or not there; the next bundle takes away what was left",
        ],
    }
    .holds([&zh, &en]);
}

#[test]
fn killed_while_it_makes_a_key_there_is_a_whole_key_or_none() {
    let keys = tempfile::tempdir().unwrap();
    let data = geodata();
    let (data, to) = (data.to_str().unwrap(), keys.path().to_str().unwrap());
    let token = ["token", "--for", "张工", "--keys", to, "--data", data];
    let key = keys.path().join("signing.key");
    let count = kill_at_many_moments(
        &token,
        || drop(fs::remove_file(&key)),
        || {
            if let Ok(digits) = fs::read_to_string(&key) {
                assert_eq!(digits.trim().len(), 64);
                assert!(run(&token).status.success());
            }
        },
    );
    let _ = fs::remove_file(&key);
    assert!(run(&token).status.success());
    let left = contents(keys.path());
    assert_eq!(left.keys().collect::<Vec<_>>(), ["signing.key"], "nothing is left over");
    let [zh, en] = kills(count);
    Row {
        number: 13,
        fault: ["生成签名密钥时 kill -9", "kill -9 while a signing key is made"],
        outcome: [
            "要么是完整的密钥，要么没有，下一次再生成",
            "the key is whole or not there, and is then made the next time",
        ],
    }
    .holds([&zh, &en]);
}
