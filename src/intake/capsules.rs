//! An agency's capsules, sealed again to its newer key. The new ones lie beside the old until somebody else of the agency
//! has checked them; all of them are listed to every reader of the agency, whatever opens.

use super::{Caller, Intake};
use crate::crypto::keyring::{GRACE_DAYS, Public, SignedVersion, Version};
use crate::crypto::shape::{self, CAPSULE_LEN, CAPSULE_PLAIN_LEN};
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::store::{Below, CapsuleList, ListedCapsule, ListedSealing, NewSealing, ReplaceRule, StoreError};
use crate::wire::{CapsulePlace, CheckedCapsules, EpochUse, Epochs, MAX_RESEALED, RESEAL_GRACE_DAYS, Replaced, Reseal};
use futures_util::stream::{Stream, try_unfold};
use std::sync::Arc;

/// Why capsules were not given or taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CapsulesRefusal {
    /// Only readers of an agency have to do with its capsules.
    #[error("only readers seal capsules again")]
    NotAReader,
    /// Not so many capsules as places, too many, or not of the form of a capsule.
    #[error("not one capsule for each place")]
    Unfit,
    /// The agency's key is another one than they say.
    #[error("not sealed to the agency's newest key")]
    OtherEpoch,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A piece of a list of capsules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListedCapsules {
    /// Some of them.
    Capsules(Vec<ListedCapsule>),
    /// Nothing follows. How many there were.
    End(u64),
}

/// A piece of the list of what was sealed again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListedSealings {
    /// Some of it, ascending.
    Sealings(Vec<ListedSealing>),
    /// Nothing follows. The last number that was ever given.
    End(u64),
}

/// A reader, their agency and its newest key.
struct Reader {
    id: String,
    agency: AgencyNumber,
    epoch: u32,
    version: Arc<Version>,
}

impl Intake {
    /// Every capsule of the caller's agency that may be sealed to an older key than its newest, and where `all` is asked for every
    /// other, too, whatever the tip says that it was sealed to; without those that the caller has sealed again already. With
    /// all of them, whatever they hold, nobody can tell by the list which open.
    pub async fn capsules(
        self: Arc<Self>,
        caller: &Caller,
        all: bool,
    ) -> Result<impl Stream<Item = Result<ListedCapsules, StoreError>> + use<>, CapsulesRefusal> {
        let Reader { id, agency, epoch, .. } = self.reader(caller).await?;
        let below = below(&self.documents().await?, agency, if all { epoch + 1 } else { epoch });
        let start = Some((CapsuleList::OfTips, 0, 0_u64));
        Ok(try_unfold(start, move |place| {
            let (intake, author) = (Arc::clone(&self), id.clone());
            async move {
                let Some((list, after, count)) = place else { return Ok(None) };
                let page = intake.store.capsules_below(list, after, below, (&author, epoch)).await?;
                let count = count + page.len() as u64;
                Ok(Some(match (page.last().map(|last| last.seq), list) {
                    (Some(seq), _) => (ListedCapsules::Capsules(page), Some((list, seq, count))),
                    (None, CapsuleList::OfTips) => {
                        (ListedCapsules::Capsules(page), Some((CapsuleList::OfReferrals, 0, count)))
                    }
                    (None, CapsuleList::OfReferrals) => (ListedCapsules::End(count), None),
                }))
            }
        }))
    }

    /// Takes capsules that the caller has sealed again, for their own agency only. `sealed` are the bytes after the line.
    pub async fn put_sealed_again(&self, caller: &Caller, line: &Reseal, sealed: &[u8]) -> Result<(), CapsulesRefusal> {
        let Reader { id, agency, epoch, .. } = self.reader(caller).await?;
        if line.epoch != epoch || epoch == 0 {
            return Err(CapsulesRefusal::OtherEpoch);
        }
        let count = line.capsules.len();
        let is_whole = count <= MAX_RESEALED && sealed.len() == count * CAPSULE_LEN;
        let pieces: Vec<_> = sealed.chunks(CAPSULE_LEN).collect();
        let fits = is_whole && pieces.iter().all(|piece| shape::check(piece, CAPSULE_PLAIN_LEN).is_ok());
        if !fits {
            return Err(CapsulesRefusal::Unfit);
        }
        let capsules = line.capsules.iter().zip(pieces).map(|(about, sealed)| {
            (CapsulePlace { tip: about.tip, referral: about.referral }, about.signature, sealed.to_vec())
        });
        let capsules = capsules.collect();
        let new = NewSealing { agency, epoch, author: id, day: self.clock.today(), capsules };
        Ok(self.store.put_sealed_again(&new).await?)
    }

    /// What readers of the caller's agency have sealed again and nobody has checked, above this number.
    pub async fn sealed_again_after(
        self: Arc<Self>,
        caller: &Caller,
        after: u64,
    ) -> Result<impl Stream<Item = Result<ListedSealings, StoreError>> + use<>, CapsulesRefusal> {
        let Reader { agency, .. } = self.reader(caller).await?;
        Ok(try_unfold(Some(after), move |seen| {
            let intake = Arc::clone(&self);
            async move {
                let Some(seen) = seen else { return Ok(None) };
                let page = intake.store.sealed_again_after(agency, seen).await?;
                Ok(Some(match page.last().map(|last| last.seq) {
                    Some(last) => (ListedSealings::Sealings(page), Some(last)),
                    None => (ListedSealings::End(intake.store.last_sealed_again().await?), None),
                }))
            }
        }))
    }

    /// Takes a second person's word for capsules that a colleague has sealed again: they take the place of the old ones. The
    /// one person of an agency may say it of their own after some days.
    pub async fn replace_capsules(
        &self,
        caller: &Caller,
        CheckedCapsules { checked }: &CheckedCapsules,
    ) -> Result<Replaced, CapsulesRefusal> {
        let Reader { id, agency, epoch, version } = self.reader(caller).await?;
        if checked.len() > MAX_RESEALED {
            return Err(CapsulesRefusal::Unfit);
        }
        let members = || version.staff.members.iter().filter(|member| member.agency == agency);
        let person = members().find(|member| member.id == id).map(|member| member.person.clone());
        let own = members().filter(|member| Some(&member.person) == person.as_ref()).map(|member| member.id.clone());
        let has_one = version.public.agencies.get(usize::from(agency.0)).is_some_and(|agency| agency.one_member);
        let own_until = has_one.then(|| self.clock.today().minus(RESEAL_GRACE_DAYS));
        let rule = ReplaceRule { agency, epoch, own: own.collect(), own_until };
        Ok(Replaced { replaced: self.store.replace_capsules(&rule, checked).await? })
    }

    /// How many tips still need which of the agency's keys.
    pub async fn epochs(&self, caller: &Caller) -> Result<Epochs, CapsulesRefusal> {
        let Reader { agency, epoch, .. } = self.reader(caller).await?;
        let documents = self.documents().await?;
        let mut epochs = Vec::new();
        for number in 1..=epoch {
            epochs.push(self.epoch_use(&documents, agency, number).await?);
        }
        let unchecked = self.store.count_sealed_again(agency, epoch).await?;
        Ok(Epochs { agency, epochs, unchecked })
    }

    /// What needs one key of an agency.
    async fn epoch_use(&self, documents: &[Public], agency: AgencyNumber, epoch: u32) -> Result<EpochUse, StoreError> {
        let through = self.store.count_capsules_below(below(documents, agency, epoch + 1)).await?;
        // What came before the first key counts as sealed to it: nobody says otherwise.
        let before = match epoch {
            0 | 1 => 0,
            _ => self.store.count_capsules_below(below(documents, agency, epoch)).await?,
        };
        let named = documents.iter().filter(|version| epoch_in(version, agency) == epoch);
        let sealed_until = named.map(|version| version.expires.plus(GRACE_DAYS)).max();
        Ok(EpochUse { epoch, tips: through.saturating_sub(before), sealed_until })
    }

    /// The public documents of all versions there have been.
    pub(super) async fn documents(&self) -> Result<Vec<Public>, StoreError> {
        let read = |text: &String| {
            let signed: SignedVersion = serde_json::from_str(text).ok()?;
            serde_json::from_str(&signed.public).ok()
        };
        let documents = self.store.keyring_versions_from(0).await?;
        documents.iter().map(|text| read(text).ok_or(StoreError::Damaged)).collect()
    }

    async fn reader(&self, caller: &Caller) -> Result<Reader, CapsulesRefusal> {
        let Caller::Member { id, agency, is_reader: true } = caller else {
            return Err(CapsulesRefusal::NotAReader);
        };
        let version = self.newest_keyring().await?.ok_or(CapsulesRefusal::NotAReader)?;
        let epoch = epoch_in(&version.public, *agency);
        Ok(Reader { id: id.clone(), agency: *agency, epoch, version })
    }

    /// Whether a key of an agency may be destroyed by `today`.
    pub(super) async fn is_unneeded(&self, agency: AgencyNumber, epoch: u32, today: Day) -> Result<bool, StoreError> {
        let EpochUse { tips, sealed_until, .. } = self.epoch_use(&self.documents().await?, agency, epoch).await?;
        Ok(tips == 0 && sealed_until.is_none_or(|until| until < today))
    }
}

pub(super) fn below(documents: &[Public], agency: AgencyNumber, epoch: u32) -> Below {
    let first = documents.iter().find(|version| epoch_in(version, agency) >= epoch);
    // No version has it yet: then everything that is stored is below it.
    Below { agency, epoch, version: first.map_or(i32::MAX.unsigned_abs(), |version| version.version) }
}

pub(super) fn epoch_in(version: &Public, agency: AgencyNumber) -> u32 {
    version.agencies.get(usize::from(agency.0)).map_or(0, |agency| agency.epoch)
}
