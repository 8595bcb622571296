//! Canaries as a desk knows them: which tips are, what each agency has said of them, and which agency has been silent for
//! too long. A tip whose mark does not hold is an ordinary tip.

use super::chain::Chain;
use super::client::{Client, ClientError};
use super::files::{self, FileError};
use super::notices;
use super::profile::Profile;
use crate::crypto::canary::Mark;
use crate::crypto::file;
use crate::crypto::hybrid::HybridIdentity;
use crate::crypto::keyring::{Agency, Version};
use crate::crypto::letter::Letter;
use crate::crypto::statement::{CanaryOpened, Statement as _};
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::{Sha256Hash, VerifyingKeyBytes};
use crate::model::tip::TipId;
use crate::wire::{CANARY_DAYS, CanaryRecord, CanaryWord};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

const DAY: u64 = 86_400;
/// Seconds after which an agency that has not said that it opened a canary has been silent for too long.
pub const OVERDUE_AFTER: u64 = DAY;
/// Days for which a canary counts: less than words about it are kept.
const COUNTS_DAYS: u64 = CANARY_DAYS as u64 - 2;
/// How many days the time of a mark may lie from the day on which it came.
const MARK_DAYS: i32 = 1;
const FILE_NAME: &str = "canaries.age";
const MAX_BYTES: u64 = 1 << 20;

/// A canary that this desk has opened or sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownCanary {
    /// The tip that it came in.
    pub tip: TipId,
    /// By what agencies name it.
    pub hash: Sha256Hash,
    /// When it was made, in seconds since 1970.
    pub at: u64,
    /// Who made it.
    pub by: String,
    /// To whom it was sealed.
    pub readers: Vec<AgencyNumber>,
}

/// An agency from which no word about any canary is newer than yesterday's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// Which.
    pub agency: AgencyNumber,
    /// The day of its last word; none where there is none any more.
    pub last: Option<Day>,
}

/// Why it is not known, here or elsewhere, which canaries have arrived.
#[derive(Debug, thiserror::Error)]
pub enum CanaryError {
    /// What agencies said cannot be had.
    #[error("the server does not say which canaries have arrived: {0}")]
    List(ClientError),
    /// Our own word was not taken.
    #[error("the server does not take the word that a canary has arrived here: {0}")]
    Word(ClientError),
}

/// One canary and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flight {
    /// Which.
    pub canary: KnownCanary,
    /// For each agency that it was for, the day of its word.
    pub opened: BTreeMap<AgencyNumber, Option<Day>>,
}

/// Whose marks count: those of members and admins of the newest keyring.
pub struct Signers {
    site: Sha256Hash,
    keys: Vec<(String, VerifyingKeyBytes)>,
}

impl Signers {
    /// Of one version.
    pub fn of(site: Sha256Hash, version: &Version) -> Self {
        let members = version.staff.members.iter().map(|member| (member.id.clone(), member.key));
        let admins = version.public.admins.iter().map(|admin| (admin.id.clone(), admin.key));
        Self { site, keys: members.chain(admins).collect() }
    }

    /// The canary that a letter is which came on this day; none where it is a tip. A mark of another day is none: one of the time to
    /// come would be the newest for as long as its maker likes, and with it no agency would ever be silent.
    pub fn canary(&self, letter: &Letter, day: Day) -> Option<KnownCanary> {
        let mark = Mark::of(letter)?;
        let marked = notices::today(mark.at);
        if marked.days_until(day).abs() > MARK_DAYS {
            return None;
        }
        let mut named = self.keys.iter().filter(|(id, _)| *id == mark.by);
        let holds = named.any(|(_, key)| mark.is_by(self.site, letter.id, key));
        holds.then(|| KnownCanary {
            tip: letter.id,
            hash: mark.hash(),
            at: mark.at,
            by: mark.by,
            readers: letter.readers.clone(),
        })
    }
}

/// Who says for their agency that a canary came.
pub struct Opener<'a> {
    /// Genesis of the site.
    pub site: Sha256Hash,
    /// Their id.
    pub member: &'a str,
    /// Their agency.
    pub agency: AgencyNumber,
    /// Their key.
    pub key: &'a SigningKey,
    /// Today, here.
    pub today: Day,
}

impl Opener<'_> {
    /// The word for one canary.
    pub fn word(&self, canary: Sha256Hash) -> CanaryWord {
        let Self { site, member, agency, key, today } = *self;
        let said = CanaryOpened { site, canary, agency, member: member.to_owned(), day: today };
        CanaryWord { canary, day: today, signature: said.sign(key) }
    }

    /// Says of each canary that is new at the server that it came here, and gives what all agencies have said by then, and
    /// what of this could not be said.
    pub async fn tend(
        &self,
        client: &Client,
        opened: &[KnownCanary],
        now: u64,
    ) -> Result<(Vec<CanaryRecord>, Option<CanaryError>), CanaryError> {
        let mut records = client.canaries().await.map_err(CanaryError::List)?.opened;
        let mut unsaid = None;
        for canary in opened.iter().filter(|canary| counts(canary, now)) {
            let is_said = |record: &CanaryRecord| record.agency == self.agency && record.word.canary == canary.hash;
            if records.iter().any(is_said) {
                continue;
            }
            let word = self.word(canary.hash);
            match client.note_canary(&word).await {
                Ok(_) => records.push(CanaryRecord { agency: self.agency, member: self.member.to_owned(), word }),
                Err(error) => unsaid = Some(CanaryError::Word(error)),
            }
        }
        Ok((records, unsaid))
    }
}

const fn counts(canary: &KnownCanary, now: u64) -> bool {
    let is_of_then = canary.at <= now.saturating_add(2 * DAY);
    is_of_then && now.saturating_sub(canary.at) < COUNTS_DAYS * DAY
}

/// Words that a member of the agency has truly signed, at some time of the site.
pub fn true_words(records: Vec<CanaryRecord>, chain: &Chain) -> Vec<CanaryRecord> {
    let mut members = BTreeMap::new();
    let mut is_true = |record: &CanaryRecord| {
        let member = members.entry(record.member.clone()).or_insert_with(|| chain.member_ever(&record.member));
        member
            .as_ref()
            .is_some_and(|member| member.agency == record.agency && record.is_by(*chain.genesis(), &member.key))
    };
    records.into_iter().filter(|record| is_true(record)).collect()
}

/// Canaries that count, the newest first, each once, with what true words say of it.
pub fn flights(canaries: &[KnownCanary], words: &[CanaryRecord], now: u64) -> Vec<Flight> {
    let by_hash: BTreeMap<Sha256Hash, &KnownCanary> =
        canaries.iter().filter(|canary| counts(canary, now)).map(|canary| (canary.hash, canary)).collect();
    let day_of = |canary: &KnownCanary, agency: AgencyNumber| {
        let is_it = |word: &&CanaryRecord| word.agency == agency && word.word.canary == canary.hash;
        words.iter().find(is_it).map(|word| word.word.day)
    };
    let flight = |canary: &KnownCanary| {
        let opened = canary.readers.iter().map(|agency| (*agency, day_of(canary, *agency))).collect();
        Flight { canary: canary.clone(), opened }
    };
    let mut flights: Vec<Flight> = by_hash.into_values().map(flight).collect();
    flights.sort_by_key(|flight| std::cmp::Reverse(flight.canary.at));
    flights
}

/// Agencies of the form that have said nothing of a canary for more than a day, nor of any later one; and when it was sent.
pub fn silent(flights: &[Flight], version: &Version, now: u64) -> Vec<(AgencyNumber, u64)> {
    let of = |agency: &Agency| {
        let number = agency.number;
        let late = flights.iter().find(|flight| {
            flight.opened.contains_key(&number) && now.saturating_sub(flight.canary.at) >= OVERDUE_AFTER
        })?;
        let has_said =
            |flight: &Flight| flight.canary.at >= late.canary.at && matches!(flight.opened.get(&number), Some(Some(_)));
        (!flights.iter().any(has_said)).then_some((number, late.canary.at))
    };
    version.offered().filter_map(of).collect()
}

/// Since when the form offers each agency that it offers now, by all versions there were.
pub fn offered_since(versions: impl Iterator<Item = Version>) -> BTreeMap<AgencyNumber, Day> {
    let mut since = BTreeMap::new();
    for version in versions {
        let offered: BTreeSet<AgencyNumber> = version.offered().map(|agency| agency.number).collect();
        since.retain(|number, _| offered.contains(number));
        for number in offered {
            since.entry(number).or_insert(version.public.issued);
        }
    }
    since
}

/// Agencies that say of no canary any more that it came, whoever sent them: of one that reaches nobody only its sender knows, so
/// that the others go by what is missing. Nobody where canaries are not in use: no word about one, and none known here.
pub fn quiet(
    known: &[KnownCanary],
    words: &[CanaryRecord],
    offered_since: &BTreeMap<AgencyNumber, Day>,
    today: Day,
) -> Vec<Quiet> {
    let days = words.iter().map(|word| (word.agency, word.word.day)).filter(|(_, day)| *day <= today.plus(1));
    let days: Vec<_> = days.collect();
    let known = known.iter().map(|canary| notices::today(canary.at));
    let Some(began) = known.chain(days.iter().map(|(_, day)| *day)).min() else { return Vec::new() };
    let of = |(agency, offered): (&AgencyNumber, &Day)| {
        let last = days.iter().filter(|(by, _)| by == agency).map(|(_, day)| *day).max();
        let since = last.unwrap_or_else(|| began.max(*offered));
        is_quiet(since, today).then_some(Quiet { agency: *agency, last })
    };
    offered_since.iter().filter_map(of).collect()
}

/// Whether a day is further back than yesterday.
pub const fn is_quiet(last: Day, today: Day) -> bool {
    last.days_until(today) > 1
}

/// What this machine has sent; nothing where that cannot be read, since it only serves to be told of silence.
pub fn sent(profile: &Profile, device: &HybridIdentity) -> Vec<KnownCanary> {
    let sealed = files::read(&path(profile), MAX_BYTES).ok();
    let text = sealed.and_then(|sealed| file::open(device, &sealed).ok());
    text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
}

/// Remembers one that was sent, and forgets those that no longer count.
pub fn remember(profile: &Profile, device: &HybridIdentity, canary: KnownCanary, now: u64) -> Result<(), FileError> {
    let mut all = sent(profile, device);
    all.retain(|known| counts(known, now));
    all.push(canary);
    let text = serde_json::to_vec(&all).expect("strings and numbers always serialize");
    files::replace(&path(profile), &file::seal(&device.to_recipient(), &text))
}

fn path(profile: &Profile) -> PathBuf {
    profile.dir().join(FILE_NAME)
}

#[cfg(test)]
#[path = "canary/tests.rs"]
mod tests;
