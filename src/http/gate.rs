//! Who asks: everybody, the staff with a pass, or whoever opened a share link.
//!
//! Grants come as cookies, which a page cannot read, or as `Authorization: Bearer` from programs. A share link
//! counts before a pass: whoever opens one sees what everybody sees who opens it.

use axum::http::{HeaderMap, header};
use jiff::Timestamp;

use crate::audience::{Chosen, Scope};
use crate::grant::{Grant, Key, Pass, Refusal, Share};
use crate::http::problem::Problem;
use crate::model::Audience;

/// Cookie of a pass.
pub const PASS: &str = "plan-atlas-pass";

/// Cookie of a share link.
pub const SHARE: &str = "plan-atlas-share";

/// Who is let in, and to what.
#[derive(Default)]
pub struct Gate {
    /// What grants are signed with; without it there are none.
    pub key: Option<Key>,
    /// What everybody sees who comes without a grant.
    pub everybody: Audience,
}

/// Who asks.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    /// Of the staff.
    pub pass: Option<Pass>,
    /// With a link.
    pub share: Option<Share>,
}

impl Visitor {
    /// Adds what was given to them.
    pub fn with(mut self, grant: Grant) -> Self {
        match grant {
            Grant::Pass(pass) => self.pass = Some(pass),
            Grant::Share(share) => self.share = Some(share),
        }
        self
    }

    /// What they see.
    pub fn scope(&self, gate: &Gate) -> Scope {
        if let Some(share) = &self.share {
            return scope_of(share);
        }
        let own = self.pass.as_ref().map(|pass| pass.audience).unwrap_or_default();
        own.max(gate.everybody).into()
    }
}

/// What whoever opens a share link sees.
pub fn scope_of(share: &Share) -> Scope {
    let mut layers = share.layers.clone();
    layers.sort();
    layers.dedup();
    let chosen = Some(Chosen { layers, tour: share.tour.clone() });
    Scope { audience: share.audience, chosen, ..Scope::default() }
}

impl Gate {
    /// Reads a grant.
    ///
    /// # Errors
    /// When it is none, has ended, or none are given out here.
    pub fn grant(&self, text: &str) -> Result<Grant, Problem> {
        let key = self.key()?;
        Grant::read(text, key, Timestamp::now()).map_err(|refusal| refused(&refusal))
    }

    /// The key.
    ///
    /// # Errors
    /// When there is none.
    pub fn key(&self) -> Result<&Key, Problem> {
        let detail = "this server has no key, so that nobody can sign in or make links; its log says why (plan-atlas serve --keys)";
        self.key.as_ref().ok_or_else(|| Problem::unauthorized(detail))
    }

    /// Who asks.
    ///
    /// # Errors
    /// When they bring a grant that is not, or no longer, one.
    pub fn visitor(&self, headers: &HeaderMap) -> Result<Visitor, Problem> {
        let mut visitor = Visitor::default();
        for text in grants(headers) {
            visitor = visitor.with(self.grant(text)?);
        }
        Ok(visitor)
    }
}

fn refused(refusal: &Refusal) -> Problem {
    Problem::unauthorized(refusal.to_string())
}

/// The grants of a request, as they were sent.
fn grants(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    bearer
        .into_iter()
        .map(str::trim)
        .chain([PASS, SHARE].iter().filter_map(|name| cookie(headers, name)))
}

/// The value of a cookie (RFC 6265, section 4.2).
fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|text| text.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.find(|(known, _)| known.trim() == name).map(|(_, value)| value.trim())
}
