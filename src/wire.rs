//! Bodies and limits of the staff door: what `http` reads and writes, and what `desk` sends and gets.
//! `docs/PROTOCOL.md` section 7. The body of the public door, a tip, is `crypto::tar`'s.

use crate::crypto::keyring::{AgencyKeyName, SignedVersion};
use crate::model::day::Day;
use crate::model::hex::{Hex, SignatureBytes};
use crate::model::tip::TipId;
use serde::{Deserialize, Serialize};

mod attachments;
mod canary;
pub mod headers;
mod keys;
mod mailbox;
mod pointers;
mod recovery;
mod rolls;
mod sharing;
mod status;

pub use attachments::{AttachmentLine, Attachments};
pub use canary::{CANARY_DAYS, Canaries, CanaryRecord, CanaryWord, MAX_CANARIES_OF_AGENCY};
pub use keys::{
    CapsuleLine, CapsulePlace, CheckedCapsule, CheckedCapsules, EpochUse, Epochs, MAX_CHECKED_BODY, MAX_RESEAL_BODY,
    MAX_RESEALED, RESEAL_GRACE_DAYS, Replaced, Reseal, ResealedCapsule, ResealedLine, SignedPlace, StoredCapsule,
};
pub use mailbox::{
    MAILBOX_ANSWER_LEN, MAILBOX_REQUEST_LEN, MAX_REPLIES_OF_MAILBOX, MAX_REPLY_BODY, MAX_SHOWN_REPLIES, MailboxAct,
    MailboxRequest, PostedReply, SEALED_REPLY_LEN, read_answer, write_answer,
};
pub use pointers::{MAX_POINTERS, POINTER_DAYS, PointerLine, PointerPlace};
pub use recovery::{RECOVERY_PATH, RecoveryNotice, ShownProposal};
pub use rolls::{MAX_ROLLS, MemberRolls, NewRoll, OwnCopy, Roll, Rolled, Rolls};
pub use sharing::{
    AgencyReading, DeletionAct, DeletionPost, DeletionRecord, Deletions, Junk, JunkTip, MAX_DELETION_REQUESTS,
    MAX_PURGE, MAX_REFERRAL_BODY, MAX_REFERRALS, MAX_STATEMENT_BODY, NewReferral, Notice, Notices, PurgePost,
    PurgeRecord, Purged, ReadReport, SecondRecord, junk_hash, notice_tag,
};
pub use status::{AgencyState, Amount, LITTLE_ROOM, NO_ROOM, Paused, SiteStatus};

/// What every request's signature covers, in this order.
pub const COVERED_COMPONENTS: [&str; 4] = ["@method", "@path", "@query", "content-digest"];
/// The label of the one signature a request carries.
pub const SIGNATURE_LABEL: &str = "sig1";
/// How far a request's `created` may lie from the server's clock, in seconds.
pub const MAX_SKEW_SECONDS: u64 = 300;
/// The largest keyring version that is taken, in bytes of its JSON.
pub const MAX_KEYRING_BODY: usize = 4 << 20;
/// The largest body of `POST /v1/secrets`, in bytes.
pub const MAX_SECRETS_BODY: usize = 1 << 20;
/// The most keys that one member may store for one epoch: more than one, so that whoever made a bad key can make another.
pub const MAX_KEYS_OF_AUTHOR: i64 = 3;
/// The most custody tokens in one body of `POST /v1/keep`.
pub const MAX_KEEP_TOKENS: usize = 1_000;
/// The largest body of `POST /v1/keep`, in bytes: each token is 64 digits, two quotes and a comma.
pub const MAX_KEEP_BODY: usize = MAX_KEEP_TOKENS * 67 + 64;

/// The most events of one tip.
pub const MAX_EVENTS_OF_TIP: i64 = 10_000;
/// How many labels a thread has.
pub const EVENT_SLOTS: u8 = 16;
/// The largest body of `POST /v1/tips/{id}/events`, in bytes: base64 of the longest sealed event, and what is around it.
pub const MAX_EVENT_BODY: usize = crate::crypto::shape::sealed_len(16_384).div_ceil(3) * 4 + 256;

/// The `tag` of a request's signature: it names the site, so that a signature for one is worth nothing at another.
pub fn signature_tag(genesis: &crate::model::hex::Sha256Hash) -> String {
    format!("knothole:{genesis}")
}

/// One line of `GET /v1/tips`, followed by the bytes it announces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum InboxLine {
    /// A tip; its letter and then its capsule follow.
    Tip(TipLine),
    /// The end of the list; nothing follows.
    End {
        /// How many tips there ever were, whatever was asked for.
        end: u64,
    },
}

/// What is said of one tip before its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TipLine {
    /// Place in the list; grows.
    pub seq: u64,
    /// The tip's id.
    pub id: TipId,
    /// The day it came.
    pub day: Day,
    /// The keyring version it was sealed under.
    pub keyring: u32,
    /// Bytes of letter that follow.
    pub letter: u32,
    /// Bytes of capsule that follow the letter; 0 when the tip is older than the caller's agency.
    pub capsule: u32,
}

/// Answer of `GET /v1/keyring`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyringChain {
    /// Ascending, without a gap.
    pub versions: Vec<SignedVersion>,
    /// What recovery admins propose to follow the newest, whatever was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposed: Vec<SignedVersion>,
}

/// Body of `POST /v1/secrets`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewSecret {
    /// From the member who made an agency key.
    Key(NewKey),
    /// From a member whose copy opened to it.
    Opened(NewOpened),
    /// From a member who found that nothing needs the key any more.
    Retired(NewOpened),
}

/// A new agency key, sealed to each member of the agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewKey {
    /// Which key.
    #[serde(flatten)]
    pub name: AgencyKeyName,
    /// Ids of those for whom copies were made, ascending.
    pub sealed_to: Vec<String>,
    /// The maker's, over both of the above: [`Purpose::AgencyKeyMade`](crate::crypto::sign::Purpose::AgencyKeyMade).
    pub signature: SignatureBytes,
    /// One for each of them.
    pub copies: Vec<SealedCopy>,
}

/// An agency key sealed to one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedCopy {
    /// The member's id.
    pub member: String,
    /// Base64 of an age file that holds the agency's identity file.
    pub sealed: String,
}

/// A member's word about a key: that their copy opens, or that nothing needs it any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewOpened {
    /// Which key.
    #[serde(flatten)]
    pub name: AgencyKeyName,
    /// The member's, [`Purpose::AgencyKeyOpened`](crate::crypto::sign::Purpose::AgencyKeyOpened) or
    /// [`Purpose::AgencyKeyRetired`](crate::crypto::sign::Purpose::AgencyKeyRetired).
    pub signature: SignatureBytes,
}

/// Answer of `GET /v1/secrets`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    /// Keys, with the caller's own copy only.
    pub keys: Vec<KeyRecord>,
    /// Statements that a copy opens.
    pub opened: Vec<OpenedRecord>,
    /// Statements that nothing needs a key any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retired: Vec<OpenedRecord>,
}

/// A stored key and who made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRecord {
    /// The maker's id.
    pub member: String,
    /// What they sent.
    #[serde(flatten)]
    pub key: NewKey,
}

/// A stored statement and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedRecord {
    /// The member's id.
    pub member: String,
    /// What they sent.
    #[serde(flatten)]
    pub opened: NewOpened,
}

/// Body of `POST /v1/keep`: proof, for tips that somebody has opened, that they are no junk. The answer is `{}`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeepTokens {
    /// Custody tokens, [`MAX_KEEP_TOKENS`] at most, in no order that says anything. No `Debug`: each is a secret.
    pub tokens: Vec<Hex<32>>,
}

/// Body of `POST /v1/tips/{id}/events`. No `Debug`: the token is a secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostedEvent {
    /// The tip's custody token.
    pub token: Hex<32>,
    /// Which of the labels of its thread the event has.
    pub slot: u8,
    /// That label.
    pub label: Hex<16>,
    /// Base64 of the sealed event.
    pub sealed: String,
}

/// One line of `GET /v1/events`, followed by the bytes it announces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum EventListLine {
    /// An event; its sealed bytes follow.
    Event(EventLine),
    /// The end of the list; nothing follows.
    End(EventsEnd),
}

/// What is said of one event before its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventLine {
    /// Place in the list; grows.
    pub seq: u64,
    /// Which of the labels of its thread it has.
    pub slot: u8,
    /// That label.
    pub label: Hex<16>,
    /// Bytes that follow.
    pub sealed: u32,
}

/// The end of the list of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventsEnd {
    /// How many events there ever were, whatever was asked for.
    pub end: u64,
    /// How many tips there were when the list ended: an event of a later tip is not in it.
    pub tips: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::agency::AgencyNumber;

    #[test]
    fn lines_of_the_inbox_look_as_the_protocol_says() {
        let end = r#"{"end":7}"#;
        assert_eq!(serde_json::from_str::<InboxLine>(end).unwrap(), InboxLine::End { end: 7 });
        assert_eq!(serde_json::to_string(&InboxLine::End { end: 7 }).unwrap(), end);
        let line = r#"{"seq":7,"id":"0000000000000000000000000000000000000000000000000000","day":"2026-11-24","keyring":3,"letter":5755,"capsule":1886}"#;
        let read: InboxLine = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), line);
    }

    #[test]
    fn a_new_secret_names_its_kind() {
        let name = AgencyKeyName { agency: AgencyNumber(2), epoch: 1, recipient: "age1pq1x".into() };
        let opened = NewSecret::Opened(NewOpened { name, signature: Hex([0; 64]) });
        let json = serde_json::to_string(&opened).unwrap();
        assert!(
            json.starts_with(r#"{"opened":{"agency":2,"epoch":1,"recipient":"age1pq1x","signature":"00"#),
            "{json}"
        );
        assert_eq!(serde_json::from_str::<NewSecret>(&json).unwrap(), opened);
    }

    #[test]
    fn the_tokens_of_a_batch_are_hex_and_a_full_batch_fits_the_limit() {
        let one = KeepTokens { tokens: vec![Hex([0xab; 32])] };
        assert_eq!(serde_json::to_string(&one).unwrap(), format!(r#"{{"tokens":["{}"]}}"#, "ab".repeat(32)));
        let full = KeepTokens { tokens: vec![Hex([0xab; 32]); MAX_KEEP_TOKENS] };
        assert!(serde_json::to_vec(&full).unwrap().len() <= MAX_KEEP_BODY);
    }
}
