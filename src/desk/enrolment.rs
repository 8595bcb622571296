//! An enrolment: the public half of someone's new keys, which they hand to the admins. Its words let both sides make sure
//! over the telephone that it is the same one.

use super::files::{self, FileError};
use super::identity::Identity;
use crate::crypto::keyring::{Admin, Member, Role, hash_of, prove_admin, prove_member, words_of};
use crate::crypto::sign::canonical;
use crate::model::agency::AgencyNumber;
use crate::model::hex::Hex;
use serde::{Deserialize, Serialize};
use std::path::Path;

const MAX_BYTES: u64 = 16 * 1024;

/// Who wants to be in the keyring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Enrolment {
    /// Someone who signs and reads nothing.
    Admin(Admin),
    /// Someone who reads.
    Member(Member),
}

/// Why an enrolment file is of no use.
#[derive(Debug, thiserror::Error)]
pub enum EnrolmentError {
    /// The file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file is not an enrolment.
    #[error("the file is not an enrolment")]
    Malformed,
    /// The other kind is needed here.
    #[error("{0:?} is enrolled as {1}, which does not fit here")]
    OtherKind(String, &'static str),
}

impl Enrolment {
    /// An admin's, with the proof that `identity` holds the key.
    pub fn of_admin(identity: &Identity, id: &str, agency: AgencyNumber) -> Self {
        let proof = prove_admin(&identity.signing, id, agency);
        Self::Admin(Admin { id: id.to_owned(), agency, key: identity.public_key(), proof })
    }

    /// A member's, with the proof that `identity` holds the key.
    pub fn of_member(identity: &Identity, id: &str, person: &str, agency: AgencyNumber) -> Self {
        let mut member = Member {
            id: id.to_owned(),
            person: person.to_owned(),
            agency,
            roles: vec![Role::Reader],
            key: identity.public_key(),
            recipient: identity.recipient(),
            proof: Hex([0; 64]),
        };
        member.proof = prove_member(&identity.signing, &member);
        Self::Member(member)
    }

    /// Twelve words that stand for exactly this enrolment.
    pub fn words(&self) -> String {
        words_of(&hash_of(&canonical(self)))
    }

    /// The id that it asks for.
    pub fn id(&self) -> &str {
        match self {
            Self::Admin(admin) => &admin.id,
            Self::Member(member) => &member.id,
        }
    }

    /// The admin in it.
    pub fn into_admin(self) -> Result<Admin, EnrolmentError> {
        match self {
            Self::Admin(admin) => Ok(admin),
            Self::Member(member) => Err(EnrolmentError::OtherKind(member.id, "a member")),
        }
    }

    /// The member in it.
    pub fn into_member(self) -> Result<Member, EnrolmentError> {
        match self {
            Self::Member(member) => Ok(member),
            Self::Admin(admin) => Err(EnrolmentError::OtherKind(admin.id, "an admin")),
        }
    }

    /// Reads an enrolment file.
    pub fn read(path: &Path) -> Result<Self, EnrolmentError> {
        serde_json::from_slice(&files::read(path, MAX_BYTES)?).map_err(|_| EnrolmentError::Malformed)
    }

    /// Writes an enrolment file, which must not be there yet.
    pub fn write(&self, path: &Path) -> Result<(), EnrolmentError> {
        Ok(files::write_new(path, &self.text())?)
    }

    /// Whether a file has just this.
    pub fn stands_in(&self, path: &Path) -> bool {
        files::read(path, MAX_BYTES).is_ok_and(|text| text == self.text())
    }

    fn text(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).expect("strings and numbers always serialize");
        text.push(b'\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enrolment_reads_back_with_the_same_words() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("maria.json");
        let enrolment = Enrolment::of_member(&Identity::generate(), "maria-1", "maria", AgencyNumber(2));
        enrolment.write(&path).unwrap();
        let read = Enrolment::read(&path).unwrap();
        assert_eq!(read, enrolment);
        assert_eq!(read.words(), enrolment.words());
        assert!(matches!(read.into_admin(), Err(EnrolmentError::OtherKind(..))));
    }

    #[test]
    fn another_agency_gives_other_words() {
        let identity = Identity::generate();
        let words = |agency| Enrolment::of_admin(&identity, "root", AgencyNumber(agency)).words();
        assert_ne!(words(0), words(1));
    }
}
