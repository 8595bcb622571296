//! What the store is given and gives about referrals, deletions, reading and junk.

use crate::crypto::statement::PurgeAsked;
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::{Nonce16, Sha256Hash, SignatureBytes};
use crate::wire::{JunkTip, junk_hash};

/// What became of a referral's capsules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferralOutcome {
    /// They are durable now, beside all that were there.
    Stored,
    /// The very same were there already.
    StoredBefore,
    /// There is no such tip.
    NoTip,
    /// The tip has as many as it may have.
    Full,
}

/// A request to delete a tip, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDeletion {
    /// Its hash.
    pub hash: Sha256Hash,
    /// Who asks.
    pub member: String,
    /// Of the request.
    pub nonce: Nonce16,
    /// Of the request.
    pub day: Day,
    /// The member's.
    pub signature: SignatureBytes,
}

/// A second word for a request, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSecond {
    /// Hash of the request.
    pub request: Sha256Hash,
    /// Who says so too.
    pub member: String,
    /// Of the statement.
    pub day: Day,
    /// The member's.
    pub signature: SignatureBytes,
    /// By what those who hold the tip know the notice.
    pub tag: Sha256Hash,
    /// Today, here.
    pub noticed: Day,
}

/// What became of a step towards a deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeletionOutcome {
    /// It is durable now.
    Done,
    /// It was done before.
    DoneBefore,
    /// There is no such tip, or no such request about it.
    Missing,
    /// Someone has objected to that request, or there are as many as there may be.
    Closed,
}

/// A deletion that every desk is to see coming.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenNotice {
    /// Its number.
    pub seq: u64,
    /// Hash of the request.
    pub request: Sha256Hash,
    /// By what those who hold the tip know it.
    pub tag: Sha256Hash,
    /// The two members whose word it rests on.
    pub members: [String; 2],
    /// The later of their days and of ours.
    pub day: Day,
    /// Agencies that saw it: the first and the last of their days since.
    pub seen: Vec<(AgencyNumber, Day, Day)>,
}

/// An agency had read so far by that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadMark {
    /// Whose.
    pub agency: AgencyNumber,
    /// When, by the clock of one of its members.
    pub day: Day,
    /// The highest number of a tip.
    pub tips: u64,
}

/// What nobody kept, up to some number of the list, and what lies beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundJunk {
    /// The last number that was looked at: less than was asked for where the list is full.
    pub through: u64,
    /// Tips that nobody kept, up to there, in the order of the list.
    pub list: Vec<JunkTip>,
    /// Their sealed bytes.
    pub bytes: u64,
    /// Tips that nobody kept, after that.
    pub later: u64,
    /// All others.
    pub kept: u64,
}

impl FoundJunk {
    /// Whether it is exactly what a request names.
    pub fn is_what(&self, asked: &PurgeAsked) -> bool {
        self.through == asked.through && self.list.len() as u64 == asked.tips && junk_hash(&self.list) == asked.ids
    }
}
