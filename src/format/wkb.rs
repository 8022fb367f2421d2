//! Well-known binary, as a GeoPackage holds shapes: ISO and the older EWKB flags.

use crate::format::bytes::Bytes;
use crate::format::{Position, Shape};

/// Collections nest at most so deep.
const DEPTH: usize = 8;

/// A shape, and whether it has heights or measures. The error says what is wrong with it.
pub fn read(bytes: &[u8]) -> Result<(Shape, bool), String> {
    let mut bytes = Bytes::new(bytes, true);
    let mut height = false;
    let shape = geometry(&mut bytes, &mut height, 0)?;
    Ok((shape, height))
}

fn geometry(bytes: &mut Bytes<'_>, height: &mut bool, depth: usize) -> Result<Shape, String> {
    let short = || "WKB 不完整 (WKB breaks off)".to_owned();
    if depth > DEPTH {
        return Err("WKB 嵌套过深 (WKB nests too deeply)".into());
    }
    bytes.little_endian = bytes.u8().ok_or_else(short)? == 1;
    let code = bytes.u32().ok_or_else(short)?;
    // EWKB sets bits for Z, M and a reference system; ISO adds thousands.
    let (z, m) = (code & 0x8000_0000 != 0, code & 0x4000_0000 != 0);
    if code & 0x2000_0000 != 0 {
        bytes.u32().ok_or_else(short)?;
    }
    let code = code & 0x0FFF_FFFF;
    let (thousands, kind) = (code / 1000, code % 1000);
    let more = (usize::from(z || matches!(thousands, 1 | 3)))
        + usize::from(m || matches!(thousands, 2 | 3));
    *height |= more > 0;
    let size = 8 * (2 + more);
    let position = |bytes: &mut Bytes<'_>| -> Option<Position> {
        let (x, y) = (bytes.f64()?, bytes.f64()?);
        bytes.take(8 * more)?;
        Some((x, y))
    };
    let line = |bytes: &mut Bytes<'_>| -> Option<Vec<Position>> {
        let count = bytes.count(size)?;
        (0..count).map(|_| position(bytes)).collect()
    };
    match kind {
        1 => {
            let (x, y) = position(bytes).ok_or_else(short)?;
            // An empty point is written as NaN.
            let empty = x.is_nan() && y.is_nan();
            Ok(if empty { Shape::Many(Vec::new()) } else { Shape::Point((x, y)) })
        }
        2 => line(bytes).map(Shape::Line).ok_or_else(short),
        3 => {
            let count = bytes.count(4).ok_or_else(short)?;
            let rings: Option<_> = (0..count).map(|_| line(bytes)).collect();
            rings.map(Shape::Polygon).ok_or_else(short)
        }
        4..=7 => {
            let count = bytes.count(5).ok_or_else(short)?;
            let parts: Result<_, _> =
                (0..count).map(|_| geometry(bytes, height, depth + 1)).collect();
            parts.map(Shape::Many)
        }
        _ => Err(format!("WKB 类型 {kind}（曲线等）不支持 (curves and the like)")),
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::format::Shape;

    fn point(code: u32, numbers: &[f64]) -> Vec<u8> {
        let mut bytes = vec![1];
        bytes.extend(code.to_le_bytes());
        bytes.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
        bytes
    }

    #[test]
    fn heights_are_left_out_whichever_way_they_are_flagged() {
        for code in [1001, 0x8000_0001] {
            let found = read(&point(code, &[108.7, 30.9, 250.0]));
            assert_eq!(found, Ok((Shape::Point((108.7, 30.9)), true)));
        }
        assert_eq!(read(&point(1, &[108.7, 30.9])), Ok((Shape::Point((108.7, 30.9)), false)));
    }

    #[test]
    fn counts_that_lie_are_errors_and_reserve_nothing() {
        let mut lying = vec![1];
        lying.extend(2_u32.to_le_bytes());
        lying.extend(u32::MAX.to_le_bytes());
        assert!(read(&lying).is_err());
        let nested: Vec<u8> = [1, 7, 0, 0, 0, 1, 0, 0, 0].repeat(1000);
        assert!(read(&nested).is_err());
        assert!(read(&[]).is_err());
    }
}
