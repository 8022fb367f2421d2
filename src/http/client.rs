//! Whose request it is: of the address at the other end, or of the one that a trusted proxy names.
//!
//! What anybody may write into a header is no evidence: unless the other end is a proxy that was named as such, its
//! word about addresses is taken out of the request, so that nobody further in can believe it.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, Request};
use ipnet::IpNet;

/// The address at the other end of the connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// The address that asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client(pub IpAddr);

const FORWARDED_FOR: &str = "x-forwarded-for";

/// What proxies say of where a request came from and which address it was sent to.
const FORWARDED: [&str; 4] = [FORWARDED_FOR, "x-forwarded-host", "x-forwarded-proto", "forwarded"];

/// Notes who asks. A request without a [`Peer`] did not come over the network.
pub fn identified<B>(mut request: Request<B>, proxies: &[IpNet]) -> Request<B> {
    let Some(&Peer(peer)) = request.extensions().get::<Peer>() else { return request };
    let peer = peer.to_canonical();
    let client = if is_among(proxies, peer) {
        named(request.headers(), proxies).unwrap_or(peer)
    } else {
        for name in FORWARDED {
            request.headers_mut().remove(name);
        }
        peer
    };
    request.extensions_mut().insert(Client(client));
    request
}

/// Whether an address is one of these.
pub fn is_among(networks: &[IpNet], address: IpAddr) -> bool {
    networks.iter().any(|network| network.contains(&address))
}

/// Whom the proxies name. Each adds whom it heard to the end, so that the last one that is no proxy of ours is
/// the truth, and everything before it is hearsay.
fn named(headers: &HeaderMap, proxies: &[IpNet]) -> Option<IpAddr> {
    let all = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok());
    let told: Vec<&str> = all.flat_map(|text| text.split(',')).map(str::trim).collect();
    let mut found = None;
    for text in told.iter().rev() {
        let address = text.parse().or_else(|_| text.parse().map(|at: SocketAddr| at.ip())).ok()?;
        let address = IpAddr::to_canonical(&address);
        found = Some(address);
        if !is_among(proxies, address) {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(peer: &str, told: &[&str]) -> (IpAddr, bool) {
        let proxies = ["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        let mut request = Request::builder().header("x-forwarded-host", "elsewhere.example");
        for text in told {
            request = request.header("x-forwarded-for", *text);
        }
        let mut request = request.body(()).unwrap();
        request.extensions_mut().insert(Peer(peer.parse().unwrap()));
        let request = identified(request, &proxies);
        let Client(client) = request.extensions().get().unwrap();
        (*client, request.headers().contains_key("x-forwarded-host"))
    }

    #[test]
    fn a_stranger_cannot_claim_to_be_somebody_else() {
        let (client, believed) = asked("192.0.2.7", &["198.51.100.1"]);
        assert_eq!(client.to_string(), "192.0.2.7");
        assert!(!believed, "nor name the address that links begin with");
    }

    #[test]
    fn a_trusted_proxy_names_the_last_address_that_is_no_proxy() {
        for (told, client) in [
            (&["198.51.100.1"][..], "198.51.100.1"),
            // The first was made up by the client, the last is a proxy in between.
            (&["1.1.1.1, 198.51.100.1, 10.2.3.4"], "198.51.100.1"),
            (&["1.1.1.1", "198.51.100.1"], "198.51.100.1"),
            (&["198.51.100.1:4711"], "198.51.100.1"),
            (&["[2001:db8::1]:80"], "2001:db8::1"),
            (&["::ffff:198.51.100.1"], "198.51.100.1"),
            (&["10.9.9.9"], "10.9.9.9"),
            (&["nobody"], "10.0.0.1"),
            (&[], "10.0.0.1"),
        ] {
            let (found, believed) = asked("::ffff:10.0.0.1", told);
            assert_eq!(found.to_string(), client, "{told:?}");
            assert!(believed);
        }
    }
}
