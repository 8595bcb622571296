//! How many connections each peer has open.

use super::peer::PeerKey;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Counts, for peers that have any.
pub struct Connections {
    max_per_peer: usize,
    open: Mutex<HashMap<PeerKey, usize>>,
}

/// One connection. Ends when dropped.
pub struct Presence {
    connections: Arc<Connections>,
    peer: PeerKey,
}

impl Connections {
    /// None are open.
    pub fn new(max_per_peer: usize) -> Arc<Self> {
        Arc::new(Self { max_per_peer, open: Mutex::default() })
    }

    /// Counts one more, or none when the peer has as many as it may.
    pub fn enter(self: &Arc<Self>, peer: &PeerKey) -> Option<Presence> {
        let mut open = self.open();
        let count = open.get(peer).copied().unwrap_or_default();
        if count >= self.max_per_peer {
            return None;
        }
        open.insert(peer.clone(), count + 1);
        drop(open);
        Some(Presence { connections: Arc::clone(self), peer: peer.clone() })
    }

    fn open(&self) -> MutexGuard<'_, HashMap<PeerKey, usize>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        let mut open = self.connections.open();
        match open.get_mut(&self.peer) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(open.remove(&self.peer)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::peer::Peers;
    use super::*;

    #[test]
    fn a_peer_may_come_again_when_one_of_its_connections_ended() {
        let connections = Connections::new(2);
        let [one, other] = [1, 2].map(|number| Peers::fixed().of_address([192, 0, 2, number].into()));
        let (first, second) = (connections.enter(&one), connections.enter(&one));
        assert!(first.is_some() && second.is_some());
        assert!(connections.enter(&one).is_none());
        assert!(connections.enter(&other).is_some());
        drop(first);
        assert!(connections.enter(&one).is_some());
        drop(second);
        assert!(connections.open().is_empty());
    }
}
