//! Where the server meets a network: who may read it from elsewhere, whom it believes, and how much it takes.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use axum::http::HeaderValue;
use ipnet::IpNet;

/// How the server meets the network. The default is closed: no foreign page reads it, nobody else's word about
/// an address is believed.
#[derive(Debug, Clone)]
pub struct Edges {
    /// Pages that may read what everybody sees (CORS).
    pub readers: Vec<Reader>,
    /// Pages that may show the atlas within themselves, besides its own.
    pub frames: Vec<Origin>,
    /// Proxies whose word counts on who asked, and under which address.
    pub proxies: Vec<IpNet>,
    /// How much one address may ask; `None` for as much as it likes.
    pub rate: Option<Rate>,
    /// Connections at once.
    pub connections: usize,
    /// How long a client may keep the server waiting.
    pub patience: Patience,
    /// Where is written down who signed in, what was shared and what was taken away.
    pub audit: Option<PathBuf>,
}

impl Default for Edges {
    fn default() -> Self {
        Self {
            readers: Vec::new(),
            frames: Vec::new(),
            proxies: Vec::new(),
            rate: None,
            connections: 512,
            patience: Patience::default(),
            audit: None,
        }
    }
}

/// How long a client may keep the server waiting before it loses its connection.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Without a request on a connection, or with one whose header has not arrived in full.
    pub header: Duration,
    /// Without any more of a body that is being sent.
    pub pause: Duration,
    /// Until a body has arrived in full: four megabytes over a poor line.
    pub body: Duration,
    /// Without taking anything of an answer.
    pub reader: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            header: Duration::from_secs(30),
            pause: Duration::from_secs(30),
            body: Duration::from_mins(2),
            reader: Duration::from_mins(1),
        }
    }
}

/// How much one address may ask.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// Requests a second, in the long run.
    pub per_second: u32,
    /// Requests at once, before that counts: a page that opens asks some dozens.
    pub burst: u32,
}

/// Scheme and host of a page, as browsers name it (RFC 6454).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// As a browser writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The origin of an address of which only the beginning must be sound: the rest may hold `{x}`.
    #[must_use]
    pub fn of_address(address: &str) -> Option<Self> {
        let (scheme, rest) = address.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next()?;
        format!("{scheme}://{host}").parse().ok()
    }
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let origin = text.trim().trim_end_matches('/').to_ascii_lowercase();
        let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        // Nothing that would end a word of a header, or be another word of it.
        let sound = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
        match host {
            Some(host) if !host.is_empty() && host.chars().all(sound) => Ok(Self(origin)),
            _ => Err(format!(
                "{text:?} 不是网页来源，应如 https://map.example (is no origin; expected is https://map.example)"
            )),
        }
    }
}

/// Who may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reader {
    /// Every page.
    Any,
    /// Pages from there.
    Of(Origin),
}

impl FromStr for Reader {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim() == "*" { Ok(Self::Any) } else { text.parse().map(Self::Of) }
    }
}

impl Edges {
    /// The pages that may read, as header values; `None` for every page.
    pub(super) fn reader_values(&self) -> Option<Vec<HeaderValue>> {
        let value = |reader: &Reader| match reader {
            Reader::Any => None,
            Reader::Of(origin) => HeaderValue::from_str(origin.as_str()).ok(),
        };
        self.readers.iter().map(value).collect()
    }
}
