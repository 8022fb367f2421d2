//! The one error type: an RFC 9457 problem document.
//!
//! `detail` says what the client can change. What went wrong inside is logged, not returned.

#[cfg(feature = "server")]
use std::any::Any;
use std::time::Duration;

use axum::Json;
#[cfg(feature = "server")]
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::query::{AreaError, OwnError, Stopped, Unanswered, UnknownValue};
use crate::store::Unreadable;

/// A problem document (`application/problem+json`).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the status says what kind of problem it is.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: String,
    /// HTTP status code.
    status: u16,
    /// What is wrong and what to do.
    detail: String,
    /// Seconds after which the same request may be answered.
    #[serde(skip)]
    again: Option<u64>,
}

impl Problem {
    fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            again: None,
        }
    }

    /// Its HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// What is wrong and what to do.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// 400: the request cannot be understood.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// 401: what was brought lets nobody in.
    pub fn unauthorized(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, detail)
    }

    /// 403: known, and not allowed.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, detail)
    }

    /// 404: there is no such thing.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// 422: understood, but impossible.
    pub fn unprocessable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
    }

    /// 503: as many heavy questions as are let in at once are under way.
    #[must_use]
    pub fn busy() -> Self {
        let detail = "the server is busy with as many large questions as it takes at once; try again in a second";
        Self { again: Some(1), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, detail) }
    }

    /// 503: the answer was not ready in time, and the work on it was stopped.
    #[must_use]
    pub fn too_long(limit: Duration) -> Self {
        let seconds = limit.as_secs_f32();
        let detail = format!(
            "the answer was not ready within {seconds} seconds, and the work on it was stopped; ask for a smaller area, a shorter distance or fewer layers"
        );
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
    }

    /// 429: the address asks more than it may.
    #[cfg(feature = "server")]
    #[must_use]
    pub fn too_many(wait: Duration) -> Self {
        let seconds = wait.as_secs() + 1;
        let detail = format!(
            "your address asks more than this server lets one address ask; wait {seconds} s"
        );
        Self { again: Some(seconds), ..Self::new(StatusCode::TOO_MANY_REQUESTS, detail) }
    }

    /// A problem with the status of an axum rejection.
    pub fn rejected(status: StatusCode, detail: impl Into<String>) -> Self {
        Self::new(status, detail)
    }

    /// 500: our fault. The cause is logged, the client learns only that it happened.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(%cause, "request failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the server failed to answer; its log says why under the x-request-id of this response",
        )
    }
}

impl From<UnknownValue> for Problem {
    fn from(unknown: UnknownValue) -> Self {
        Self::not_found(unknown.to_string())
    }
}

/// Nobody reads this one: whoever withdrew the budget has gone, or was told that time is up.
impl From<Stopped> for Problem {
    fn from(stopped: Stopped) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, stopped.to_string())
    }
}

/// A file that changed is read again within seconds.
impl From<&Unreadable> for Problem {
    fn from(unreadable: &Unreadable) -> Self {
        let detail = unreadable.to_string();
        tracing::warn!("{detail}");
        Self { again: Some(1), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, detail) }
    }
}

impl From<Unreadable> for Problem {
    fn from(unreadable: Unreadable) -> Self {
        Self::from(&unreadable)
    }
}

impl From<&Unanswered> for Problem {
    fn from(unanswered: &Unanswered) -> Self {
        match unanswered {
            Unanswered::Stopped(stopped) => (*stopped).into(),
            Unanswered::Unreadable(unreadable) => unreadable.into(),
        }
    }
}

impl From<Unanswered> for Problem {
    fn from(unanswered: Unanswered) -> Self {
        Self::from(&unanswered)
    }
}

impl From<AreaError> for Problem {
    fn from(error: AreaError) -> Self {
        match error {
            AreaError::Stopped(stopped) => stopped.into(),
            AreaError::Unreadable(unreadable) => unreadable.into(),
            _ => Self::unprocessable(error.to_string()),
        }
    }
}

impl From<OwnError> for Problem {
    fn from(error: OwnError) -> Self {
        match error {
            OwnError::Stopped(stopped) => stopped.into(),
            _ => Self::unprocessable(error.to_string()),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let again = self.again;
        let mut response = (status, Json(self)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        if let Some(seconds) = again {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

#[cfg(feature = "server")]
/// Answers requests whose path exists, but not for their method.
pub async fn method_not_allowed(request: Request) -> Problem {
    let detail = format!("{} does not answer {}", request.uri().path(), request.method());
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail)
}

#[cfg(feature = "server")]
/// Turns a panic into an answer; the server goes on.
#[expect(clippy::needless_pass_by_value, reason = "the signature is given by CatchPanicLayer")]
pub fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let cause = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("panic without a message");
    Problem::internal(&cause).into_response()
}
