//! Comparing with other agencies which phones, plates and the like both hold, so that each knows whom to ask: what takes part,
//! what was said so far, and whose turn it is. `crypto::pointers` does the comparing itself.

use crate::desk::similar::identifiers::Kind;

mod memory;
mod talks;
mod taking;

pub use memory::{Memory, MemoryError, Page, PassedOver, Reading};
pub use taking::{CONSENT, Held, Out, Taking, may_need_consent, takes_part};
pub use talks::{Said, State, Talk, Turn, talks, turn};

/// Days between two exchanges of the same two agencies: each lets 1,024 guesses through, and no more.
pub const PAUSE_DAYS: i32 = 7;
/// Days after which an exchange that nobody went on with is over.
pub const LIVE_DAYS: i32 = 14;
/// What is compared. A web address names no one.
pub const KINDS: [Kind; 4] = [Kind::Phone, Kind::Plate, Kind::Email, Kind::Handle];
/// In a record of who was given what: by what.
pub const FORM: &str = "pointer";
