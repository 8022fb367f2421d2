//! Loading a folder that somebody may have left halfway: what a program that was killed did there is put right first.

use std::path::Path;

use crate::load::{Fault, Loaded, Location, Problem, Progress, Severity, load_watched};
use crate::whole::{settle, sweep};

/// Loads a folder as it was before a change that was not finished, and takes away what was left of it.
pub fn load_settled(folder: &Path, progress: &Progress) -> Loaded {
    sweep(folder);
    match settle(folder) {
        Ok(was_halfway) => {
            if was_halfway {
                tracing::warn!("an import was interrupted; what it had changed was taken back");
            }
            load_watched(folder, progress)
        }
        Err(error) => {
            let reason = format!(
                "上次导入中断，改了一半的文件还没有撤回；让文件夹可以写入，再运行一次 (an import was interrupted and has not been taken back; make the folder writable and try again): {error}"
            );
            let (severity, location) = (Severity::Error, Location::file("."));
            let problem = Problem { severity, location, fault: Fault::Unreadable { reason } };
            Loaded { atlas: None, stores: Vec::new(), problems: vec![problem] }
        }
    }
}
