//! One door's limits at work: lets connections in, and counts what comes through them.

use super::bytes::ByteBudget;
use super::connections::{Connections, Presence};
use super::mailbox::{self, MailboxBudget};
use super::peer::{PeerKey, Peers};
use super::requests::RequestBudget;
use super::work::{self, Work};
use super::{DoorLimits, Rate};
use crate::clock::Clock;
use axum::Router;
use governor::clock::DefaultClock;
use std::sync::Arc;

/// See the module.
pub struct Gate {
    peers: Peers,
    connections: Arc<Connections>,
    requests: RequestBudget,
    mailbox: Arc<MailboxBudget>,
    work: Arc<Work>,
    bytes: Arc<ByteBudget>,
    file_bytes: Arc<ByteBudget>,
}

/// Who made a request, as far as the limits need to know. Stands beside every request that came in.
#[derive(Clone)]
pub struct Guest {
    peer: PeerKey,
    bytes: Arc<ByteBudget>,
    file_bytes: Arc<ByteBudget>,
}

impl Gate {
    /// Nobody has come yet.
    pub fn new(limits: &DoorLimits, clock: Arc<dyn Clock>) -> Self {
        Self {
            peers: Peers::new(),
            connections: Connections::new(limits.max_connections_per_peer),
            requests: RequestBudget::new(&limits.peer, &limits.all),
            mailbox: Arc::new(MailboxBudget::new(limits.peer.requests, limits.all.requests, DefaultClock::default())),
            work: Arc::new(Work::new(limits.all.requests, clock, &DefaultClock::default())),
            bytes: budget(limits.peer.kibibytes, limits.all.kibibytes),
            file_bytes: budget(limits.peer.file_kibibytes, limits.all.file_kibibytes),
        }
    }

    /// Makes keys of addresses.
    pub fn peers(&self) -> &Peers {
        &self.peers
    }

    /// Lets a connection in, or none when its peer has as many as it may. The peer has it until the presence is dropped.
    pub fn let_in(&self, peer: PeerKey) -> Option<(Guest, Presence)> {
        let presence = self.connections.enter(&peer)?;
        let (bytes, file_bytes) = (Arc::clone(&self.bytes), Arc::clone(&self.file_bytes));
        Some((Guest { peer, bytes, file_bytes }, presence))
    }

    /// Puts the limits on requests before everything that `router` does.
    pub fn guard(&self, router: Router) -> Router {
        self.requests.guard(router)
    }

    /// The same for a door where browsers come, who can work for their place under pressure. Mailboxes have a budget of their own: requests
    /// there take nothing from those for the rest.
    pub fn guard_working(&self, router: Router, mailbox: Router) -> Router {
        let limited = self.guard(router.clone()).merge(mailbox::guard(mailbox.clone(), &self.mailbox));
        work::guard(&self.work, limited, router.merge(mailbox))
    }

    /// Forgets whoever has not come for a while.
    pub fn forget_idle(&self) {
        self.requests.forget_idle();
        self.mailbox.forget_idle();
        self.work.forget_idle();
        self.bytes.forget_idle();
        self.file_bytes.forget_idle();
    }
}

fn budget(peer: Rate, all: Rate) -> Arc<ByteBudget> {
    Arc::new(ByteBudget::new(peer, all, DefaultClock::default()))
}

impl Guest {
    /// What stands for the peer.
    pub fn peer(&self) -> &PeerKey {
        &self.peer
    }

    /// The bytes that the peer, and everyone, may still send.
    pub(super) fn bytes(&self) -> &ByteBudget {
        &self.bytes
    }

    /// The same of files, so that words never wait for files.
    pub(super) fn file_bytes(&self) -> &ByteBudget {
        &self.file_bytes
    }
}
