//! What the store holds of mailboxes.

use crate::model::day::Day;
use crate::model::hex::{Hex, Sha256Hash};

/// Where replies lie: whoever names another token is at another place. Has no `Debug`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct MailboxPlace {
    /// The mailbox.
    pub mailbox: Hex<32>,
    /// Of the token that opens it.
    pub token_hash: Sha256Hash,
}

/// A reply that was checked and may be stored.
#[derive(Clone, PartialEq, Eq)]
pub struct NewReply {
    /// Where.
    pub place: MailboxPlace,
    /// SHA-256 of the sealed bytes, by which a retry is known.
    pub hash: Sha256Hash,
    /// From when it is shown, in seconds since 1970.
    pub shown_from: u64,
    /// The day it goes when nobody comes.
    pub goes: Day,
    /// Sealed.
    pub sealed: Vec<u8>,
}

/// One of as many as are always read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxRow {
    /// Else it only stands in the place of a reply.
    pub is_reply: bool,
    /// Sealed, or random.
    pub sealed: Vec<u8>,
}

/// What is done for all mailboxes from time to time.
pub struct MailboxTidying<'a> {
    /// Places where somebody was and found something.
    pub visited: &'a [MailboxPlace],
    /// The day those go.
    pub goes: Day,
    /// What goes before this day is deleted.
    pub today: Day,
    /// What is shown from a time before this forgets the time. In seconds since 1970.
    pub now: u64,
}
