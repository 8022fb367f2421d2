//! Programs that share a folder.

use std::fs;
use std::thread::scope;

use crate::common::folder::{Folder, run};
use crate::common::server::Server;
use crate::table::Row;
use crate::tools::{answers, begin, points, remains, with_large};

#[test]
fn two_servers_share_a_folder_and_none_takes_the_port_of_another() {
    let folder = with_large(20_000);
    let servers = scope(|scope| {
        let starting: Vec<_> =
            (0..2).map(|_| scope.spawn(|| Server::start(folder.path(), &[]))).collect();
        starting.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(answers(&servers[0]) == answers(&servers[1]));
    assert_eq!(remains(folder.path()), [""; 0]);
    let taken =
        run(&["serve", "--data", folder.path().to_str().unwrap(), "--listen", &servers[0].address]);
    assert_eq!(taken.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&taken.stderr).contains(&servers[0].address));
    folder.edit("yunyang/projects.csv", "张飞庙", "张桓侯庙");
    for server in &servers {
        server.until("the change", || server.metric("plan_atlas_data_reloads_total") == 1);
    }
    Row {
        number: 9,
        fault: ["两个服务同用一个文件夹；同一端口", "two servers on one folder; on one port"],
        outcome: ["都照常服务、都载入改动；端口被占的说明原因，退出码 3", "both serve and both take changes over; who finds the port taken says so and exits with 3"],
    }
    .holds(["2 个服务", "two servers"]);
}

#[test]
fn two_imports_at_once_take_turns() {
    let (folder, out) = (Folder::copy(), tempfile::tempdir().unwrap());
    let data = folder.path().to_str().unwrap();
    let collection = |edition| {
        format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
            points(300, edition).trim_end().replace('\n', ",")
        )
    };
    let mut imports = Vec::new();
    for name in ["one", "two", "three"] {
        let file = out.path().join(format!("{name}.geojson"));
        fs::write(&file, collection(1)).unwrap();
        imports.push(begin(&["import", file.to_str().unwrap(), "--as", name, "--data", data]));
    }
    for mut import in imports {
        assert!(import.wait().unwrap().success());
    }
    let check = folder.check("en");
    assert_eq!(check.code, Some(0), "{check:#?}");
    for name in ["one", "two", "three"] {
        assert!(folder.path().join(format!("{name}.geojson")).exists());
    }
    assert_eq!(remains(folder.path()), [""; 0]);
    Row {
        number: 10,
        fault: ["几个导入同时写一个文件夹", "several imports into one folder at once"],
        outcome: [
            "依次进行，都写入，文件夹无错误",
            "they take turns; all are written and the folder is sound",
        ],
    }
    .holds(["3 个导入", "three imports"]);
}
