//! FlatGeobuf: the whole layer of a file. Its index is skipped: everything is read.

pub use crate::format::flatgeobuf::MAGIC;
use crate::format::flatgeobuf::{Header, sized};
use crate::import::draft::{self, Draft, Form, Table};
use crate::import::remark::{At, Matter, Remark};
use crate::import::{Refusal, check_count};

const FORMAT: &str = "FlatGeobuf";

/// Reads a whole file.
pub fn read(bytes: &[u8]) -> Result<Table, Refusal> {
    let broken = || Refusal::malformed(FORMAT, "文件不完整 (breaks off)");
    let header = Header::read(bytes).ok_or_else(broken)?;
    let first = usize::try_from(header.first).ok();
    let mut rest = first.and_then(|first| bytes.get(first..)).ok_or_else(broken)?;
    let mut drafts = Vec::new();
    let mut dropped = vec![false; header.columns.len()];
    while !rest.is_empty() {
        check_count(drafts.len() + 1)?;
        let (feature, behind) = sized(rest).ok_or_else(broken)?;
        rest = behind;
        let feature = header.feature(feature, &mut dropped).ok_or_else(broken)?;
        let form = match feature.shape {
            None => Form::Nothing,
            Some(shape) => {
                shape.map_or_else(|_| Form::Broken("FlatGeobuf geometry".into()), Form::Shape)
            }
        };
        let at = At::Feature(drafts.len() as u64 + 1);
        let (properties, height) = (feature.properties, feature.height);
        drafts.push(Draft { at, id: None, properties, form, height });
    }
    draft::single(&mut drafts);
    let mut table = Table::new(header.system, drafts);
    table.name = header.name;
    for ((column, _), _) in header.columns.iter().zip(dropped).filter(|(_, dropped)| *dropped) {
        table.remarks.push(Remark::file(Matter::ValuesDropped { field: column.clone() }));
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::{MAGIC, read};

    #[test]
    fn files_that_lie_about_their_offsets_are_refused() {
        for tail in [
            vec![],
            vec![255; 4],
            vec![0; 64],
            vec![255; 64],
            [&[8, 0, 0, 0][..], &[255; 60]].concat(),
        ] {
            let bytes = [MAGIC, &[1], &tail].concat();
            assert!(read(&bytes).is_err() || tail.iter().all(|byte| *byte == 0), "{tail:?}");
        }
    }
}
