//! Files and folders that are there whole or not at all, whatever ends the program while it writes them.
//!
//! ```text
//! .plan-atlas-…part (locked) ─ written, synced ─ renamed ─► target          one file
//! .plan-atlas-…part (locked) + .plan-atlas-…part.d/ ─ renamed ─► target/    a folder
//! ```
//!
//! What is being written has a name of its own beside its target and is locked as long as its writer lives. What a
//! killed program leaves behind is locked by nobody, and whoever next writes there takes it away. Where a file system
//! knows no locks (some network shares) such remains stay, and no change of several files is begun.

mod change;

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use same_file::Handle;

pub use change::{Change, Turn, settle};

/// What the names of everything begin with that is not there to stay.
pub const PREFIX: &str = ".plan-atlas-";

/// The end of the name of a file that is being written, or that stands for a folder that is.
const PART: &str = ".part";

/// What follows it in the name of that folder.
const FOLDER: &str = ".d";

/// Writes a file, in one step for whoever looks at its target.
///
/// # Errors
/// When it cannot be written; its target is then as it was.
pub fn write(target: &Path, bytes: &[u8]) -> io::Result<()> {
    put(target, |file| file.write_all(bytes))
}

/// The same by somebody who writes piece by piece.
///
/// # Errors
/// As [`write()`].
pub fn put(target: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let mut part = Part::within(folder_of(target), 0o666)?;
    if let Ok(old) = fs::metadata(target) {
        // Whoever could read and write it still can; where that cannot be set, it is as any new file.
        let _ = part.file.set_permissions(old.permissions());
    }
    write(&mut part.file)?;
    part.file.sync_all()?;
    fs::rename(&part.path, target)?;
    sync_folder(folder_of(target));
    Ok(())
}

/// Writes a secret: a file that only its owner may read, and that takes nobody's place.
///
/// # Errors
/// When it cannot be written; of the kind [`io::ErrorKind::AlreadyExists`] when something is there.
pub fn write_secret(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut part = Part::within(folder_of(target), 0o600)?;
    part.file.write_all(bytes)?;
    part.file.sync_all()?;
    // A second name for it, which takes no other's place as renaming would. Sticks (FAT) know no second names.
    match fs::hard_link(&part.path, target) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !target.exists() => {
            fs::rename(&part.path, target)?;
        }
        linked => linked?,
    }
    sync_folder(folder_of(target));
    Ok(())
}

/// Puts a file that was written elsewhere on the same disk in its place.
///
/// # Errors
/// When that is not possible; its target is then as it was.
pub fn place(file: &Path, target: &Path) -> io::Result<()> {
    OpenOptions::new().append(true).open(file)?.sync_all()?;
    fs::rename(file, target)?;
    sync_folder(folder_of(target));
    Ok(())
}

/// A folder that is being written; gone again unless it is [kept](Making::keep).
pub struct Making {
    path: PathBuf,
    _part: Part,
}

impl Making {
    /// Begins a folder beside its target, on the same disk.
    ///
    /// # Errors
    /// When there can be none.
    pub fn beside(target: &Path) -> io::Result<Self> {
        Self::within(folder_of(target))
    }

    /// Begins a folder within another.
    ///
    /// # Errors
    /// When there can be none.
    pub fn within(folder: &Path) -> io::Result<Self> {
        // The locked file is there before the folder, and as long: a folder without one is nobody's.
        let part = Part::within(folder, 0o666)?;
        let path = folder_for(&part.path);
        let mut builder = DirBuilder::new();
        // What is not finished is its owner's alone.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path)?;
        Ok(Self { path, _part: part })
    }

    /// Where it is written.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts it in its place, where nothing or an empty folder is; to be handed on, and read by everybody.
    ///
    /// # Errors
    /// When something else is there, or the disk takes no more.
    pub fn keep(self, target: &Path) -> io::Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&self.path, fs::Permissions::from_mode(0o755))?;
        }
        self.place(target)
    }

    /// The same, and still its owner's alone.
    fn place(self, target: &Path) -> io::Result<()> {
        sync_all(&self.path)?;
        // Windows replaces no folder, not even an empty one.
        match fs::remove_dir(target) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        fs::rename(&self.path, target)?;
        sync_folder(folder_of(target));
        Ok(())
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        // Nothing is left, or nothing can be done about it.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A file that is being written.
struct Part {
    file: File,
    path: PathBuf,
}

impl Part {
    /// Makes one, which the users of a Unix system may read and write as `mode` says.
    fn within(folder: &Path, mode: u32) -> io::Result<Self> {
        sweep(folder);
        loop {
            let path = folder.join(format!("{}{PART}", unused_name()));
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
            #[cfg(not(unix))]
            let _ = mode;
            let file = options.open(&path)?;
            // Where nothing can be locked, nobody sweeps either.
            let _ = file.lock();
            // Whoever swept between its making and its locking took it for nobody's.
            if path.exists() {
                return Ok(Self { file, path });
            }
        }
    }
}

/// A name that nobody has, and nobody had. Numbers of processes would not do: two containers that share a folder have
/// the same ones, and each would remove what the other writes.
fn unused_name() -> String {
    format!("{PREFIX}{:016x}", RandomState::new().hash_one(std::time::SystemTime::now()))
}

impl Drop for Part {
    fn drop(&mut self) {
        // Renamed by now, or of no use to anybody.
        let _ = fs::remove_file(&self.path);
    }
}

/// Takes away what programs left in a folder that were killed while they wrote there.
pub fn sweep(folder: &Path) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if !name.starts_with(PREFIX) {
            continue;
        }
        if name.ends_with(PART) {
            sweep_part(&path);
        } else if let Some(part) = name.strip_suffix(FOLDER)
            && part.ends_with(PART)
            && !path.with_file_name(part).exists()
        {
            let _ = fs::remove_dir_all(&path);
        }
    }
}

/// Removes a file, and the folder that it stands for, unless somebody still writes it.
fn sweep_part(path: &Path) {
    // In a temporary folder anybody may put a pipe of that name, and opening one waits for ever.
    if !fs::symlink_metadata(path).is_ok_and(|found| found.is_file()) {
        return;
    }
    let Ok(file) = File::open(path) else { return };
    // Whoever holds what is at that path is the only one who may take it away.
    if file.try_lock().is_ok() && is_at(&file, path) {
        let _ = fs::remove_dir_all(folder_for(path));
        let _ = fs::remove_file(path);
    }
}

/// Whether an open file is the one that is at a path now.
fn is_at(file: &File, path: &Path) -> bool {
    let own = file.try_clone().and_then(Handle::from_file);
    own.is_ok_and(|own| Handle::from_path(path).is_ok_and(|there| there == own))
}

/// The folder that a file stands for.
fn folder_for(part: &Path) -> PathBuf {
    let mut name = part.file_name().unwrap_or_default().to_owned();
    name.push(FOLDER);
    part.with_file_name(name)
}

fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Sees to it that everything in a folder is on the disk.
fn sync_all(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sync_all(&path)?;
        } else {
            // Windows lets only those who may write say so.
            OpenOptions::new().append(true).open(&path)?.sync_all()?;
        }
    }
    sync_folder(folder);
    Ok(())
}

/// Sees to it that names are on the disk as well, where the system can.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}
