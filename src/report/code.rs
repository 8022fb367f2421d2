//! The square code of a link, for a telephone's camera.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use crate::report::ReportError;

/// Characters of a link: a longer one gives a code that no camera reads off paper.
pub const LONGEST: usize = 500;

/// Draws the code of an address as SVG, with the margin that readers need around it.
///
/// # Errors
/// When it is no address of a page, or too long.
pub fn code(link: &str) -> Result<String, ReportError> {
    let host = ["https://", "http://"].iter().find_map(|scheme| link.strip_prefix(scheme));
    let sound = host.is_some_and(|host| !host.is_empty() && !host.starts_with(['/', '?', '#']));
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"');
    if !sound || link.chars().count() > LONGEST || link.contains(odd) {
        return Err(ReportError::Link);
    }
    let code =
        QrCode::with_error_correction_level(link, EcLevel::M).map_err(|_| ReportError::Link)?;
    Ok(code
        .render::<svg::Color<'_>>()
        .min_dimensions(240, 240)
        .dark_color(svg::Color("#000000"))
        .light_color(svg::Color("#ffffff"))
        .build())
}
