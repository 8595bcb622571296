//! A tip behind the door.

use knothole::crypto::capsule::Capsule;
use knothole::crypto::file;
use knothole::crypto::hybrid::{HybridIdentity, HybridRecipient};
use knothole::crypto::letter::{Answers, Letter, Route};
use knothole::crypto::thread::ThreadKey;
use knothole::model::agency::AgencyNumber;
use knothole::model::hex::Hex;
use knothole::model::tip::TipId;
use sha2::{Digest as _, Sha256};

/// A tip behind the door: one capsule for each agency.
#[derive(Clone)]
pub struct StoredTip {
    pub id: TipId,
    pub keyring: u32,
    pub letter: Vec<u8>,
    pub capsules: Vec<Vec<u8>>,
}

impl StoredTip {
    /// A tip with these answers for the agencies that have a recipient here, and decoys for the others.
    pub fn new(thread: ThreadKey, answers: Answers, agencies: &[Option<HybridRecipient>]) -> Self {
        let readers =
            (0..).zip(agencies).filter(|(_, agency)| agency.is_some()).map(|(number, _)| AgencyNumber(number));
        let mut letter =
            Letter::new(thread.id(), "2026-11-24T01:45Z".into(), "en".into(), Route::Fast, readers.collect());
        letter.answers = answers;
        let sealed = file::seal(&thread.to_recipient(), &letter.to_padded_json().unwrap());
        Self::with_letter(thread, sealed, agencies)
    }

    /// A tip whose letter is whatever it is.
    pub fn with_letter(thread: ThreadKey, letter: Vec<u8>, agencies: &[Option<HybridRecipient>]) -> Self {
        let id = thread.id();
        let capsule = Capsule { id, letter_sha256: Hex(Sha256::digest(&letter).into()), thread };
        let nobody = HybridIdentity::from_seed([0; 32]).to_recipient();
        let seal = |agency: &Option<HybridRecipient>| match agency {
            Some(agency) => capsule.seal(agency),
            None => file::seal(&nobody, &[0; 227]),
        };
        Self { id, keyring: 2, letter, capsules: agencies.iter().map(seal).collect() }
    }

    /// A tip that tells this story.
    pub fn telling(story: &str, agencies: &[Option<HybridRecipient>]) -> Self {
        let answers = Answers { story: Some(story.to_owned()), ..Answers::default() };
        Self::new(ThreadKey::generate(), answers, agencies)
    }
}
