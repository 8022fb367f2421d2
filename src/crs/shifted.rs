//! GCJ-02 and BD-09: the shifted degrees of Chinese web maps, forward and back.
//!
//! GCJ-02 (高德, 腾讯) is WGS 84 with an offset of some hundred metres that grows and shrinks with
//! the place; BD-09 (百度) is shifted once more. Neither is published; the formulas are those that
//! everybody uses (the npm package `gcoord` among others) and agree with the services to a metre.
//! The way back has no formula and is found by iteration.

use std::f64::consts::PI;

/// Semi-major axis of the Krasovsky ellipsoid, metres, and its squared eccentricity, as the formula
/// has them.
const AXIS: f64 = 6_378_245.0;
const ECCENTRICITY: f64 = 0.006_693_421_622_965_823;

/// Beyond this box nothing is shifted.
fn is_shifted(lon: f64, lat: f64) -> bool {
    (72.004..=137.8347).contains(&lon) && (0.8293..=55.8271).contains(&lat)
}

/// Longitude, latitude on WGS 84 to GCJ-02, degrees.
#[must_use]
pub fn to_gcj02(lon: f64, lat: f64) -> (f64, f64) {
    if !is_shifted(lon, lat) {
        return (lon, lat);
    }
    let (x, y) = (lon - 105.0, lat - 35.0);
    let wave = |amplitude: f64, angle: f64| amplitude * (angle * PI).sin();
    let ripples = (wave(20.0, 6.0 * x) + wave(20.0, 2.0 * x)) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + ripples
        + (wave(20.0, x) + wave(40.0, x / 3.0)) * 2.0 / 3.0
        + (wave(150.0, x / 12.0) + wave(300.0, x / 30.0)) * 2.0 / 3.0;
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + ripples
        + (wave(20.0, y) + wave(40.0, y / 3.0)) * 2.0 / 3.0
        + (wave(160.0, y / 12.0) + wave(320.0, y / 30.0)) * 2.0 / 3.0;
    let (sine, cosine) = lat.to_radians().sin_cos();
    let magic = 1.0 - ECCENTRICITY * sine * sine;
    let meridian = AXIS * (1.0 - ECCENTRICITY) / (magic * magic.sqrt());
    let parallel = AXIS / magic.sqrt() * cosine;
    (lon + (east / parallel).to_degrees(), lat + (north / meridian).to_degrees())
}

/// GCJ-02 to longitude, latitude on WGS 84, degrees.
#[must_use]
pub fn from_gcj02(lon: f64, lat: f64) -> (f64, f64) {
    // At the edge of the box, what is shifted out of it cannot be told from what never was in it.
    if !is_shifted(lon, lat) {
        return (lon, lat);
    }
    invert(to_gcj02, lon, lat)
}

/// How far Baidu turns and stretches, around the origin of degrees.
const TURN: f64 = PI * 3000.0 / 180.0;

fn gcj02_to_bd09(lon: f64, lat: f64) -> (f64, f64) {
    let distance = lon.hypot(lat) + 0.000_02 * (lat * TURN).sin();
    let angle = lat.atan2(lon) + 0.000_003 * (lon * TURN).cos();
    (distance * angle.cos() + 0.0065, distance * angle.sin() + 0.006)
}

/// Longitude, latitude on WGS 84 to BD-09, degrees.
#[must_use]
pub fn to_bd09(lon: f64, lat: f64) -> (f64, f64) {
    let (lon, lat) = to_gcj02(lon, lat);
    gcj02_to_bd09(lon, lat)
}

/// BD-09 to longitude, latitude on WGS 84, degrees.
///
/// Baidu's own way back misses by half a metre; this one inverts the way there.
#[must_use]
pub fn from_bd09(lon: f64, lat: f64) -> (f64, f64) {
    let (lon, lat) = invert(gcj02_to_bd09, lon, lat);
    from_gcj02(lon, lat)
}

/// The position that `forward` takes to `(lon, lat)`: the offset changes so slowly that each round
/// gains two or three digits.
fn invert(forward: impl Fn(f64, f64) -> (f64, f64), lon: f64, lat: f64) -> (f64, f64) {
    let (mut x, mut y) = (lon, lat);
    for _ in 0..30 {
        let (east, north) = forward(x, y);
        let (dx, dy) = (east - lon, north - lat);
        x -= dx;
        y -= dy;
        if dx.abs().max(dy.abs()) < 1e-11 {
            break;
        }
    }
    (x, y)
}

#[cfg(test)]
mod tests {
    use super::{from_bd09, from_gcj02, to_bd09, to_gcj02};

    /// WGS 84, and what gcoord 1.0.7 (npm) makes of it in GCJ-02 and BD-09.
    const GCOORD: [[(f64, f64); 3]; 7] = [
        [
            (108.69, 30.93),
            (108.694_372_011_408, 30.927_566_620_17),
            (108.700_831_876_256, 30.933_635_187_077),
        ],
        [
            (109.4637, 31.0185),
            (109.468_696_566_177, 31.016_293_284_995),
            (109.475_193_931_985, 31.022_316_732_065),
        ],
        [
            (105.0, 28.0),
            (105.002_907_581_906, 27.996_570_391_952),
            (105.009_342_755_709, 28.002_886_607_756),
        ],
        [
            (112.0, 33.0),
            (112.005_995_169_713, 32.998_080_789_763),
            (112.012_566_795_112, 33.003_830_569_518),
        ],
        [
            (116.3975, 39.9087),
            (116.403_743_572_652, 39.910_103_499_345),
            (116.410_116_586_473, 39.916_442_749_631),
        ],
        [
            (87.6168, 43.8256),
            (87.619_649_949_469, 43.826_805_393_111),
            (87.626_099_770_816, 43.832_949_794_793),
        ],
        [
            (110.3312, 20.0319),
            (110.335_570_885_457, 20.029_853_001_181),
            (110.342_119_395_859, 20.035_529_045_649),
        ],
    ];

    fn near(a: (f64, f64), b: (f64, f64), degrees: f64) -> bool {
        (a.0 - b.0).abs() < degrees && (a.1 - b.1).abs() < degrees
    }

    #[test]
    fn the_shift_is_the_one_of_gcoord() {
        for [plain, gcj02, bd09] in GCOORD {
            assert!(near(to_gcj02(plain.0, plain.1), gcj02, 1e-9), "{plain:?}");
            assert!(near(to_bd09(plain.0, plain.1), bd09, 1e-9), "{plain:?}");
        }
    }

    #[test]
    fn the_way_back_ends_where_the_way_there_began() {
        for step in 0..=2500 {
            let (lon, lat) = (75.0 + f64::from(step % 50), 10.0 + 0.8 * f64::from(step / 50));
            let gcj02 = to_gcj02(lon, lat);
            let bd09 = to_bd09(lon, lat);
            assert!(near(from_gcj02(gcj02.0, gcj02.1), (lon, lat), 1e-9), "{lon} {lat}");
            assert!(near(from_bd09(bd09.0, bd09.1), (lon, lat), 1e-9), "{lon} {lat}");
        }
    }

    #[test]
    fn outside_china_gcj02_is_wgs_84() {
        assert_eq!(to_gcj02(2.35, 48.85), (2.35, 48.85));
        assert_eq!(from_gcj02(2.35, 48.85), (2.35, 48.85));
    }
}
