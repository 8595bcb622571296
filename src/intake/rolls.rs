//! A member's recipient rolls: the next one, by their own word, and their copies of agency keys sealed to it. What is sealed
//! stays sealed here; nobody touches another's.

use super::secrets::is_sealed_key;
use super::{Caller, Intake, Kept, SecretRefusal};
use crate::crypto::keyring::{Version, hash_of};
use crate::crypto::shape;
use crate::crypto::statement::{RecipientRolled, Statement as _};
use crate::model::hex::Sha256Hash;
use crate::store::Outcome;
use crate::wire::{MAX_ROLLS, NewRoll, Rolled, Rolls};

impl Intake {
    /// Takes a reader's next recipient, once, and puts their copies in the place of those that are there.
    pub async fn roll(&self, caller: &Caller, new: &NewRoll) -> Result<Kept, SecretRefusal> {
        let Caller::Member { id, agency, is_reader: true } = caller else {
            return Err(SecretRefusal::NotAllowed);
        };
        if !new.copies.iter().all(|copy| copy.name.agency == *agency && is_sealed_key(&copy.sealed, &copy.name)) {
            return Err(SecretRefusal::Unfit);
        }
        if let Some(rolled) = &new.rolled {
            let version = self.newest_keyring().await?.ok_or(SecretRefusal::NotAllowed)?;
            check(id, rolled, (self.genesis, &version), &self.store.rolls().await?)?;
        }
        match self.store.put_roll(id, new.rolled.as_ref(), &new.copies).await? {
            Outcome::Stored => Ok(Kept::Now),
            Outcome::StoredBefore => Ok(Kept::Before),
            Outcome::Taken => Err(SecretRefusal::Taken),
        }
    }

    /// How members' recipients rolled, for members.
    pub async fn rolls(&self, caller: &Caller) -> Result<Rolls, SecretRefusal> {
        match caller {
            Caller::Member { .. } => Ok(self.store.rolls().await?),
            Caller::Admin { .. } | Caller::Recovery { .. } | Caller::Founder { .. } => Err(SecretRefusal::NotAllowed),
        }
    }
}

/// It follows the last, and is the member's own word; or it is there already.
fn check(
    id: &str,
    rolled: &Rolled,
    (site, version): (Sha256Hash, &Version),
    stored: &Rolls,
) -> Result<(), SecretRefusal> {
    let member = version.staff.members.iter().find(|member| member.id == id).ok_or(SecretRefusal::NotAllowed)?;
    let known = stored.members.iter().find(|known| known.member == id).map_or(&[][..], |known| &known.rolls);
    let at = rolled.number.checked_sub(1).filter(|at| *at < MAX_ROLLS).ok_or(SecretRefusal::Unfit)?;
    let at = usize::try_from(at).map_err(|_| SecretRefusal::Unfit)?;
    if at > known.len() || !shape::is_hybrid_recipient(&rolled.recipient) {
        return Err(SecretRefusal::Unfit);
    }
    let before = at.checked_sub(1).map_or_else(|| hash_of(&member.recipient), |last| known[last].recipient);
    let recipient = hash_of(&rolled.recipient);
    if known.get(at).is_some_and(|there| there.recipient != recipient) {
        return Err(SecretRefusal::Taken);
    }
    let said = RecipientRolled { site, member: id.to_owned(), number: rolled.number, before, recipient };
    if said.is_by(&member.key, &rolled.signature) { Ok(()) } else { Err(SecretRefusal::BadSignature) }
}
