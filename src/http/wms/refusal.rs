//! The exception document of the service (OGC 06-042, annex E.2).

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::http::problem::Problem;
use crate::picture::escaped;

/// Why there is no map: a code of the standard, or none, and a sentence.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    code: Option<&'static str>,
    text: String,
}

impl Refusal {
    /// A refusal with a code of the standard.
    pub fn new(code: &'static str, text: String) -> Self {
        // Clients of this service look into the document, and some only when the answer is called good.
        Self { status: StatusCode::OK, code: Some(code), text }
    }

    /// One for which the standard has no code.
    pub fn plain(text: String) -> Self {
        Self { status: StatusCode::OK, code: None, text }
    }

    /// A parameter that is not there.
    pub fn missing(name: &str) -> Self {
        Self::plain(format!("the parameter {name} is missing"))
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        let text = problem.detail().to_owned();
        Self { status: problem.status(), code: None, text }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let code = self.code.map(|code| format!(" code=\"{code}\"")).unwrap_or_default();
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ServiceExceptionReport version=\"1.3.0\" xmlns=\"http://www.opengis.net/ogc\"><ServiceException{code}>{}</ServiceException></ServiceExceptionReport>\n",
            escaped(&self.text)
        );
        let headers = [
            (header::CONTENT_TYPE, "text/xml; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
        ];
        (self.status, headers, text).into_response()
    }
}
