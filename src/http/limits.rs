//! How much of the server one peer may hold, and all of them together: connections, requests, bytes of body, time.
//!
//! A peer is known by a keyed hash only (`peer`). No header says who anyone is, and nothing here is stored or logged.

use governor::Quota;
use std::num::NonZeroU32;
use std::time::Duration;

mod body;
mod bytes;
mod connections;
mod gate;
mod mailbox;
mod peer;
mod requests;
mod work;

pub use body::{PartReader, read_body, throw_away};
pub use gate::{Gate, Guest};
pub use peer::PeerKey;

/// The limits of both doors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Where sources come.
    pub public: DoorLimits,
    /// Where `desk` comes.
    pub staff: DoorLimits,
}

/// The limits of one door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoorLimits {
    /// Whether every connection begins with a PROXY protocol header (version 1) that says where it came from. Whoever
    /// can reach such a door can say what they like there: it must be out of reach of all but the proxy.
    pub is_proxied: bool,
    /// The most connections at once; more wait in the system's queue.
    pub max_connections: usize,
    /// The most of them from one peer; more are closed at once.
    pub max_connections_per_peer: usize,
    /// For a whole request head, and for the next one on a connection kept open.
    pub head_time: Duration,
    /// Between two pieces of a body.
    pub body_idle_time: Duration,
    /// For a whole body.
    pub body_time: Duration,
    /// For which an answer may find nobody reading it.
    pub write_idle_time: Duration,
    /// For answers under way when the server stops.
    pub drain_time: Duration,
    /// What one peer may send.
    pub peer: Rates,
    /// What all of them together may send.
    pub all: Rates,
}

/// How much may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Requests of any kind.
    pub requests: Rate,
    /// Kibibytes of request bodies, each body rounded up.
    pub kibibytes: Rate,
    /// Kibibytes of files that follow letters, which take nothing from the others.
    pub file_kibibytes: Rate,
}

/// A bucket that holds `burst` and fills again by one each `refill_time`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The most at once.
    pub burst: NonZeroU32,
    /// After how long one more is there. Less than a nanosecond counts as one.
    pub refill_time: Duration,
}

impl Rate {
    /// A bucket that fills by so many in a minute; a zero counts as one.
    pub const fn new(burst: u32, per_minute: u32) -> Self {
        let refill_nanos = 60_000_000_000 / at_least_one(per_minute).get() as u64;
        Self { burst: at_least_one(burst), refill_time: Duration::from_nanos(refill_nanos) }
    }

    /// For what is asked less often than all of a door: a part of it.
    const fn part(self, of: u32) -> Self {
        Self { burst: at_least_one(self.burst.get() / of), refill_time: self.refill_time.saturating_mul(of) }
    }

    /// What `governor` takes for it.
    fn period(self) -> Duration {
        self.refill_time.max(Duration::from_nanos(1))
    }

    /// The same as a bucket of its own.
    fn quota(self) -> Quota {
        Quota::with_period(self.period()).expect("a period is never zero").allow_burst(self.burst)
    }
}

const fn at_least_one(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { public: DoorLimits::PUBLIC, staff: DoorLimits::STAFF }
    }
}

impl Limits {
    /// Where one address stands for everybody: a demo, a test. What one peer may do, all may.
    pub const fn on_one_machine() -> Self {
        let wide = Rates {
            requests: Rate::new(20_000, 6_000),
            kibibytes: Rate::new(1 << 21, 1 << 20),
            file_kibibytes: Rate::new(1 << 25, 1 << 25),
        };
        let door = DoorLimits { max_connections_per_peer: 512, peer: wide, all: wide, ..DoorLimits::PUBLIC };
        Self { public: door, staff: door }
    }
}

impl DoorLimits {
    /// Wide enough for Tor and bad phones (the largest tip in two minutes is 4 KB a second), and for many sources behind
    /// one address: a Tor exit, a phone network, a library. A visit takes three requests, a usual tip 16 KiB.
    const PUBLIC: Self = Self {
        is_proxied: false,
        max_connections: 512,
        max_connections_per_peer: 128,
        head_time: Duration::from_secs(20),
        body_idle_time: Duration::from_secs(30),
        body_time: Duration::from_mins(2),
        write_idle_time: Duration::from_mins(1),
        drain_time: Duration::from_secs(10),
        peer: Rates {
            requests: Rate::new(1_200, 600),
            kibibytes: Rate::new(1 << 17, 1 << 16),
            file_kibibytes: Rate::new(1 << 21, 1 << 13),
        },
        all: Rates {
            requests: Rate::new(24_000, 12_000),
            kibibytes: Rate::new(1 << 20, 1 << 19),
            file_kibibytes: Rate::new(1 << 24, 1 << 18),
        },
    };

    /// An agency's desks share an address; a desk that syncs makes a few requests. No files come in here.
    const STAFF: Self = Self {
        peer: Rates { requests: Rate::new(600, 600), kibibytes: Rate::new(1 << 16, 1 << 16), ..Self::PUBLIC.peer },
        all: Rates { requests: Rate::new(6_000, 6_000), kibibytes: Rate::new(1 << 19, 1 << 19), ..Self::PUBLIC.all },
        ..Self::PUBLIC
    };
}
