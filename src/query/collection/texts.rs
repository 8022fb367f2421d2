//! Features as the text they were last written as, so that a page that is asked for again is copied,
//! not composed: printing the coordinates is most of the work of a page.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One text to each row, kept when it is first written, as long as there is room.
pub struct Texts {
    kept: Box<[OnceLock<Box<[u8]>>]>,
    room: AtomicUsize,
}

impl Texts {
    /// Texts of so many rows, taking at most `room` bytes together.
    #[must_use]
    pub fn new(rows: usize, room: usize) -> Self {
        let kept = std::iter::repeat_with(OnceLock::new).take(rows).collect();
        Self { kept, room: AtomicUsize::new(room) }
    }

    /// Appends the text of a row; `compose` appends it where none is kept.
    pub fn write(&self, row: usize, out: &mut Vec<u8>, compose: impl FnOnce(&mut Vec<u8>)) {
        if let Some(text) = self.kept[row].get() {
            out.extend_from_slice(text);
            return;
        }
        let start = out.len();
        compose(out);
        let text = &out[start..];
        let take = |room: usize| room.checked_sub(text.len());
        let taken = self.room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok();
        // Two readers may have composed the same row at once; the second keeps nothing.
        if taken && self.kept[row].set(text.into()).is_err() {
            self.room.fetch_add(text.len(), Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn a_text_is_composed_once_and_what_finds_no_room_is_composed_again() {
        let texts = Texts::new(2, 5);
        let mut composed = 0;
        let mut out = Vec::new();
        for row in [0, 0, 1, 1] {
            texts.write(row, &mut out, |out| {
                composed += 1;
                out.extend_from_slice(b"four");
            });
        }
        assert_eq!((out.as_slice(), composed), (&b"fourfourfourfour"[..], 3));
    }
}
