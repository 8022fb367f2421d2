//! A place of its own for mounts: whoever runs in it sees them, and they are gone with it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Such a place.
pub struct Apart(Child);

impl Apart {
    /// One in which a script has mounted something at a path, `$0`; `None` where the system allows nobody that.
    pub fn mounted(script: &str, path: &Path) -> Option<Self> {
        let script = format!("{script} && echo ready && exec sleep 3600");
        let mut child = Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount", "sh", "-c", &script])
            .arg(path)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut()?).read_line(&mut line).ok()?;
        let apart = Self(child);
        if line != "ready\n" {
            eprintln!("this system lets nobody mount: not tried");
            return None;
        }
        Some(apart)
    }

    /// What runs a program in it: the beginning of its command.
    pub fn runner(&self) -> Vec<String> {
        let target = self.0.id().to_string();
        let words = ["nsenter", "--preserve-credentials", "--user", "--mount", "--target"];
        words.into_iter().map(str::to_owned).chain([target]).collect()
    }

    /// A path in it, seen from outside.
    pub fn path(&self, path: &Path) -> PathBuf {
        let root = PathBuf::from(format!("/proc/{}/root", self.0.id()));
        root.join(path.strip_prefix("/").unwrap_or(path))
    }
}

impl Drop for Apart {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
