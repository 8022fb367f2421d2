//! How much one address may ask: so much a second, and so much at once before that counts.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use moka::sync::Cache;

use crate::http::edges::Rate;

/// Addresses that are remembered at once; those that asked longest ago are forgotten first.
const ADDRESSES: u64 = 100_000;

/// Counts what each address asks, by the generic cell rate algorithm (ITU-T I.371): of each is remembered when its
/// next request would be due if it asked at its rate.
pub struct Meter {
    begun: Instant,
    interval: Duration,
    /// How far ahead of its rate an address may be.
    ahead: Duration,
    due: Cache<IpAddr, Arc<AtomicU64>>,
}

impl Meter {
    /// Begins with everybody's account empty.
    pub fn new(rate: Rate) -> Self {
        let interval = Duration::from_secs(1) / rate.per_second.max(1);
        let ahead = interval * rate.burst.max(1).saturating_sub(1);
        // Whoever has been silent so long is as good as new.
        let silent = (ahead + interval).max(Duration::from_secs(1));
        let due = Cache::builder().max_capacity(ADDRESSES).time_to_idle(silent).build();
        Self { begun: Instant::now(), interval, ahead, due }
    }

    /// Lets a request in, or says how long to wait.
    ///
    /// # Errors
    /// When the address has asked too much.
    pub fn admit(&self, address: IpAddr) -> Result<(), Duration> {
        let now = nanoseconds(self.begun.elapsed());
        let (interval, ahead) = (nanoseconds(self.interval), nanoseconds(self.ahead));
        let due = self.due.get_with(household(address), Arc::default);
        let admitted = due.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |due| {
            let due = due.max(now);
            (due - now <= ahead).then_some(due + interval)
        });
        admitted.map(drop).map_err(|due| Duration::from_nanos(due.saturating_sub(now + ahead)))
    }
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

/// A machine has an IPv6 network for itself, and may ask from any address in it (RFC 6177).
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_let_in_and_what_follows_waits_its_turn() {
        let meter = Meter::new(Rate { per_second: 10, burst: 5 });
        let [one, two] = ["192.0.2.1", "192.0.2.2"].map(|text| text.parse().unwrap());
        let admitted = (0..20).filter(|_| meter.admit(one).is_ok()).count();
        assert_eq!(admitted, 5);
        let wait = meter.admit(one).unwrap_err();
        assert!(wait > Duration::ZERO && wait <= Duration::from_millis(100), "{wait:?}");
        assert!(meter.admit(two).is_ok(), "others do not wait for them");
        std::thread::sleep(wait + Duration::from_millis(5));
        assert!(meter.admit(one).is_ok());
    }

    #[test]
    fn one_machine_with_many_ipv6_addresses_is_one() {
        let meter = Meter::new(Rate { per_second: 1, burst: 1 });
        assert!(meter.admit("2001:db8::1".parse().unwrap()).is_ok());
        assert!(meter.admit("2001:db8::ffff:2".parse().unwrap()).is_err());
        assert!(meter.admit("2001:db8:0:1::1".parse().unwrap()).is_ok());
    }
}
