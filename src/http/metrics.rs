//! Counters for Prometheus.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::response::Response;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answer {
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// Why a large question got no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum Why {
    /// Its turn did not come.
    Busy,
    /// It took too long.
    Time,
    /// The client has gone.
    Gone,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Stopped {
    why: Why,
}

/// Counts work as under way until it is dropped.
pub struct UnderWay(Gauge);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// The counters of one server.
pub struct Metrics {
    registry: Registry,
    requests: Family<Answer, Counter>,
    seconds: Family<Route, Histogram>,
    reloads: Counter,
    refusals: Counter,
    refused: Gauge,
    under_way: Gauge,
    stopped: Family<Stopped, Counter>,
    connections: Gauge,
    turned_away: Counter,
    too_many: Counter,
}

impl Default for Metrics {
    fn default() -> Self {
        let requests = Family::<Answer, Counter>::default();
        let seconds = Family::<Route, Histogram>::new_with_constructor(|| {
            Histogram::new(exponential_buckets(0.000_1, 4.0, 9))
        });
        let mut registry = Registry::with_prefix("plan_atlas");
        registry.register("http_requests", "Answered requests", requests.clone());
        registry.register(
            "http_request_seconds",
            "Time to the head of the answer",
            seconds.clone(),
        );
        let (reloads, refusals, refused) =
            (Counter::default(), Counter::default(), Gauge::default());
        registry.register("data_reloads", "Changes of the data taken over", reloads.clone());
        registry.register("data_refusals", "Changes of the data refused", refusals.clone());
        registry.register(
            "data_refused",
            "1 while the newest change of the data is refused and older data is served",
            refused.clone(),
        );
        let (under_way, stopped) = (Gauge::default(), Family::<Stopped, Counter>::default());
        registry.register("heavy_under_way", "Large questions under way", under_way.clone());
        registry.register(
            "heavy_stopped",
            "Large questions without an answer: no turn, out of time, client gone",
            stopped.clone(),
        );
        let (connections, turned_away, too_many) =
            (Gauge::default(), Counter::default(), Counter::default());
        registry.register("connections", "Open connections", connections.clone());
        registry.register(
            "connections_turned_away",
            "Connections for which there was no place",
            turned_away.clone(),
        );
        registry.register(
            "requests_over_rate",
            "Requests refused because their address asks too much",
            too_many.clone(),
        );
        Self {
            registry,
            requests,
            seconds,
            reloads,
            refusals,
            refused,
            under_way,
            stopped,
            connections,
            turned_away,
            too_many,
        }
    }
}

impl Metrics {
    /// Counts a change of the data that was taken over.
    pub fn exchanged(&self) {
        self.reloads.inc();
        self.refused.set(0);
    }

    /// Counts a change of the data that was refused.
    pub fn refused(&self) {
        self.refusals.inc();
        self.refused.set(1);
    }

    /// Notes that no change waits any more.
    pub fn unchanged(&self) {
        self.refused.set(0);
    }

    /// Counts a large question as under way, as long as the result lives.
    pub fn work_begins(&self) -> UnderWay {
        self.under_way.inc();
        UnderWay(self.under_way.clone())
    }

    /// Counts a large question that got no answer.
    pub fn stopped(&self, why: Why) {
        self.stopped.get_or_create(&Stopped { why }).inc();
    }

    /// Notes how many connections are open.
    pub fn connected(&self, count: usize) {
        self.connections.set(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// Counts a connection for which there was no place.
    pub fn turned_away(&self) {
        self.turned_away.inc();
    }

    /// Counts a request of an address that asks too much.
    pub fn over_rate(&self) {
        self.too_many.inc();
    }

    /// The counters in the OpenMetrics text format.
    pub fn text(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        prometheus_client::encoding::text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// A request that is being answered, counted under its route and never under its raw path: paths are
/// unbounded, and each label value costs memory for ever.
pub struct Counted {
    route: String,
    start: Instant,
}

impl Counted {
    /// Begins with a request that was matched to its route.
    pub fn begin(request: &Request) -> Self {
        let route = request.extensions().get::<MatchedPath>();
        Self { route: route.map_or("other", MatchedPath::as_str).to_owned(), start: Instant::now() }
    }

    /// Ends with its answer.
    pub fn end(self, metrics: &Metrics, response: &Response) {
        let seconds = self.start.elapsed().as_secs_f64();
        metrics.seconds.get_or_create(&Route { route: self.route.clone() }).observe(seconds);
        let status = response.status().as_u16();
        metrics.requests.get_or_create(&Answer { route: self.route, status }).inc();
    }
}
