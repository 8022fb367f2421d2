//! Places for connections, of which one address must not have all.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use ipnet::IpNet;

use crate::http::client::is_among;
use crate::http::metrics::Metrics;

/// One address may have this part of all places.
const PART: usize = 4;

/// Places for connections.
pub struct Doors {
    places: usize,
    /// Addresses that may have all of them: many ask through a proxy.
    proxies: Vec<IpNet>,
    taken: Mutex<Taken>,
    metrics: Arc<Metrics>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by: HashMap<IpAddr, usize>,
}

/// A place, free again when it is dropped.
pub struct Place {
    doors: Arc<Doors>,
    address: IpAddr,
}

impl Doors {
    /// So many places.
    pub fn new(places: usize, proxies: Vec<IpNet>, metrics: Arc<Metrics>) -> Self {
        Self { places, proxies, taken: Mutex::default(), metrics }
    }

    /// Gives a place, where one is free for that address.
    pub fn enter(self: &Arc<Self>, address: SocketAddr) -> Option<Place> {
        let address = address.ip().to_canonical();
        let own = if address.is_loopback() || is_among(&self.proxies, address) {
            self.places
        } else {
            self.places.div_ceil(PART)
        };
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let by = taken.by.get(&address).copied().unwrap_or(0);
        if taken.all >= self.places || by >= own {
            self.metrics.turned_away();
            return None;
        }
        taken.all += 1;
        taken.by.insert(address, by + 1);
        self.metrics.connected(taken.all);
        Some(Place { doors: self.clone(), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.doors.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all -= 1;
        match taken.by.get_mut(&self.address) {
            Some(by) if *by > 1 => *by -= 1,
            _ => drop(taken.by.remove(&self.address)),
        }
        self.doors.metrics.connected(taken.all);
    }
}
