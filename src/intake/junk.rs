//! Junk: tips that nobody kept although every agency has had its days with them. Two admins of two agencies purge it, after
//! they looked at the list of what would go; exactly what they signed goes, or nothing.

use super::deletion::reading;
use super::{Caller, Intake, Kept};
use crate::crypto::keyring::{Admin, Agency, AgencyStatus, Version};
use crate::crypto::statement::{PurgeSeconded, Statement};
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::SignatureBytes;
use crate::store::{FoundJunk, ReadMark, StoreError};
use crate::wire::{AgencyReading, Junk, PurgePost, PurgeRecord, Purged};
use std::collections::BTreeSet;

/// Days that every agency has with a tip before it can be junk.
pub const JUNK_DAYS: u32 = 30;
/// Days after which a request that nobody has seconded counts for nothing.
const REQUEST_DAYS: i32 = 7;
/// Days by which an admin's clock and ours may differ.
const SLACK_DAYS: i32 = 1;

/// Why nothing was purged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PurgeRefusal {
    /// Only admins purge, and only while they stand in the newest keyring.
    #[error("only admins purge")]
    NotAnAdmin,
    /// The signature is not the caller's over this, or the day is none that it could be.
    #[error("the statement does not hold")]
    BadStatement,
    /// The second admin is the first, or of the same agency.
    #[error("not two admins of two agencies")]
    NotTwo,
    /// There is no such request, or none that counts.
    #[error("no such request")]
    Missing,
    /// Junk is not, or is no longer, what the request names.
    #[error("the set has changed")]
    OtherSet,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of a post about junk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PurgeAnswer {
    /// The request waits for a second admin.
    Asked(Kept),
    /// It was done.
    Purged(Purged),
}

impl Intake {
    /// What a purge would take now, and what it would leave. Changes nothing.
    pub async fn junk(&self, caller: &Caller) -> Result<Junk, PurgeRefusal> {
        let Caller::Admin { .. } = caller else { return Err(PurgeRefusal::NotAnAdmin) };
        let version = self.newest_keyring().await?.ok_or(PurgeRefusal::NotAnAdmin)?;
        let marks = self.store.read_marks().await?;
        let agencies = readings(&marks, &version, self.clock.today());
        let FoundJunk { through, list, bytes, later, kept } = self.store.junk(ripe(&agencies)).await?;
        let requests = self.store.purge_requests(&self.genesis).await?;
        Ok(Junk { through, list, bytes, kept, waiting: later, agencies, requests })
    }

    /// Asks for a purge, or seconds one and does it.
    pub async fn purge(&self, caller: &Caller, post: &PurgePost) -> Result<PurgeAnswer, PurgeRefusal> {
        let Caller::Admin { id } = caller else { return Err(PurgeRefusal::NotAnAdmin) };
        let version = self.newest_keyring().await?.ok_or(PurgeRefusal::NotAnAdmin)?;
        let admin = version.public.admins.iter().find(|admin| admin.id == *id).ok_or(PurgeRefusal::NotAnAdmin)?;
        match post {
            PurgePost::Ask(record) => self.ask_purge(admin, record, &version).await,
            PurgePost::Second { request, day, signature } => {
                let said = PurgeSeconded { request: *request, admin: admin.id.clone(), day: *day };
                self.check_admin(&said, *day, admin, signature)?;
                let requests = self.store.purge_requests(&self.genesis).await?;
                let record = requests.into_iter().find(|record| record.asked.hash() == *request);
                let PurgeRecord { asked, signature } = record.ok_or(PurgeRefusal::Missing)?;
                let first = version.public.admins.iter().find(|first| first.id == asked.admin);
                let first = first.filter(|first| asked.is_by(&first.key, &signature)).ok_or(PurgeRefusal::Missing)?;
                let today = self.clock.today();
                if asked.day.days_until(today) > REQUEST_DAYS {
                    return Err(PurgeRefusal::Missing);
                }
                if first.id == admin.id || first.agency == admin.agency || first.key == admin.key {
                    return Err(PurgeRefusal::NotTwo);
                }
                if asked.through > ripe(&readings(&self.store.read_marks().await?, &version, today)) {
                    return Err(PurgeRefusal::OtherSet);
                }
                let tips = self.store.purge_junk(request, &asked, today).await?.ok_or(PurgeRefusal::OtherSet)?;
                // Or within minutes, both: until then the bytes of files lie there, and the journal holds what is gone from the database.
                let _taken_away = self.take_waste_away().await;
                let _forgotten = self.store.forget_journal().await?;
                Ok(PurgeAnswer::Purged(Purged { tips }))
            }
        }
    }

    async fn ask_purge(
        &self,
        admin: &Admin,
        record: &PurgeRecord,
        version: &Version,
    ) -> Result<PurgeAnswer, PurgeRefusal> {
        let PurgeRecord { asked, signature } = record;
        if asked.site != self.genesis || asked.admin != admin.id {
            return Err(PurgeRefusal::BadStatement);
        }
        self.check_admin(asked, asked.day, admin, signature)?;
        let ripe = ripe(&readings(&self.store.read_marks().await?, version, self.clock.today()));
        let is_this = asked.through <= ripe && asked.tips > 0 && self.store.junk(asked.through).await?.is_what(asked);
        if !is_this {
            return Err(PurgeRefusal::OtherSet);
        }
        self.store.ask_purge(&asked.hash(), record).await?;
        Ok(PurgeAnswer::Asked(Kept::Now))
    }

    fn check_admin<S: Statement>(
        &self,
        said: &S,
        day: Day,
        admin: &Admin,
        signature: &SignatureBytes,
    ) -> Result<(), PurgeRefusal> {
        let is_today = self.clock.today().days_until(day).abs() <= SLACK_DAYS;
        if is_today && said.is_by(&admin.key, signature) { Ok(()) } else { Err(PurgeRefusal::BadStatement) }
    }
}

/// How far each agency has come that reads, or that a tip can be sealed to: one that has nobody just now, and will have
/// somebody again, holds up the purge of what may be its tips. Its days count by our clock and by its members' signed days.
fn readings(marks: &[ReadMark], version: &Version, today: Day) -> Vec<AgencyReading> {
    let is_offered = |agency: &&Agency| agency.status == AgencyStatus::Open && agency.recipient.is_some();
    let can_be_sealed_to = version.public.agencies.iter().filter(is_offered);
    let mut agencies: BTreeSet<AgencyNumber> = can_be_sealed_to.map(|agency| agency.number).collect();
    agencies.extend(reading(version));
    let of = |agency: AgencyNumber| {
        let own = || marks.iter().filter(move |mark| mark.agency == agency);
        let day = own().map(|mark| mark.day).max();
        let is_ripe = |mark: &&ReadMark| day.is_some_and(|last| mark.day.plus(JUNK_DAYS) <= last.min(today));
        let through = own().filter(is_ripe).map(|mark| mark.tips).max().unwrap_or(0);
        AgencyReading { agency, through, read: own().map(|mark| mark.tips).max().unwrap_or(0), day }
    };
    agencies.into_iter().map(of).collect()
}

/// The last number of the list with which all of them have had their days.
fn ripe(agencies: &[AgencyReading]) -> u64 {
    agencies.iter().map(|agency| agency.through).min().unwrap_or(0)
}
