//! Sites side by side, on pages that are wider than high.

use crate::model::{PlaceIdx, Plan};
use crate::query::{Budget, Comparison, SiteView, compare};
use crate::report::content::{Block, Fact, Opening, Report, TableGroup, TableRow, Tone};
use crate::report::place::sources;
use crate::report::site::known;
use crate::report::voice::Voice;
use crate::report::written::distance;
use crate::report::{FARTHEST, ReportError};

/// How many sites are laid side by side.
const COMPARED: std::ops::RangeInclusive<usize> = 2..=4;

/// Composes the comparison of sites.
pub fn report(
    voice: Voice<'_>,
    ids: &[String],
    radius: f64,
    budget: &Budget,
) -> Result<Report, ReportError> {
    if !(0.0..=FARTHEST).contains(&radius) {
        return Err(ReportError::Radius(radius));
    }
    let mut places: Vec<PlaceIdx> = Vec::new();
    for id in ids {
        let place = known(voice, id)?;
        if places.contains(&place) {
            return Err(ReportError::Twice(id.clone()));
        }
        places.push(place);
    }
    if !COMPARED.contains(&places.len()) {
        return Err(ReportError::Compared(places.len()));
    }
    let comparison = compare(voice.index, &places, radius, budget)?;
    let comparison = comparison.ok_or_else(|| ReportError::Site(ids.join(",")))?;
    let mut plans: Vec<&Plan> = Vec::new();
    for plan in comparison.sites.iter().filter_map(|site| voice.plan(site.plan)) {
        if !plans.iter().any(|known| known.id == plan.id) {
            plans.push(plan);
        }
    }
    let names: Vec<&str> = comparison.sites.iter().map(|site| voice.place(&site.place)).collect();
    let kind = voice.pick("招商载体对比", "Sites compared");
    let reach = distance(voice, radius, false);
    let note = if voice.english() {
        format!(
            "What lies around was counted within {reach} in a straight line, not by road. Rows in which the sites differ are coloured and say so in the last column."
        )
    } else {
        format!(
            "周边按直线距离 {reach} 以内统计，不是行车里程。各载体不同的行有底色，并在末列注明“不同”。"
        )
    };
    let cited = |site: &SiteView<'_>| {
        Fact::new(voice.place(&site.place), voice.cite(site.plan, site.section))
    };
    let blocks = vec![
        Block::Opening(Opening {
            kicker: kind.to_owned(),
            title: names.join(voice.pick("、", ", ")),
            second: String::new(),
            lines: Vec::new(),
            code: None,
        }),
        Block::Paragraph { tone: Tone::Notice, text: note },
        table(voice, &comparison, &names),
        Block::Heading {
            text: voice.pick("出处", "Where the plans say so").to_owned(),
            count: None,
        },
        Block::Facts { facts: comparison.sites.iter().map(cited).collect() },
    ];
    Ok(Report {
        language: voice.tag(),
        title: voice.labelled(kind, &names.join(voice.pick("、", ", "))),
        author: voice.author(&plans),
        landscape: true,
        name: format!("{}-{}", voice.pick("招商载体对比", "sites-compared"), names.join("-")),
        foot: voice.foot(&plans, sources(voice.index, &places)),
        blocks,
        images: Vec::new(),
    })
}

fn table(voice: Voice<'_>, comparison: &Comparison<'_>, names: &[&str]) -> Block {
    let mut head = vec![String::new()];
    head.extend(names.iter().map(|&name| name.to_owned()));
    head.push(voice.pick("异同", "Differs").to_owned());
    let mut groups: Vec<TableGroup> = Vec::new();
    for row in &comparison.rows {
        let title = voice.named(&row.group.zh, Some(&row.group.en));
        if groups.last().is_none_or(|group| group.title != title) {
            groups.push(TableGroup { title: title.to_owned(), rows: Vec::new() });
        }
        let cells = row.cells.iter().map(|cell| {
            let text = voice.named(&cell.zh, Some(&cell.en));
            if text.is_empty() { "—" } else { text }.to_owned()
        });
        let mark = if row.differs { voice.pick("不同", "differs") } else { "" };
        let label = voice.named(&row.label.zh, Some(&row.label.en)).to_owned();
        if let Some(group) = groups.last_mut() {
            group.rows.push(TableRow { label, cells: cells.collect(), mark: mark.to_owned() });
        }
    }
    Block::Table { head, groups }
}
