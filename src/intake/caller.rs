//! Who may use the staff door, by signing key, under the newest keyring.

use super::Intake;
use crate::crypto::keyring::Role;
use crate::model::agency::AgencyNumber;
use crate::model::hex::VerifyingKeyBytes;
use crate::store::StoreError;

/// Someone whose key the keyring names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// A person of an agency.
    Member {
        /// Their id.
        id: String,
        /// Their agency.
        agency: AgencyNumber,
        /// Whether they may fetch tips.
        is_reader: bool,
    },
    /// One who signs the keyring.
    Admin {
        /// Their id.
        id: String,
    },
    /// One who may replace admins who are lost.
    Recovery {
        /// Their id.
        id: String,
    },
    /// Anyone, while there is no keyring: they may publish version 0 when it names this key as an admin's.
    Founder {
        /// The key that signed the request.
        key: VerifyingKeyBytes,
    },
}

impl Intake {
    /// Whose key this is, or none. Asks the store for the newest version, so that a revocation counts at once.
    pub async fn caller(&self, key: &VerifyingKeyBytes) -> Result<Option<Caller>, StoreError> {
        let Some(version) = self.newest_keyring().await? else {
            return Ok(Some(Caller::Founder { key: *key }));
        };
        if let Some(member) = version.member(key) {
            let is_reader = member.roles.contains(&Role::Reader);
            return Ok(Some(Caller::Member { id: member.id.clone(), agency: member.agency, is_reader }));
        }
        if let Some(admin) = version.admin(key) {
            return Ok(Some(Caller::Admin { id: admin.id.clone() }));
        }
        Ok(version.recovery_admin(key).map(|admin| Caller::Recovery { id: admin.id.clone() }))
    }
}
