//! Two agencies learn which phones, plates and the like both of them hold, and nothing else: private set intersection by two
//! verifiable oblivious pseudorandom functions (RFC 9497, crate `voprf`), one each way. `docs/PROTOCOL.md` section 15.
//!
//! A plain hash of a phone number is found again by trying all of them. Here a value can be tried only against a key that
//! the other agency alone has, and each message of an exchange answers so many values and no more.

use crate::model::agency::AgencyNumber;
use crate::model::hex::{Nonce16, Sha256Hash};
use serde::{Deserialize, Serialize};

mod message;
mod parts;
mod side;

pub use message::{FORMAT, Message, MessageError, SignedMessage, Step};
pub use parts::{NotOne, Questions, Replies, Tokens};
pub use side::{FalseReplies, Side};

/// Values of each side of an exchange. Who has fewer fills up, so that nobody sees how many.
pub const VALUES: usize = 1024;

/// One comparison of two agencies. Everything that is computed in it is bound to all of this.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// Genesis of the site.
    pub site: Sha256Hash,
    /// Random, chosen by who asks.
    pub id: Nonce16,
    /// Who sends the first and the third message.
    pub asks: AgencyNumber,
    /// Who sends the second.
    pub answers: AgencyNumber,
}

#[cfg(test)]
mod tests;
