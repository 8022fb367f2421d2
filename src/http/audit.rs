//! Who signed in, what was shared and what was taken away: a line of JSON each, written before it is answered.
//!
//! The file is opened anew for every line, so that it may be moved away at any time. Where a line cannot be written,
//! what it would have said is not done: a record with holes proves nothing.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use jiff::Timestamp;
use serde::Serialize;
use tokio::task::spawn_blocking;

use crate::http::AppState;
use crate::http::client::Client;
use crate::http::problem::Problem;
use crate::http::rate::Meter;
use crate::model::Audience;

/// The record, where one is kept.
#[derive(Debug, Clone, Default)]
pub struct Audit(Option<Arc<Path>>);

impl Audit {
    /// Keeps the record in a file, which is made where it is not there yet.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn open(path: Option<PathBuf>) -> io::Result<Self> {
        path.as_deref().map_or(Ok(()), |path| append(path, ""))?;
        Ok(Self(path.map(Arc::from)))
    }
}

/// Adds to the end of a file, in one write: lines of two programs do not mix.
fn append(path: &Path, line: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    // It names people.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(line.as_bytes())
}

/// What is recorded.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// Somebody signed in with a pass.
    SignedIn {
        /// What they see.
        audience: Audience,
        /// Until when.
        until: Timestamp,
    },
    /// A pass or link was refused.
    Refused {
        /// Why.
        reason: String,
    },
    /// A share link was made.
    ShareMade {
        /// Who will see what it shows.
        audience: Audience,
        /// Ids of the layers.
        layers: Vec<String>,
        /// Until when it opens.
        until: Timestamp,
    },
    /// A share link was opened.
    ShareOpened {
        /// Whose view it shows.
        audience: Audience,
        /// Ids of the layers.
        layers: Vec<String>,
        /// Until when it opens.
        until: Timestamp,
    },
    /// Layers were taken away.
    Export {
        /// Format id.
        format: String,
        /// Ids of the layers.
        layers: Vec<String>,
        /// Reference system, where one was asked for.
        crs: Option<String>,
        /// Version of the data.
        data_version: String,
    },
}

/// A line of the record.
#[derive(Serialize)]
struct Line<'l> {
    time: Timestamp,
    /// The `x-request-id` of the answer.
    request: &'l str,
    address: Option<IpAddr>,
    /// Who signed in.
    holder: Option<&'l str>,
    #[serde(flatten)]
    event: &'l Event,
}

/// Who does what is recorded.
pub struct Witness {
    audit: Audit,
    request: String,
    address: Option<IpAddr>,
    holder: Option<String>,
}

impl FromRequestParts<AppState> for Witness {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &AppState,
    ) -> Result<Self, Self::Rejection> {
        let id = parts.headers.get("x-request-id").and_then(|id| id.to_str().ok());
        let pass = state.gate.visitor(&parts.headers).ok().and_then(|visitor| visitor.pass);
        Ok(Self {
            audit: state.audit.clone(),
            request: id.unwrap_or_default().to_owned(),
            address: parts.extensions.get::<Client>().map(|Client(address)| *address),
            holder: pass.map(|pass| pass.holder),
        })
    }
}

impl Witness {
    /// The same for somebody who just said who they are.
    #[must_use]
    pub fn of(self, holder: &str) -> Self {
        Self { holder: Some(holder.to_owned()), ..self }
    }

    /// Lets them try, as often as one address may.
    ///
    /// # Errors
    /// When they have tried too often.
    pub fn admit(&self, tries: &Meter) -> Result<(), Problem> {
        self.address.map_or(Ok(()), |address| tries.admit(address)).map_err(Problem::too_many)
    }

    /// Records what is about to be answered.
    ///
    /// # Errors
    /// When that cannot be written; then it must not be done.
    pub async fn note(&self, event: Event) -> Result<(), Problem> {
        let line = Line {
            time: Timestamp::now(),
            request: &self.request,
            address: self.address,
            holder: self.holder.as_deref(),
            event: &event,
        };
        let mut text = serde_json::to_string(&line).map_err(|error| Problem::internal(&error))?;
        tracing::info!("{text}");
        let Some(path) = self.audit.0.clone() else { return Ok(()) };
        text.push('\n');
        let written = spawn_blocking(move || append(&path, &text).map_err(|error| (path, error)));
        let written = written.await.map_err(|error| Problem::internal(&error))?;
        written.map_err(|(path, error)| {
            tracing::error!(path = %path.display(), %error, "the audit log cannot be written");
            Problem::rejected(
                StatusCode::INSUFFICIENT_STORAGE,
                "this is recorded here, and the record cannot be written; tell whoever runs the server",
            )
        })
    }
}
