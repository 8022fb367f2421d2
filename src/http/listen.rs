//! Connections: how many there may be, and how long each may keep the server waiting.
//!
//! ```text
//! accept ─► a place, one of so many, of which one address has at most a quarter ─► HTTP/1.1 ─► the application
//!           none left: 503 with Retry-After, at once
//! ```
//!
//! Whoever sends no header, or takes nothing of an answer, loses the connection after a while; what was under way
//! for them stops with it. (Bodies that do not arrive are the extractor's matter, long questions are `heavy`'s.)

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulConnection, GracefulShutdown};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;
use tower::Service;

use crate::http::AppState;
use crate::http::client::Peer;
use crate::http::edges::Patience;

/// Bytes that the line and the headers of a request may have, and how many headers.
const MAX_HEADER: usize = 32 * 1024;
const MAX_HEADERS: usize = 100;

/// How long to wait when the system has no connection to give (too many open files).
const BREATH: Duration = Duration::from_millis(100);

/// Who is told that there is no place, at once, and how long that may take.
const TURNED_AWAY: usize = 64;
const FAREWELL: Duration = Duration::from_secs(1);

/// What everybody is told who finds no place.
const FULL: &str = r#"{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"the server has as many connections as it takes; try again in a second"}"#;

/// Answers on a listener until `stop` completes, and then what is under way.
pub async fn listen(listener: TcpListener, router: Router, state: &AppState, stop: impl Future) {
    let doors = &state.doors;
    let farewells = Arc::new(Semaphore::new(TURNED_AWAY));
    let under_way = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = &mut stop => break,
        };
        let (stream, address) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                refused_by_system(&error).await;
                continue;
            }
        };
        let Some(place) = doors.enter(address) else {
            // Beyond these, whoever comes hears nothing: saying it would cost what is lacking.
            if let Ok(turn) = farewells.clone().try_acquire_owned() {
                tokio::spawn(async move {
                    let _until_it_is_said = turn;
                    let _ = timeout(FAREWELL, turn_away(stream)).await;
                });
            }
            continue;
        };
        let connection =
            under_way.watch(served(stream, address, router.clone(), state.edges.patience));
        tokio::spawn(async move {
            let _until_it_ends = place;
            // That a client has gone, or was too slow, is its own matter.
            let _ = connection.await;
        });
    }
    drop(listener);
    under_way.shutdown().await;
}

/// Answers what comes over a connection.
fn served(
    stream: TcpStream,
    address: SocketAddr,
    router: Router,
    patience: Patience,
) -> impl GracefulConnection {
    // Answers are written in large pieces; waiting for more would only delay the last one.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(patience.reader));
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(address.ip()));
        // A router is always ready.
        router.clone().call(request)
    });
    Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.header)
        .max_header_size(MAX_HEADER)
        .max_headers(MAX_HEADERS)
        .serve_connection(TokioIo::new(Box::pin(stream)), service)
}

/// Says that there is no place. What the client has sent is read first, or closing would take back what was said.
async fn turn_away(mut stream: TcpStream) -> io::Result<()> {
    let mut asked = [0; 4096];
    let _ = stream.read(&mut asked).await?;
    let length = FULL.len();
    let head = format!(
        "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/problem+json\r\ncontent-length: {length}\r\nretry-after: 1\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(FULL.as_bytes()).await?;
    stream.shutdown().await
}

/// Waits where the system itself has no connection to give, and will not have one at once either.
async fn refused_by_system(error: &io::Error) {
    let is_of_the_client =
        matches!(error.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset);
    if !is_of_the_client {
        tracing::warn!(%error, "no connection can be taken");
        sleep(BREATH).await;
    }
}
