//! Taking columns out of an atlas. What identifies a record, links it or says where it stands in the document
//! cannot be taken out: withhold the record instead.

use crate::model::{Atlas, Value};

type Clear = fn(&mut Atlas);

macro_rules! columns {
    ($($table:literal $rows:ident { $($column:literal: |$row:ident| $clear:block),* $(,)? })*) => {
        /// Columns that can be withheld: table, column, and how it is emptied.
        const COLUMNS: &[(&str, &str, Clear)] = &[$($(
            ($table, $column, |atlas| atlas.$rows.iter_mut().for_each(|$row| $clear)),
        )*)*];
    };
}

columns! {
    "places" places {
        "name_en": |p| { p.withhold_property("name_en"); p.name_en = None },
        "aliases": |p| { p.withhold_property("aliases"); p.aliases.clear() },
        "source": |p| { p.withhold_property("source"); p.source = None },
        "note": |p| {
            p.withhold_property("note");
            p.withhold_property("note_en");
            p.note = None;
            p.note_en = None;
        },
    }
    "roles" roles {
        "industries": |r| { r.industries.clear() },
        "herbs": |r| { r.herbs.clear() },
        "base_type": |r| { r.base_type = None },
        "lines": |r| { r.provenance.lines.clear() },
        "quote": |r| { r.provenance.quote.clear() },
        "note": |r| { r.provenance.note.clear() },
    }
    "projects" projects {
        "name_en": |p| { p.name_en = None },
        "action": |p| { p.action = None },
        "stage": |p| { p.stage = None },
        "deadline": |p| { p.deadline.clear(); p.deadline_year = None },
        "targets": |p| { p.targets.clear() },
        "lead_units": |p| { p.lead_units.clear() },
        "cooperating_units": |p| { p.cooperating_units.clear() },
        "quantity": |p| { p.quantity = Value::default(); p.comparator = None; p.unit.clear() },
        "lines": |p| { p.provenance.lines.clear() },
        "quote": |p| { p.provenance.quote.clear() },
        "note": |p| { p.provenance.note.clear() },
    }
    "targets" targets {
        "name_en": |t| { t.name_en = None },
        "baseline": |t| { t.baseline = Value::default(); t.baseline_year.clear() },
        "target": |t| { t.target = Value::default(); t.target_year.clear(); t.comparator = None },
        "attribute": |t| { t.attribute = None },
        "observations": |t| { t.observations.clear() },
        "lines": |t| { t.provenance.lines.clear() },
        "quote": |t| { t.provenance.quote.clear() },
        "note": |t| { t.provenance.note.clear() },
    }
    "tasks" tasks {
        "title_en": |t| { t.title_en = None },
        "lead_units": |t| { t.lead_units.clear() },
        "cooperating_units": |t| { t.cooperating_units.clear() },
        "lines": |t| { t.provenance.lines.clear() },
        "quote": |t| { t.provenance.quote.clear() },
        "note": |t| { t.provenance.note.clear() },
    }
    "organisations" organisations {
        "name_en": |o| { o.name_en = None },
        "aliases": |o| { o.aliases.clear() },
        "kind": |o| { o.kind = None },
        "role": |o| { o.role.clear() },
        "lines": |o| { o.provenance.lines.clear() },
        "quote": |o| { o.provenance.quote.clear() },
        "note": |o| { o.provenance.note.clear() },
    }
    "discrepancies" discrepancies {
        "severity": |d| { d.severity = None },
        "assessment": |d| { d.assessment.clear(); d.assessment_en = None },
        "lines": |d| { d.provenance.lines.clear() },
        "note": |d| { d.provenance.note.clear() },
    }
    "sites" sites {
        "sought": |s| { s.sought.clear() },
        "industries": |s| { s.industries.clear() },
        "targets": |s| { s.targets.clear() },
        "measures": |s| { s.measures.clear() },
        "lines": |s| { s.provenance.lines.clear() },
        "quote": |s| { s.provenance.quote.clear() },
        "note": |s| { s.provenance.note.clear() },
    }
}

/// Columns that can be withheld, as `table.column`.
pub fn withholdable() -> impl Iterator<Item = String> {
    COLUMNS.iter().map(|(table, column, _)| format!("{table}.{column}"))
}

/// Empties a column, and what only spells it out. Links back are to be made anew afterwards.
pub fn withhold(atlas: &mut Atlas, table: &str, column: &str) {
    for (_, _, clear) in COLUMNS.iter().filter(|known| (known.0, known.1) == (table, column)) {
        clear(atlas);
    }
}
