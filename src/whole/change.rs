//! A change of several files that is made whole or not at all.
//!
//! ```text
//! .plan-atlas-import.part (locked) ─ the old contents ─► .plan-atlas-undo/ ─ files replaced, one by one ─ .plan-atlas-undo/ removed
//! ```
//!
//! As long as `.plan-atlas-undo` is there, the change has not been made: whoever finds it after its writer has gone puts
//! the old contents back ([`settle`]). That takes no room, for they are only moved: it is done on a full disk, too.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{FOLDER, Making, PART, folder_of, is_at, sweep, sync_folder, unused_name, write};

/// Ends as everything does that is swept away where nobody holds it.
const LOCK: &str = ".plan-atlas-import.part";
const UNDO: &str = ".plan-atlas-undo";
const LIST: &str = "list.json";

/// A file that is to be changed.
pub struct Change {
    /// Where it is, within the folder.
    pub file: PathBuf,
    /// What it holds; `None` where it is not there.
    pub old: Option<Vec<u8>>,
    /// What it is to hold.
    pub new: Vec<u8>,
}

/// What `list.json` says of a file; the old content of the first is in a file called `0`.
#[derive(Serialize, Deserialize)]
struct Remembered {
    file: String,
    was_there: bool,
    /// CRC-32 of its new content.
    new: u32,
}

/// The turn of whoever changes a folder; others wait.
pub struct Turn<'f> {
    folder: &'f Path,
    lock: PathBuf,
    _held: File,
}

impl<'f> Turn<'f> {
    /// Waits until nobody changes the folder, and puts right what somebody left halfway.
    ///
    /// # Errors
    /// When nothing can be locked, or put right, in it.
    pub fn take(folder: &'f Path) -> io::Result<Self> {
        let lock = folder.join(LOCK);
        let turn = loop {
            let held = held(&lock).map_err(|error| named(&lock, &error))?;
            if let Some(held) = held {
                break Self { folder, lock, _held: held };
            }
        };
        if folder.join(UNDO).exists() {
            undo(folder)?;
        }
        Ok(turn)
    }

    /// Makes a change, when `is_sound` says so of the folder that holds it; otherwise all is as before.
    ///
    /// # Errors
    /// When a file is no longer what it was, or cannot be written: then all is as before, too, or will be when the
    /// folder is next looked at.
    pub fn make(&self, changes: &[Change], is_sound: impl FnOnce() -> bool) -> io::Result<bool> {
        for change in changes {
            let path = self.folder.join(&change.file);
            if read(&path).map_err(|error| named(&path, &error))? != change.old {
                return Err(named(&path, &io::ErrorKind::ResourceBusy.into()));
            }
        }
        self.remember(changes)?;
        let written = changes.iter().try_for_each(|change| {
            let path = self.folder.join(&change.file);
            write(&path, &change.new).map_err(|error| named(&path, &error))
        });
        if written.is_ok() && is_sound() {
            forget(self.folder)?;
            return Ok(true);
        }
        undo(self.folder)?;
        written.map(|()| false)
    }

    fn remember(&self, changes: &[Change]) -> io::Result<()> {
        let target = self.folder.join(UNDO);
        let all = || -> io::Result<()> {
            let made = Making::within(self.folder)?;
            let mut list = Vec::new();
            for (number, change) in changes.iter().enumerate() {
                if let Some(old) = &change.old {
                    fs::write(made.path().join(number.to_string()), old)?;
                }
                let file = change.file.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
                let file = file.replace('\\', "/");
                let new = crc32fast::hash(&change.new);
                list.push(Remembered { file, was_there: change.old.is_some(), new });
            }
            fs::write(made.path().join(LIST), serde_json::to_vec(&list)?)?;
            made.place(&target)
        };
        all().map_err(|error| named(&target, &error))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        // Still locked: whoever waits for it sees that it is gone, and makes another.
        let _ = fs::remove_file(&self.lock);
    }
}

/// The lock, as soon as nobody else has it; `None` where it was removed while it was waited for.
fn held(lock: &Path) -> io::Result<Option<File>> {
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(lock)?;
    file.lock()?;
    Ok(is_at(&file, lock).then_some(file))
}

/// Puts right what a program left halfway that was killed while it changed this folder. Waits for one that is at it.
/// Whether there was anything.
///
/// # Errors
/// When that is not possible: the folder cannot be written.
pub fn settle(folder: &Path) -> io::Result<bool> {
    let is_halfway = folder.join(UNDO).exists();
    if is_halfway {
        // Taking a turn does it.
        Turn::take(folder)?;
    }
    Ok(is_halfway)
}

/// Puts the old contents back where the new ones are. What somebody saved since then is theirs, and stays. Whoever is
/// interrupted at it has done a part, and the next goes on.
fn undo(folder: &Path) -> io::Result<()> {
    let kept = folder.join(UNDO);
    let list = fs::read(kept.join(LIST)).map_err(|error| named(&kept, &error))?;
    let list: Vec<Remembered> =
        serde_json::from_slice(&list).map_err(|error| named(&kept, &error.into()))?;
    for (number, one) in list.iter().enumerate() {
        let path = within(folder, &one.file);
        let path = path.ok_or_else(|| named(&kept, &io::ErrorKind::InvalidData.into()))?;
        put_back(&kept.join(number.to_string()), one, &path)
            .map_err(|error| named(&path, &error))?;
    }
    forget(folder)
}

fn put_back(
    old: &Path,
    Remembered { was_there, new, .. }: &Remembered,
    path: &Path,
) -> io::Result<()> {
    sweep(folder_of(path));
    if read(path)?.is_none_or(|now| crc32fast::hash(&now) != *new) {
        return Ok(());
    }
    if *was_there {
        // The new file has taken over what its users may do.
        let _ = fs::metadata(path).and_then(|now| fs::set_permissions(old, now.permissions()));
        fs::rename(old, path)?;
    } else {
        fs::remove_file(path)?;
    }
    sync_folder(folder_of(path));
    Ok(())
}

/// Removes what was remembered, in one step: a half of it would be taken for the whole. Under its new name it is
/// nobody's, should this be interrupted.
fn forget(folder: &Path) -> io::Result<()> {
    let kept = folder.join(UNDO);
    let gone = folder.join(format!("{}{PART}{FOLDER}", unused_name()));
    fs::rename(&kept, &gone).map_err(|error| named(&kept, &error))?;
    sync_folder(folder);
    // The change is made or taken back by now, and whoever comes next takes away what is left here.
    let _ = fs::remove_dir_all(gone);
    Ok(())
}

/// A file in a folder, unless its name leads out of it: folders come from others.
fn within(folder: &Path, file: &str) -> Option<PathBuf> {
    let file = Path::new(file);
    let is_plain = file.components().all(|part| matches!(part, Component::Normal(_)));
    let path = folder.join(file);
    let (root, parent) = (folder.canonicalize().ok()?, path.parent()?.canonicalize().ok()?);
    (is_plain && parent.starts_with(root)).then_some(path)
}

fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The same error, with the path it is about.
fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("plan")).unwrap();
        fs::write(folder.path().join("plan/one"), "old one").unwrap();
        folder
    }

    fn changes() -> [Change; 2] {
        let old = Some(b"old one".to_vec());
        [
            Change { file: "plan/one".into(), old, new: b"new one".to_vec() },
            Change { file: "two".into(), old: None, new: b"new two".to_vec() },
        ]
    }

    fn contents(folder: &Path) -> [Option<Vec<u8>>; 2] {
        ["plan/one", "two"].map(|file| read(&folder.join(file)).unwrap())
    }

    fn hidden(folder: &Path) -> usize {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_str().unwrap().starts_with('.')).count()
    }

    #[test]
    fn a_change_is_made_whole_or_not_at_all_wherever_its_program_ends() {
        let old = [Some(b"old one".to_vec()), None];
        let new = [Some(b"new one".to_vec()), Some(b"new two".to_vec())];
        let folder = folder();
        let path = folder.path();
        // It ends when both files are written and nobody has looked yet whether they are sound.
        let ended = catch_unwind(AssertUnwindSafe(|| {
            Turn::take(path).unwrap().make(&changes(), || {
                assert_eq!(contents(path), new);
                panic!("killed")
            })
        }));
        assert!(ended.is_err());
        assert_eq!(contents(path), new);
        assert!(settle(path).unwrap());
        assert_eq!(contents(path), old);
        // It ends between the two.
        Turn::take(path).unwrap().remember(&changes()).unwrap();
        write(&path.join("plan/one"), b"new one").unwrap();
        assert!(settle(path).unwrap());
        assert_eq!(contents(path), old);
        // It is not sound.
        assert!(!Turn::take(path).unwrap().make(&changes(), || false).unwrap());
        assert_eq!(contents(path), old);
        // It is.
        assert!(Turn::take(path).unwrap().make(&changes(), || true).unwrap());
        assert_eq!(contents(path), new);
        assert!(!settle(path).unwrap());
        assert_eq!(hidden(path), 0);
    }

    #[test]
    fn what_somebody_saved_meanwhile_is_not_overwritten() {
        let folder = folder();
        fs::write(folder.path().join("plan/one"), "theirs").unwrap();
        let made = Turn::take(folder.path()).unwrap().make(&changes(), || true);
        assert!(made.unwrap_err().to_string().contains("one"));
        assert_eq!(contents(folder.path()), [Some(b"theirs".to_vec()), None]);
    }

    #[test]
    fn what_somebody_saved_after_it_was_interrupted_stays() {
        let folder = folder();
        let path = folder.path();
        Turn::take(path).unwrap().remember(&changes()).unwrap();
        fs::write(path.join("plan/one"), "new one").unwrap();
        fs::write(path.join("two"), "theirs").unwrap();
        assert!(settle(path).unwrap());
        assert_eq!(contents(path), [Some(b"old one".to_vec()), Some(b"theirs".to_vec())]);
        assert_eq!(hidden(path), 0);
    }

    #[test]
    fn a_folder_from_others_cannot_have_files_outside_it_written() {
        let (folder, other) = (folder(), tempfile::tempdir().unwrap());
        let undo = folder.path().join(UNDO);
        #[cfg(unix)]
        std::os::unix::fs::symlink(other.path(), folder.path().join("link")).unwrap();
        for file in ["../escaped", "link/escaped", "/tmp/escaped", "plan/../../escaped"] {
            let _ = fs::create_dir(&undo);
            fs::write(undo.join("0"), "theirs").unwrap();
            let list = [Remembered { file: file.into(), was_there: true, new: 0 }];
            fs::write(undo.join(LIST), serde_json::to_vec(&list).unwrap()).unwrap();
            assert!(settle(folder.path()).is_err(), "{file}");
            assert!(!folder.path().parent().unwrap().join("escaped").exists());
            assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
        }
    }
}
