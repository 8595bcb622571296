//! A version by which recovery admins replace admins who are lost: what it may change, and how long everyone sees it coming.

use super::{KeyringError, Public, Recovery, SignedVersion, Staff, Version};
use crate::crypto::sign::{Purpose, verifies};
use crate::model::day::Day;
use std::collections::BTreeMap;

/// The fewest days for which everyone can see it coming. In code, not in policy.
pub const MIN_RECOVERY_DAYS: u32 = 7;

impl Recovery {
    /// Days for which everyone can see it coming.
    pub fn days(&self) -> u32 {
        self.delay_days.max(MIN_RECOVERY_DAYS)
    }
}

impl Public {
    /// Whether recovery admins of this version signed that one. It may still lack signatures, or break a rule.
    pub fn is_recovered_by(&self, signed: &SignedVersion) -> bool {
        signed.signatures.iter().any(|by| {
            let mut admins = self.recovery.admins.iter();
            admins.any(|admin| {
                admin.id == by.admin && verifies(&admin.key, Purpose::Recovery, signed.public.as_bytes(), &by.signature)
            })
        })
    }

    /// The last day on which one that counts from `issued` on may be shown first.
    pub fn shown_by(&self, issued: Day) -> Day {
        issued.minus(self.recovery.days())
    }
}

/// Only the admins are others, and no living admin has published anything for as long as the delay is.
pub(super) fn check(before: &Version, after: &Version) -> Result<(), KeyringError> {
    let (old, new) = (&before.public, &after.public);
    let first_day = old.issued.plus(old.recovery.days());
    if new.issued < first_day {
        return Err(KeyringError::RecoveredTooSoon(first_day));
    }
    let with_other_admins = Public {
        version: new.version,
        previous: new.previous,
        issued: new.issued,
        expires: new.expires,
        admins: new.admins.clone(),
        pages: BTreeMap::new(),
        staff: new.staff,
        ..old.clone()
    };
    let with_other_salt = Staff { salt: after.staff.salt, ..before.staff.clone() };
    let is_all = *new == with_other_admins && after.staff == with_other_salt;
    if is_all { Ok(()) } else { Err(KeyringError::RecoveredMore) }
}
