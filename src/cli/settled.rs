//! Loading a folder that somebody may have left halfway, or is changing just now.

use std::path::Path;

use crate::cli::reload::Look;
use crate::load::{Fault, Loaded, Location, Problem, Progress, Severity, load_watched};
use crate::whole::{settle, sweep};

/// How often a folder is read whose files change while they are read; then it counts as it was read last.
const TIMES: usize = 3;

/// Loads a folder as it was before a change that was not finished, and takes away what was left of it. What changes
/// while it is read is read again, so that nobody gets one half of it old and the other new.
pub fn load_settled(folder: &Path, progress: &Progress) -> Loaded {
    sweep(folder);
    let mut times = 0;
    let mut left_halfway = settle(folder);
    loop {
        match left_halfway {
            Ok(true) => {
                tracing::warn!("an import was interrupted; what it had changed was taken back");
            }
            Ok(false) => {}
            Err(error) => return unsettled(&error),
        }
        let look = Look::at(folder);
        let loaded = load_watched(folder, progress);
        times += 1;
        // An import that began meanwhile has perhaps not come to its second file yet.
        left_halfway = settle(folder);
        if times == TIMES || (matches!(left_halfway, Ok(false)) && Look::at(folder) == look) {
            return loaded;
        }
        tracing::info!("the data folder changed while it was read; reading it again");
    }
}

fn unsettled(error: &std::io::Error) -> Loaded {
    let reason = format!(
        "上次导入中断，改了一半的文件还没有撤回；让文件夹可以写入，再运行一次 (an import was interrupted and has not been taken back; make the folder writable and try again): {error}"
    );
    let (severity, location) = (Severity::Error, Location::file("."));
    let problem = Problem { severity, location, fault: Fault::Unreadable { reason } };
    Loaded { atlas: None, stores: Vec::new(), problems: vec![problem] }
}
