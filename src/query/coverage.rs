//! How much of the documents the atlas holds, and where links are missing: for the person who
//! keeps the data, not for readers of the map.

use std::collections::HashMap;

use crate::model::{Atlas, Place, Provenance};

/// Records of one section of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionCount<'a> {
    /// Plan id.
    pub plan: &'a str,
    /// Section id.
    pub section: &'a str,
    /// Roles, projects, targets, tasks, organisations and discrepancies that cite it.
    pub records: [usize; 6],
}

/// What is covered and what is loose.
#[derive(Debug, Clone)]
pub struct Coverage<'a> {
    /// Every section in the order of the documents, with what cites it.
    pub sections: Vec<SectionCount<'a>>,
    /// Places that nobody has located.
    pub unlocated: Vec<&'a Place>,
    /// Places that no record names.
    pub silent: Vec<&'a Place>,
    /// Ids of projects, targets and tasks that name no place; they belong to their county.
    pub placeless: Vec<&'a str>,
}

/// Measures the coverage of an atlas.
#[must_use]
pub fn coverage(atlas: &Atlas) -> Coverage<'_> {
    let mut counts: HashMap<(usize, &str), [usize; 6]> = HashMap::new();
    let mut cite = |kind: usize, plan: usize, sections: &mut dyn Iterator<Item = &'_ String>| {
        for section in sections {
            let known = atlas.plans[plan].section(section).map(|s| s.id.as_str());
            if let Some(section) = known {
                counts.entry((plan, section)).or_default()[kind] += 1;
            }
        }
    };
    let mut cite_all = |kind: usize, provenances: &mut dyn Iterator<Item = &Provenance>| {
        for provenance in provenances {
            cite(kind, provenance.plan, &mut provenance.sections.iter());
        }
    };
    cite_all(0, &mut atlas.roles.iter().map(|r| &r.provenance));
    cite_all(1, &mut atlas.projects.iter().map(|r| &r.provenance));
    cite_all(2, &mut atlas.targets.iter().map(|r| &r.provenance));
    cite_all(3, &mut atlas.tasks.iter().map(|r| &r.provenance));
    cite_all(4, &mut atlas.organisations.iter().map(|r| &r.provenance));
    for d in &atlas.discrepancies {
        let both =
            d.sections_a.iter().chain(d.sections_b.iter().filter(|b| !d.sections_a.contains(b)));
        cite(5, d.provenance.plan, &mut both.into_iter());
    }
    let sections = atlas.plans.iter().enumerate().flat_map(|(number, plan)| {
        let counts = &counts;
        plan.sections.iter().map(move |section| SectionCount {
            plan: &plan.id,
            section: &section.id,
            records: counts.get(&(number, section.id.as_str())).copied().unwrap_or_default(),
        })
    });
    let silent = atlas.places.iter().zip(&atlas.records_of).filter(|(_, r)| r.is_empty());
    let projects = atlas.projects.iter().filter(|p| p.places.is_empty()).map(|p| p.id.as_str());
    let targets = atlas.targets.iter().filter(|t| t.places.is_empty()).map(|t| t.id.as_str());
    let tasks = atlas.tasks.iter().filter(|t| t.places.is_empty()).map(|t| t.id.as_str());
    Coverage {
        sections: sections.collect(),
        unlocated: atlas.places.iter().filter(|p| p.geometry.is_none()).collect(),
        silent: silent.map(|(place, _)| place).collect(),
        placeless: projects.chain(targets).chain(tasks).collect(),
    }
}
