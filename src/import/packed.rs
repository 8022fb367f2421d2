//! Archives: a zipped Shapefile, a KMZ, or the zip of an export with the file of any format in it.
//!
//! A workbook is an archive too. What lies in an archive is told by content as anywhere else, but an
//! archive in it can be nothing but a workbook or a KMZ: nothing is unpacked twice.

use std::env::temp_dir;
use std::fs;

use crate::import::archive::Archive;
use crate::import::draft::{Declared, Table};
use crate::import::member::{self, ends};
use crate::import::source::{Opened, SQLITE, ZIP, of_content};
use crate::import::{Refusal, Wishes, derived, geopackage, kml, shapefile, text, xlsx};
use crate::whole::Making;

/// Opens an archive as `layer`.
pub fn open(bytes: &[u8], wishes: &Wishes, layer: &str) -> Result<Opened, Refusal> {
    let mut archive = Archive::open(bytes)?;
    if let Some(opened) = workbook(&mut archive, bytes, wishes)? {
        return Ok(opened);
    }
    let members = member::choose(&mut archive, wishes, layer)?;
    let crs = member::crs_told(&mut archive);
    let mut opened = chosen(&mut archive, &members, wishes)?;
    if crs.is_some() && opened.format == "Shapefile" {
        opened.tables.iter_mut().for_each(derived::take_id);
    }
    for table in opened.tables.iter_mut().filter(|table| table.crs == Declared::Silent) {
        table.crs = crs.map_or(Declared::Silent, Declared::Known);
    }
    Ok(opened)
}

fn chosen(
    archive: &mut Archive<'_>,
    members: &[String],
    wishes: &Wishes,
) -> Result<Opened, Refusal> {
    if members.iter().any(|name| ends(name, &["shp"])) {
        let tables = shapefile::packed(archive, members, wishes)?;
        return Ok(Opened { format: "Shapefile", tables });
    }
    if members.iter().any(|name| ends(name, &["kml"])) {
        return documents(archive, members, wishes);
    }
    let mut found: Option<Opened> = None;
    for name in members {
        let opened = content(name, archive.read(name)?, wishes)?;
        match &mut found {
            None => found = Some(opened),
            Some(found) => found.tables.extend(opened.tables),
        }
    }
    found.ok_or(Refusal::NoFeatures)
}

fn workbook(
    archive: &mut Archive<'_>,
    bytes: &[u8],
    wishes: &Wishes,
) -> Result<Option<Opened>, Refusal> {
    if !archive.names().iter().any(|name| name.to_lowercase().ends_with("xl/workbook.xml")) {
        return Ok(None);
    }
    archive.check_sizes()?;
    Ok(Some(Opened { format: "XLSX", tables: xlsx::read(bytes, wishes)? }))
}

/// Some software keeps each layer in a document of its own, beside one that links them.
fn documents(
    archive: &mut Archive<'_>,
    names: &[String],
    wishes: &Wishes,
) -> Result<Opened, Refusal> {
    let mut tables: Vec<Table> = Vec::new();
    for name in names {
        let mut table = kml::read(&text::decode(&archive.read(name)?, wishes.encoding)?)?;
        if table.drafts.is_empty() && names.len() > 1 {
            continue;
        }
        table.name = Some(name.clone()).filter(|_| names.len() > 1);
        tables.push(table);
    }
    Ok(Opened { format: "KMZ", tables })
}

/// A file of an archive, unpacked.
fn content(name: &str, bytes: Vec<u8>, wishes: &Wishes) -> Result<Opened, Refusal> {
    if bytes.starts_with(SQLITE) {
        // SQLite reads files, so this one becomes one, under a name of ours.
        let made = Making::within(&temp_dir()).map_err(|error| Refusal::io(&error))?;
        let file = made.path().join("archived.gpkg");
        fs::write(&file, bytes).map_err(|error| Refusal::io(&error))?;
        let tables = geopackage::read(&file, wishes)?;
        return Ok(Opened { format: "GeoPackage", tables });
    }
    if bytes.starts_with(ZIP) {
        let mut archive = Archive::open(&bytes)?;
        if let Some(opened) = workbook(&mut archive, &bytes, wishes)? {
            return Ok(opened);
        }
        let kml = |name: &&String| ends(name, &["kml"]);
        let names: Vec<String> = archive.names().iter().filter(kml).cloned().collect();
        if names.is_empty() {
            let found = "压缩包里的压缩包，请先解开外面的一层 (an archive in an archive: unpack the outer one)";
            return Err(Refusal::NotALayer { found });
        }
        return documents(&mut archive, &names, wishes);
    }
    of_content(name, &bytes, wishes)
}
