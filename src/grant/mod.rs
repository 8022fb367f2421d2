//! What somebody was given: a pass of the staff, or a share link. Signed, so that nobody can write one or
//! change one; kept nowhere, so that there is nothing to lose.
//!
//! ```text
//! pass.<payload>.<mac>    share.<payload>.<mac>
//! payload  base64url of JSON         mac  base64url of HMAC-SHA-256 over "pass.<payload>"
//! ```
//!
//! HMAC: RFC 2104; base64url: RFC 4648, section 5, without padding.

mod key;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::Audience;

pub use key::{Key, KeyError, default_folder};

/// Characters that a grant has at most: what fits into a cookie and an address.
pub const MAX_LENGTH: usize = 3_800;

/// Lets a member of the staff in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pass {
    /// What its holder sees.
    pub audience: Audience,
    /// Who that is, for the log.
    pub holder: String,
    /// When it was made.
    pub since: Timestamp,
    /// Until when it holds.
    pub until: Timestamp,
}

/// Opens a view of the atlas: these layers and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// What whoever opens it sees.
    pub audience: Audience,
    /// Ids of the layers; others are not there.
    pub layers: Vec<String>,
    /// Id of the place that is shown first.
    pub place: Option<String>,
    /// `zh` or `en`.
    pub language: String,
    /// Id of the guided tour that begins.
    pub tour: Option<String>,
    /// Further words of the page's address, such as where the camera stands.
    pub view: Option<String>,
    /// Version of the data when it was made.
    pub data_version: String,
    /// When it was made, RFC 3339.
    #[schema(value_type = String)]
    pub since: Timestamp,
    /// Until when it opens, RFC 3339.
    #[schema(value_type = String)]
    pub until: Timestamp,
}

/// Either of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grant {
    /// Of the staff.
    Pass(Pass),
    /// A link.
    Share(Share),
}

/// Why something is no grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It does not look like one.
    #[error("this is no pass or share link of Plan Atlas; copy it whole")]
    Malformed,
    /// It was changed, or signed with another key.
    #[error(
        "this pass or share link was altered, or comes from another server (or its key was changed); ask for a new one"
    )]
    Foreign,
    /// It held until then.
    #[error("this pass or share link ended at {0}; ask for a new one")]
    Ended(Timestamp),
}

const PASS: &str = "pass";
const SHARE: &str = "share";

impl Grant {
    /// Signs it.
    #[must_use]
    pub fn sign(&self, key: &Key) -> String {
        match self {
            Self::Pass(pass) => signed(PASS, pass, key),
            Self::Share(share) => signed(SHARE, share, key),
        }
    }

    /// Reads what was signed, at this moment.
    ///
    /// # Errors
    /// When it was not signed with this key, or has ended.
    pub fn read(text: &str, key: &Key, now: Timestamp) -> Result<Self, Refusal> {
        if text.len() > MAX_LENGTH {
            return Err(Refusal::Malformed);
        }
        let (said, mac) = text.rsplit_once('.').ok_or(Refusal::Malformed)?;
        let (kind, payload) = said.split_once('.').ok_or(Refusal::Malformed)?;
        let mac = URL_SAFE_NO_PAD.decode(mac).map_err(|_| Refusal::Malformed)?;
        if !key.has_signed(said, &mac) {
            return Err(Refusal::Foreign);
        }
        let grant = match kind {
            PASS => Self::Pass(parsed(payload)?),
            SHARE => Self::Share(parsed(payload)?),
            _ => return Err(Refusal::Malformed),
        };
        let until = grant.until();
        if now < until { Ok(grant) } else { Err(Refusal::Ended(until)) }
    }

    /// Until when it holds.
    #[must_use]
    pub fn until(&self) -> Timestamp {
        match self {
            Self::Pass(pass) => pass.until,
            Self::Share(share) => share.until,
        }
    }
}

fn signed(kind: &str, what: &impl Serialize, key: &Key) -> String {
    // Plain data: it always serialises.
    let payload = URL_SAFE_NO_PAD.encode(serde_json::to_vec(what).unwrap_or_default());
    let said = format!("{kind}.{payload}");
    let mac = URL_SAFE_NO_PAD.encode(key.sign(&said));
    format!("{said}.{mac}")
}

fn parsed<T: DeserializeOwned>(payload: &str) -> Result<T, Refusal> {
    let bytes = URL_SAFE_NO_PAD.decode(payload).map_err(|_| Refusal::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| Refusal::Malformed)
}
