//! FlatGeobuf files: features one behind the other, each behind its size.

use std::io;

use crate::format::flatgeobuf::Header;
use crate::load::fault::Fault;
use crate::load::large::part::{FoundId, Part};
use crate::load::large::stretch::STEP;
use crate::load::large::turns::in_turn;
use crate::load::large::{found, projector};
use crate::load::progress::Progress;
use crate::store::{Flat, ReadFile};

/// Bytes that a header may have.
const HEADER: u64 = 64 * 1024 * 1024;

/// Reads the header of a file.
pub fn header(source: &ReadFile) -> io::Result<Result<Flat, Fault>> {
    let malformed = |reason: &str| Fault::Malformed { format: FORMAT, reason: reason.to_owned() };
    let mut bytes = Vec::new();
    source.read(0, 12, &mut bytes)?;
    let Some(size) = Header::size(&bytes).filter(|size| *size <= HEADER) else {
        return Ok(Err(malformed("文件头不对 (no such header)")));
    };
    bytes.clear();
    source.read(0, usize::try_from(8 + size).unwrap_or(0), &mut bytes)?;
    let Some(header) = Header::read(&bytes) else { return Ok(Err(malformed(BREAKS_OFF))) };
    Ok(projector(&header.system).map(|projector| Flat { header, projector }))
}

const FORMAT: &str = "FlatGeobuf";
const BREAKS_OFF: &str = "文件不完整 (breaks off)";

/// Features that are read at one go.
const RUN: u64 = 16_384;

/// Reads every feature, on all processors where the index of the file says where to begin; with the checksums of
/// the bytes.
pub fn read(
    source: &ReadFile,
    flat: &Flat,
    progress: &Progress,
) -> io::Result<(Vec<Part>, Vec<u32>)> {
    let mut ends = runs(source, flat)?;
    ends.push(source.identity().size);
    let runs: Vec<(u64, u64)> = ends.windows(2).map(|run| (run[0], run[1])).collect();
    let read = in_turn(runs.len(), |number| run(source, flat, runs[number], progress))?;
    let whole = |((part, _), (_, end)): (&(Part, Vec<u32>), &(u64, u64))| part.end == *end;
    if runs.len() == 1 || read.iter().zip(&runs).all(whole) {
        let (parts, checksums): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        return Ok((parts, checksums.concat()));
    }
    // The index is wrong, or a feature is: one behind the other, so that it is known which.
    let all = (flat.header.first, source.identity().size);
    let (part, checksums) = run(source, flat, all, progress)?;
    Ok((vec![part], checksums))
}

/// Where runs of features begin.
fn runs(source: &ReadFile, flat: &Flat) -> io::Result<Vec<u64>> {
    let first = flat.header.first;
    let mut starts = vec![first];
    let mut offset = Vec::new();
    let count = flat.header.indexed();
    let mut number = RUN;
    while number < count {
        offset.clear();
        source.read(flat.header.offset_of(number), 8, &mut offset)?;
        let offset = offset.first_chunk().map(|offset| u64::from_le_bytes(*offset));
        let start = offset.and_then(|offset| first.checked_add(offset));
        let sound = |start: &u64| {
            starts.last().is_some_and(|last| last < start) && *start < source.identity().size
        };
        match start.filter(sound) {
            Some(start) => starts.push(start),
            None => return Ok(vec![first]),
        }
        number += RUN;
    }
    Ok(starts)
}

/// Reads the features between two positions.
fn run(
    source: &ReadFile,
    flat: &Flat,
    (first, size): (u64, u64),
    progress: &Progress,
) -> io::Result<(Part, Vec<u32>)> {
    let mut part = Part::default();
    let mut checksums = Vec::new();
    let mut dropped = vec![false; flat.header.columns.len()];
    let (mut start, mut bytes, mut at) = (first, Vec::new(), first);
    loop {
        part.end = at;
        if at >= size {
            part.ended = true;
            // Files may end behind their index.
            return Ok((part, checksums));
        }
        let behind = start + bytes.len() as u64;
        let here = |position: u64| usize::try_from(position - start).unwrap_or(usize::MAX);
        let window: &[u8] = if at < behind { &bytes[here(at)..] } else { &[] };
        let whole =
            window.first_chunk::<4>().map(|length| 4 + u64::from(u32::from_le_bytes(*length)));
        let complete = whole.and_then(|length| window.get(4..usize::try_from(length).ok()?));
        if let Some(feature) = complete {
            let Some(feature) = flat.header.feature(feature, &mut dropped) else {
                part.broken =
                    Some(Fault::Malformed { format: FORMAT, reason: BREAKS_OFF.to_owned() });
                return Ok((part, checksums));
            };
            part.begin.get_or_insert(at);
            let broken = |_| Fault::InvalidGeometry { reason: FORMAT.to_owned() };
            let shape = feature.shape.map(|shape| shape.map_err(broken));
            let found = found(shape, &flat.projector, &feature.properties);
            part.found(at, FoundId::Absent, found);
            at += whole.unwrap_or_default();
            continue;
        }
        if behind >= size && behind > start {
            part.broken = Some(Fault::Malformed { format: FORMAT, reason: BREAKS_OFF.to_owned() });
            return Ok((part, checksums));
        }
        // What was passed is forgotten; what is read is counted in once.
        let keep = if at < behind { here(at) } else { bytes.len() };
        bytes.drain(..keep);
        start += keep as u64;
        let more = usize::try_from(whole.unwrap_or_default()).unwrap_or(usize::MAX).max(STEP);
        let from = bytes.len();
        let left = usize::try_from(size - (start + from as u64)).unwrap_or(usize::MAX);
        source.read(start + from as u64, more.min(left), &mut bytes)?;
        if bytes.len() == from {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        checksums.push(crc32fast::hash(&bytes[from..]));
        progress.advance((bytes.len() - from) as u64);
    }
}
