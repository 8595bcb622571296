//! Bodies by which members share a tip with another agency, say how far they read, and delete; and admins purge junk.
//! `docs/PROTOCOL.md` sections 7.1 to 7.4.

use crate::crypto::statement::{DeletionAsked, PurgeAsked};
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::{Hex, Nonce16, Sha256Hash, SignatureBytes};
use crate::model::tip::TipId;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The largest body of `POST /v1/tips/{id}/capsules`: 64 capsules in base64.
pub const MAX_REFERRAL_BODY: usize = 64 * 2_600 + 256;
/// The largest body of `POST /v1/tips/{id}/deletion`, `POST /v1/read` and `POST /v1/junk`.
pub const MAX_STATEMENT_BODY: usize = 2_048;
/// How often one tip can be referred before its capsules are sealed again.
pub const MAX_REFERRALS: i64 = 32;
/// How many requests to delete one tip are kept, whoever made them.
pub const MAX_DELETION_REQUESTS: i64 = 64;
/// How many tips one purge takes at most; the next purge takes more.
pub const MAX_PURGE: usize = 10_000;

/// Body of `POST /v1/tips/{id}/capsules`. No `Debug`: the token is a secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewReferral {
    /// The tip's custody token.
    pub token: Hex<32>,
    /// The version of the keyring whose key the true one is sealed to.
    pub keyring: u32,
    /// Base64 of one capsule for every agency of the newest keyring, by number: the true one, and decoys.
    pub capsules: Vec<String>,
}

/// Body of `POST /v1/tips/{id}/deletion`. No `Debug`: the token is a secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeletionPost {
    /// The tip's custody token.
    pub token: Hex<32>,
    /// What is to be done.
    pub act: DeletionAct,
}

/// What one who holds a tip can do about its deletion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeletionAct {
    /// Look at the requests there are. The answer is [`Deletions`].
    Show,
    /// Ask for it.
    Ask {
        /// Of the request.
        nonce: Nonce16,
        /// Of the request.
        day: Day,
        /// Over a [`DeletionAsked`].
        signature: SignatureBytes,
    },
    /// Say so too.
    Second {
        /// Hash of the request.
        request: Sha256Hash,
        /// Of the statement.
        day: Day,
        /// Over a [`DeletionSeconded`](crate::crypto::statement::DeletionSeconded).
        signature: SignatureBytes,
    },
    /// Object. The request counts for nothing ever after.
    Object {
        /// Hash of the request.
        request: Sha256Hash,
        /// Of the statement.
        day: Day,
        /// Over a [`DeletionObjected`](crate::crypto::statement::DeletionObjected).
        signature: SignatureBytes,
    },
}

/// What is going on about a tip's deletion, as those who hold it may know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deletions {
    /// All requests, in the order of their hashes.
    pub requests: Vec<DeletionRecord>,
}

/// One request and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeletionRecord {
    /// The request.
    pub asked: DeletionAsked,
    /// The asking member's.
    pub signature: SignatureBytes,
    /// The second member's word, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconded: Option<SecondRecord>,
    /// Whether somebody has objected.
    pub objected: bool,
}

/// The second member's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondRecord {
    /// Number of the notice.
    pub seq: u64,
    /// Who.
    pub member: String,
    /// Their day.
    pub day: Day,
    /// Theirs.
    pub signature: SignatureBytes,
}

/// Answer of `GET /v1/notices`: deletions that every desk is to see coming.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notices {
    /// How many notices there ever were.
    pub last: u64,
    /// Those that are open, ascending.
    pub open: Vec<Notice>,
}

/// A tip is going to be deleted. Which, only those who hold it can tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Its number.
    pub seq: u64,
    /// Hash of the request.
    pub request: Sha256Hash,
    /// [`notice_tag`] of the tip and the request.
    pub tag: Sha256Hash,
}

/// By what those who hold a tip know a notice about it, and nobody else does.
pub fn notice_tag(token: &[u8; 32], request: &Sha256Hash) -> Sha256Hash {
    Hex(Sha256::new()
        .chain_update("knothole/notice/v1\n")
        .chain_update(token)
        .chain_update(request.as_bytes())
        .finalize()
        .into())
}

/// Body of `POST /v1/read`: how far a desk has read, signed as a [`HasRead`](crate::crypto::statement::HasRead). The
/// answer is `{}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadReport {
    /// The highest number of a tip.
    pub tips: u64,
    /// The highest number of a notice.
    pub notices: u64,
    /// Today, there.
    pub day: Day,
    /// The member's.
    pub signature: SignatureBytes,
}

/// Answer of `GET /v1/junk`: what a purge would take, and what it would leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Junk {
    /// The last number of the list that a purge would look at: every agency has had its days with all up to there.
    pub through: u64,
    /// Tips up to there that nobody kept, in the order of the list; at most [`MAX_PURGE`], and then `through` is the last.
    pub list: Vec<JunkTip>,
    /// Their sealed bytes.
    pub bytes: u64,
    /// Tips that somebody kept, or showed in another way that they hold.
    pub kept: u64,
    /// Other tips that nobody kept yet, with which not every agency has had its days, or that the next purge can take.
    pub waiting: u64,
    /// Every agency that can be sealed to or that reads: how far it has come.
    pub agencies: Vec<AgencyReading>,
    /// Requests that wait for a second admin.
    pub requests: Vec<PurgeRecord>,
}

/// A tip that a purge would take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JunkTip {
    /// Its id.
    pub id: TipId,
    /// The day it came.
    pub day: Day,
}

/// How far an agency has come with the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyReading {
    /// Which.
    pub agency: AgencyNumber,
    /// The last number with which it has had its days; 0 for none.
    pub through: u64,
    /// The last number that one of its desks has read and told of.
    pub read: u64,
    /// The last day on which one of its members has signed for that; none where nobody ever has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
}

/// By what a list of junk is signed: SHA-256 of one line for each tip, its id, a space and its day.
pub fn junk_hash(list: &[JunkTip]) -> Sha256Hash {
    let mut hash = Sha256::new();
    for JunkTip { id, day } in list {
        hash.update(format!("{id} {day}\n"));
    }
    Hex(hash.finalize().into())
}

/// A request to purge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PurgeRecord {
    /// The request.
    pub asked: PurgeAsked,
    /// The asking admin's.
    pub signature: SignatureBytes,
}

/// Body of `POST /v1/junk`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PurgePost {
    /// Ask for exactly this set.
    Ask(PurgeRecord),
    /// Say so too; the tips go at once.
    Second {
        /// Hash of the request.
        request: Sha256Hash,
        /// Of the statement.
        day: Day,
        /// Over a [`PurgeSeconded`](crate::crypto::statement::PurgeSeconded).
        signature: SignatureBytes,
    },
}

/// Answer to a purge that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purged {
    /// How many tips went.
    pub tips: u64,
}
