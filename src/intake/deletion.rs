//! Deleting a tip: two persons ask, every agency sees it coming, and anyone who holds the tip can object.
//!
//! Days count twice: by our clock, and by the clocks of members of every agency, who sign their day when they have read. So
//! neither a clock that was set ahead here nor one member's false clock brings the end nearer.

use super::{Caller, Intake, Kept};
use crate::crypto::keyring::{Member, Role, Version};
use crate::crypto::statement::{DeletionAsked, DeletionObjected, DeletionSeconded, HasRead, Statement};
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::{Sha256Hash, SignatureBytes};
use crate::model::tip::{CustodyToken, TipId};
use crate::store::{DeletionOutcome, NewDeletion, NewSecond, OpenNotice, ReadMark, StoreError, TipOutcome};
use crate::wire::{DeletionAct, DeletionPost, Deletions, Notice, Notices, ReadReport, notice_tag};
use std::collections::BTreeSet;

/// Days that a tip stays after every desk could know that it is to be deleted.
pub const NOTICE_DAYS: u32 = 14;
/// Days after which a request that nobody has seconded counts for nothing.
pub const REQUEST_DAYS: u32 = 30;
/// Days by which a member's clock and ours may differ.
const SLACK_DAYS: i32 = 1;

/// Why a step towards a deletion was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeletionRefusal {
    /// Only members who are readers delete.
    #[error("only readers delete")]
    NotAReader,
    /// No such tip, no such request about it, or the token is not the tip's.
    #[error("no such tip or request")]
    Missing,
    /// The tip was deleted.
    #[error("deleted")]
    Deleted,
    /// The signature is not the caller's over this, or the day is none that it could be.
    #[error("the statement does not hold")]
    BadStatement,
    /// The one who asked cannot say so too, whatever machine they use.
    #[error("the same person")]
    SamePerson,
    /// The request was objected to, is too old, rests on one who reads no longer, or there are as many as there may be.
    #[error("the request counts for nothing")]
    Closed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of a post about a deletion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeletionAnswer {
    /// A step was taken.
    Kept(Kept),
    /// What there is.
    Shown(Deletions),
}

/// Why nothing was noted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadRefusal {
    /// Only members who are readers read.
    #[error("only readers read")]
    NotAReader,
    /// The signature is not the caller's over this, it says more than there is, or a day that is not today.
    #[error("the statement does not hold")]
    BadStatement,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Intake {
    /// Takes one step, from a reader who shows that they hold the tip.
    pub async fn deletion(
        &self,
        caller: &Caller,
        tip: TipId,
        post: &DeletionPost,
    ) -> Result<DeletionAnswer, DeletionRefusal> {
        let version = self.newest_keyring().await?.ok_or(DeletionRefusal::NotAReader)?;
        let member = reader(caller, &version).ok_or(DeletionRefusal::NotAReader)?;
        if CustodyToken(post.token.0).tip_id() != tip {
            return Err(DeletionRefusal::Missing);
        }
        let done = match &post.act {
            DeletionAct::Show => {
                let requests = self.store.deletions_of(tip, &self.genesis).await?;
                return match requests {
                    Some(requests) => Ok(DeletionAnswer::Shown(Deletions { requests })),
                    None => Err(self.why_missing(tip).await?),
                };
            }
            DeletionAct::Ask { nonce, day, signature } => {
                let asked =
                    DeletionAsked { site: self.genesis, tip, member: member.id.clone(), nonce: *nonce, day: *day };
                self.check(&asked, *day, member, signature)?;
                let (hash, member) = (asked.hash(), asked.member);
                let new = NewDeletion { hash, member, nonce: *nonce, day: *day, signature: *signature };
                self.store.ask_deletion(tip, &new).await?
            }
            DeletionAct::Second { request, day, signature } => {
                let said = DeletionSeconded { request: *request, member: member.id.clone(), day: *day };
                self.check(&said, *day, member, signature)?;
                self.check_request(tip, request, member, &version).await?;
                let (member, tag, noticed) = (said.member, notice_tag(&post.token.0, request), self.clock.today());
                let new = NewSecond { request: *request, member, day: *day, signature: *signature, tag, noticed };
                self.store.second_deletion(tip, &new).await?
            }
            DeletionAct::Object { request, day, signature } => {
                let said = DeletionObjected { request: *request, member: member.id.clone(), day: *day };
                self.check(&said, *day, member, signature)?;
                self.store.object_to_deletion(tip, request).await?
            }
        };
        match done {
            DeletionOutcome::Done => Ok(DeletionAnswer::Kept(Kept::Now)),
            DeletionOutcome::DoneBefore => Ok(DeletionAnswer::Kept(Kept::Before)),
            DeletionOutcome::Missing => Err(self.why_missing(tip).await?),
            DeletionOutcome::Closed => Err(DeletionRefusal::Closed),
        }
    }

    async fn why_missing(&self, tip: TipId) -> Result<DeletionRefusal, StoreError> {
        let there = self.store.tip_outcome(tip, self.genesis).await?;
        Ok(if there == Some(TipOutcome::Deleted) { DeletionRefusal::Deleted } else { DeletionRefusal::Missing })
    }

    fn check<S: Statement>(
        &self,
        said: &S,
        day: Day,
        member: &Member,
        signature: &SignatureBytes,
    ) -> Result<(), DeletionRefusal> {
        let is_today = self.clock.today().days_until(day).abs() <= SLACK_DAYS;
        let holds = is_today && said.is_by(&member.key, signature);
        if holds { Ok(()) } else { Err(DeletionRefusal::BadStatement) }
    }

    /// Whether a request can be seconded by this member: it is about this tip, fresh, truly signed by another person who
    /// still reads.
    async fn check_request(
        &self,
        tip: TipId,
        request: &Sha256Hash,
        second: &Member,
        version: &Version,
    ) -> Result<(), DeletionRefusal> {
        let Some(requests) = self.store.deletions_of(tip, &self.genesis).await? else {
            return Err(self.why_missing(tip).await?);
        };
        let record = requests.into_iter().find(|record| record.asked.hash() == *request);
        let record = record.ok_or(DeletionRefusal::Missing)?;
        let first = readers(version).find(|member| member.id == record.asked.member);
        let first = first.ok_or(DeletionRefusal::Closed)?;
        if first.person == second.person {
            return Err(DeletionRefusal::SamePerson);
        }
        let age = record.asked.day.days_until(self.clock.today());
        let is_fresh = i32::try_from(REQUEST_DAYS).is_ok_and(|days| age <= days);
        let is_theirs = record.asked.is_by(&first.key, &record.signature);
        if is_fresh && is_theirs { Ok(()) } else { Err(DeletionRefusal::Closed) }
    }

    /// What every desk is to see coming. Whoever does not hold the tip learns that some tip will go, and not which.
    pub async fn notices(&self, caller: &Caller) -> Result<Notices, ReadRefusal> {
        let Caller::Member { is_reader: true, .. } = caller else {
            return Err(ReadRefusal::NotAReader);
        };
        let last = self.store.last_notice().await?;
        let open = self.store.open_notices().await?;
        let open = open.into_iter().map(|notice| Notice { seq: notice.seq, request: notice.request, tag: notice.tag });
        Ok(Notices { last, open: open.collect() })
    }

    /// Remembers how far an agency has read. Which member said so is forgotten on the spot.
    pub async fn note_read(&self, caller: &Caller, report: &ReadReport) -> Result<(), ReadRefusal> {
        let version = self.newest_keyring().await?.ok_or(ReadRefusal::NotAReader)?;
        let member = reader(caller, &version).ok_or(ReadRefusal::NotAReader)?;
        let ReadReport { tips, notices, day, signature } = report;
        let (tips, notices, day) = (*tips, *notices, *day);
        let said = HasRead { site: self.genesis, member: member.id.clone(), tips, notices, day };
        let there_is = tips <= self.store.last_seq().await? && notices <= self.store.last_notice().await?;
        let is_today = self.clock.today().days_until(day).abs() <= SLACK_DAYS;
        if !(there_is && is_today && said.is_by(&member.key, signature)) {
            return Err(ReadRefusal::BadStatement);
        }
        let keep_from = day.minus(super::junk::JUNK_DAYS);
        let mark = ReadMark { agency: member.agency, day, tips };
        Ok(self.store.note_read(mark, notices, keep_from).await?)
    }

    /// Deletes what is due, bytes and all, and gives how many tips that was. To be called every few minutes.
    pub async fn delete_due(&self) -> Result<u64, StoreError> {
        let Some(version) = self.newest_keyring().await? else { return Ok(0) };
        let (today, mut deleted) = (self.clock.today(), 0);
        for notice in self.store.open_notices().await? {
            let still_read = |id: &String| readers(&version).any(|member| member.id == *id);
            if !notice.members.iter().all(still_read) {
                self.store.drop_notice(&notice.request).await?;
            } else if is_due(&notice, today, &version) && self.store.delete_noticed(notice.seq, today).await? {
                deleted += 1;
            }
        }
        if deleted > 0 {
            self.take_waste_away().await?;
            // Or the next time: until then the journal holds what is gone from the file.
            let _forgotten = self.store.forget_journal().await?;
        }
        Ok(deleted)
    }
}

/// Whether a notice has had its days: by our clock, and for every agency that reads, by its own members' signed days since it
/// first saw it.
fn is_due(notice: &OpenNotice, today: Day, version: &Version) -> bool {
    let has_seen = |agency: AgencyNumber| {
        let seen = notice.seen.iter().find(|(number, ..)| *number == agency);
        seen.is_some_and(|(_, first, last)| *last >= (*first).max(notice.day).plus(NOTICE_DAYS))
    };
    today >= notice.day.plus(NOTICE_DAYS) && reading(version).into_iter().all(has_seen)
}

/// Agencies that have somebody who reads.
pub(super) fn reading(version: &Version) -> BTreeSet<AgencyNumber> {
    readers(version).map(|member| member.agency).collect()
}

fn readers(version: &Version) -> impl Iterator<Item = &Member> {
    version.staff.members.iter().filter(|member| member.roles.contains(&Role::Reader))
}

fn reader<'a>(caller: &Caller, version: &'a Version) -> Option<&'a Member> {
    let Caller::Member { id, is_reader: true, .. } = caller else { return None };
    readers(version).find(|member| member.id == *id)
}
