//! Why a version is refused: one cause each, in words for whoever has to find out what went wrong.

use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::Sha256Hash;

/// Why a version is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// A newer format than this program knows.
    #[error("the keyring has format {0}, which this version does not know: update")]
    UnknownFormat(u32),
    /// A document is not JSON of the expected form.
    #[error("the {0} document is malformed")]
    Malformed(&'static str),
    /// A document is not written in canonical form.
    #[error("the {0} document is not canonical JSON")]
    NotCanonical(&'static str),
    /// A document is not the one that the public document names.
    #[error("the {0} document is not the one that was signed")]
    OtherDocument(&'static str),
    /// Version 0 is not the one that was pinned.
    #[error("version 0 is another site's: its hash is {0}")]
    OtherGenesis(Sha256Hash),
    /// Expected version 0.
    #[error("version {0} came where version 0 was expected")]
    NotFirst(u32),
    /// A version is missing in between.
    #[error("version {found} came where {expected} was expected: versions are missing in between")]
    Gap {
        /// Which came.
        found: u32,
        /// Which should have.
        expected: u32,
    },
    /// An older version came after a newer one.
    #[error("version {found} is older than {known}, which was seen before: rolled back")]
    RolledBack {
        /// Which came.
        found: u32,
        /// The newest seen.
        known: u32,
    },
    /// Another version of the same number, or one that follows another than ours.
    #[error("version {0} does not follow the version before it that was seen here: the chain forks")]
    Fork(u32),
    /// Another site's version.
    #[error("the version belongs to another site")]
    OtherSite,
    /// A signature is by no admin, or wrong.
    #[error("the signature in the name of admin {0:?} is not valid")]
    BadSignature(String),
    /// One admin's signature is there twice.
    #[error("the signature of admin {0:?} is there twice")]
    SignedTwice(String),
    /// Fewer admins signed than must.
    #[error("{found} admins signed; {needed} must")]
    TooFewSignatures {
        /// How many did.
        found: u32,
        /// How many must.
        needed: u32,
    },
    /// All who signed come from one agency.
    #[error("all admins who signed come from one agency; two agencies must sign")]
    OneAgency,
    /// The threshold is lower than the code allows, or cannot be reached.
    #[error(
        "a threshold of {0} is not possible: it must be at least 2, and that many admins from two agencies must exist"
    )]
    Threshold(u32),
    /// Recovery admins who could never replace anyone, or one alone who could.
    #[error("recovery admins must be able to reach a threshold of at least 2, from two agencies; or there are none")]
    Recovery,
    /// A key does not prove that someone holds it, and wants to be in the keyring as what it stands there as.
    #[error("the key of {0:?} comes without a valid proof of possession")]
    NoPossession(String),
    /// What should be a recipient cannot be one. Says whose it is.
    #[error("the recipient of {0} is not a post-quantum age recipient")]
    BadRecipient(String),
    /// An id or a person is not written as one.
    #[error("{0:?} is no id: up to 64 letters, digits, dots, hyphens and underscores")]
    BadName(String),
    /// A language is not written as a tag.
    #[error("{0:?} is no language tag: up to 35 letters, digits and hyphens")]
    BadLanguage(String),
    /// Words that no page may show.
    #[error("the words of language {lang:?} have no {name} that can be shown")]
    BadWords {
        /// Which language.
        lang: String,
        /// Which of its words.
        name: &'static str,
    },
    /// An id that was there has another key, person or agency.
    #[error("{0:?} was there before with another key, person or agency, and keeps them for good")]
    OtherIdentity(String),
    /// The id or the key of someone who was taken away.
    #[error("the id or the key of {0:?} was taken away before and cannot come back")]
    CameBack(String),
    /// An agency's new key lacks the statements of its members.
    #[error(
        "the key of agency {0} lacks the statement of who made it or of a second member whose copy opens, or has a false one; both must have been members before"
    )]
    NoStatement(AgencyNumber),
    /// The record of a key that was there was changed or taken away.
    #[error("the record of key {epoch} of agency {agency} was changed or taken away")]
    KeyRecord {
        /// Whose.
        agency: AgencyNumber,
        /// Which.
        epoch: u32,
    },
    /// The record of a key is new though the agency does not begin to use it in this version, or is there twice.
    #[error("key {epoch} of agency {agency} is recorded without being the one that the agency begins to use")]
    KeyOutOfPlace {
        /// Whose.
        agency: AgencyNumber,
        /// Which.
        epoch: u32,
    },
    /// What an agency begins to use was an agency's key before: whoever had that would have this.
    #[error("key {epoch} of agency {agency} is a key that was used before")]
    KeyAgain {
        /// Whose.
        agency: AgencyNumber,
        /// Which.
        epoch: u32,
    },
    /// Somebody has a copy of an agency's new key who does not read for it: above all one who was taken out since it was made.
    #[error("key {epoch} of agency {agency} was made for {id:?}, too, who does not read for it or does so no more")]
    MadeForOneOut {
        /// Whose.
        agency: AgencyNumber,
        /// Which.
        epoch: u32,
        /// Who has a copy.
        id: String,
    },
    /// The key that tips are being sealed to is called destroyed.
    #[error("the key that agency {0} uses now cannot be retired")]
    RetiredInUse(AgencyNumber),
    /// An agency with one member is not shown as such, or the other way round.
    #[error("agency {0} must say truly whether it has only one member")]
    OneMember(AgencyNumber),
    /// Somebody outside an agency is to hold shares of its key.
    #[error("agency {0} names holders of its recovery shares; only its own people hold any, and no form names others")]
    ShareHolders(AgencyNumber),
    /// Two agencies with one number, or numbers with a gap.
    #[error("agency numbers must count from 0, each once: {0} is out of place")]
    AgencyNumber(AgencyNumber),
    /// A number was taken away or given to another agency.
    #[error("agency number {0} was given before and cannot be taken away or given again")]
    NumberReused(AgencyNumber),
    /// An agency's epoch does not follow.
    #[error("the epoch of agency {0} does not follow the one before")]
    Epoch(AgencyNumber),
    /// More agencies than a tip can carry capsules for.
    #[error("more than 64 agencies")]
    TooManyAgencies,
    /// Two with one id or one key.
    #[error("{0:?} is there twice, or its key is")]
    Twice(String),
    /// Someone belongs to no agency of the keyring.
    #[error("{0:?} belongs to an agency that is not in the keyring")]
    UnknownAgency(String),
    /// Issued after it expires, or before the version that it follows.
    #[error("the days of issue and expiry do not fit together")]
    Days,
    /// Recovery admins changed something else than who the admins are.
    #[error("recovery admins replace admins and change nothing else; the new admins do that in the next version")]
    RecoveredMore,
    /// Recovery admins replaced admins who may not have been gone for long enough.
    #[error("recovery admins may replace the admins from {0} on: until then all must be able to see it coming")]
    RecoveredTooSoon(Day),
    /// No longer valid on the day asked about.
    #[error("the keyring expired on {0}: ask your admins for a new version")]
    Expired(Day),
}
