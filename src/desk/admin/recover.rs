//! What recovery admins do, whose keys lie in a safe: together they put new admins in the place of lost ones. It is in everyone's
//! sight for as many days as the keyring says, and the admins stop it by publishing anything at all.

use super::{AdminError, Standing, freeze, standing};
use crate::crypto::keyring::{Admin, Draft, Public, SignedVersion, Version, verify_next};
use crate::desk::client::{Client, Sent};
use crate::desk::identity::Identity;
use crate::model::day::Day;

/// Days in which recovery admins can sign and propose what one of them has fixed.
const SIGNING_DAYS: u32 = 7;

/// Names the recovery admins, in place of those that may be there.
pub fn name(draft: &mut Draft, admins: Vec<Admin>, threshold: u32, delay_days: u32) -> Result<(), AdminError> {
    if let Some(admin) = admins.iter().find(|admin| usize::from(admin.agency.0) >= draft.public.agencies.len()) {
        return Err(AdminError::NoAgency(admin.agency));
    }
    let recovery = &mut draft.public.recovery;
    (recovery.admins, recovery.threshold, recovery.delay_days) = (admins, threshold, delay_days);
    Ok(())
}

/// Whether whoever has this id signs what replaces admins, and nothing else.
pub fn signs_as_recovery_admin(public: &Public, id: &str) -> bool {
    let is_among = |admins: &[Admin]| admins.iter().any(|admin| admin.id == id);
    is_among(&public.recovery.admins) && !is_among(&public.admins)
}

/// Fixes the documents: they count when their days to be signed and their delay are over, and are good for as long as the
/// draft was.
pub fn fix(mut draft: Draft, before: &Version, today: Day) -> SignedVersion {
    let days = draft.public.issued.days_until(draft.public.expires);
    let delay = before.public.recovery.days();
    let public = &mut draft.public;
    public.issued = today.plus(SIGNING_DAYS).max(before.public.issued).plus(delay);
    public.expires = public.issued.plus(days.try_into().unwrap_or_default());
    public.pages.clear();
    freeze(draft)
}

/// Adds this recovery admin's signature, after making sure that the version keeps every rule.
pub fn sign(version: &mut SignedVersion, before: &Version, identity: &Identity) -> Result<Standing, AdminError> {
    let number = before.public.version;
    let admin = before.recovery_admin(&identity.public_key()).ok_or(AdminError::NotARecoveryAdmin(number))?;
    let mut signed = version.clone();
    signed.add_recovery_signature(&admin.id, &identity.signing);
    let standing = standing(&signed, Some(before))?;
    *version = signed;
    Ok(standing)
}

/// Has the server show a complete version from now on.
pub async fn propose(client: &Client, version: &SignedVersion, before: &Version) -> Result<Sent, AdminError> {
    verify_next(before, version)?;
    Ok(client.propose(version).await?)
}
