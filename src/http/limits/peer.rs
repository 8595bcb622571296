//! Who a peer is, as far as the limits need to know: a keyed hash under a key that this process made and never tells.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use zeroize::Zeroizing;

/// What stands for a peer. Says nothing to whoever lacks the process's key.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PeerKey {
    own: [u8; 16],
    network: NetworkKey,
}

/// What stands for all peers beside which a peer's address was handed out. Says as little.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NetworkKey([u8; 16]);

/// Makes keys of addresses.
pub struct Peers {
    key: Zeroizing<[u8; 32]>,
}

impl Peers {
    /// Under a fresh random key: no hash means anything to another process, or after this one ended.
    pub fn new() -> Self {
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(&mut key[..]).expect("no peer can be told from another on a system that gives no randomness");
        Self { key }
    }

    /// Under a key that every test knows.
    #[cfg(test)]
    pub fn fixed() -> Self {
        Self { key: Zeroizing::new([7; 32]) }
    }

    /// Of an address that a connection came from. Whoever has an IPv6 address has a whole /64, so that is one peer.
    pub fn of_address(&self, address: IpAddr) -> PeerKey {
        match address.to_canonical() {
            IpAddr::V4(address) => self.in_network(b"4", &address.octets(), &address.octets()[..3]),
            IpAddr::V6(address) => self.in_network(b"6", &address.octets()[..8], &address.octets()[..6]),
        }
    }

    /// Of an address that a proxy named. Tor writes the number of a circuit as an address, and each is one peer.
    pub fn of_proxied(&self, address: IpAddr) -> PeerKey {
        match address {
            IpAddr::V6(circuit) if is_circuit(circuit) => self.in_network(b"t", &circuit.octets(), &circuit.octets()),
            _ => self.of_address(address),
        }
    }

    /// Of whoever comes over a Unix socket, all of them.
    pub fn local(&self) -> PeerKey {
        self.in_network(b"u", b"", b"")
    }

    fn in_network(&self, kind: &[u8], address: &[u8], network: &[u8]) -> PeerKey {
        PeerKey { own: self.hash(kind, address), network: NetworkKey(self.hash(kind, network)) }
    }

    fn hash(&self, kind: &[u8], address: &[u8]) -> [u8; 16] {
        let mut hmac = Hmac::<Sha256>::new_from_slice(&self.key[..]).expect("HMAC takes a key of any length");
        hmac.update(kind);
        hmac.update(address);
        let mut short = [0; 16];
        short.copy_from_slice(&hmac.finalize().into_bytes()[..16]);
        short
    }
}

impl PeerKey {
    /// The /24 of an IPv4 address, the /48 of an IPv6 one; a Tor circuit stands alone.
    pub const fn network(&self) -> &NetworkKey {
        &self.network
    }
}

/// Where `HiddenServiceExportCircuitID haproxy` of Tor puts circuits: `fc00:dead:beef:4dad::/64`.
fn is_circuit(address: Ipv6Addr) -> bool {
    address.segments()[..4] == [0xfc00, 0xdead, 0xbeef, 0x4dad]
}

impl fmt::Debug for PeerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PeerKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_ipv4_address_is_one_peer_however_it_is_written() {
        let peers = Peers::new();
        let key = |text| peers.of_address(address(text));
        assert_eq!(key("192.0.2.1"), key("::ffff:192.0.2.1"));
        assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
    }

    #[test]
    fn a_whole_64_of_ipv6_is_one_peer() {
        let peers = Peers::new();
        let key = |text| peers.of_address(address(text));
        assert_eq!(key("2001:db8:1:2::3"), key("2001:db8:1:2:ffff::"));
        assert_ne!(key("2001:db8:1:2::3"), key("2001:db8:1:3::3"));
    }

    #[test]
    fn each_circuit_is_a_peer_but_only_when_the_proxy_names_it() {
        let peers = Peers::new();
        let (one, other) = (address("fc00:dead:beef:4dad::0:1"), address("fc00:dead:beef:4dad::0:2"));
        assert_ne!(peers.of_proxied(one), peers.of_proxied(other));
        assert_eq!(peers.of_proxied(one), peers.of_proxied(one));
        assert_eq!(peers.of_address(one), peers.of_address(other));
    }

    #[test]
    fn addresses_that_were_handed_out_together_are_one_network_and_circuits_are_not() {
        let peers = Peers::fixed();
        let network = |text| peers.of_proxied(address(text)).network().clone();
        assert!(network("192.0.2.1") == network("192.0.2.254") && network("192.0.2.1") != network("192.0.3.1"));
        assert!(network("2001:db8:1:2::") == network("2001:db8:1:3::"));
        assert!(network("2001:db8:1::") != network("2001:db8:2::"));
        assert!(network("fc00:dead:beef:4dad::1") != network("fc00:dead:beef:4dad::2"));
    }

    #[test]
    fn what_one_process_knows_means_nothing_to_another() {
        let peer = address("192.0.2.1");
        assert_ne!(Peers::new().of_address(peer), Peers::new().of_address(peer));
        assert_eq!(format!("{:?}", Peers::new().of_address(peer)), "PeerKey(..)");
    }
}
