//! Work that grows with what is asked: only so much of it runs at once, off the threads that answer
//! others.

use crate::http::data::Data;
use crate::http::problem::Problem;

/// Runs a question as one of the few that may run at once; refuses it when they are.
pub async fn heavy<T: Send + 'static>(
    data: Data,
    question: impl FnOnce(&Data) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let permit = data.heavy.clone().try_acquire_owned().map_err(|_| Problem::busy())?;
    let work = move || {
        let _permit = permit;
        question(&data)
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Problem::internal(&error))?
}
