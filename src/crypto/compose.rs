//! Makes a whole tip as the page makes it: for samples, cover tips and tests.

use super::capsule::{self, Capsule};
use super::hybrid::HybridRecipient;
use super::letter::{Answers, Letter, Route};
use super::tar::{self, MAX_AGENCIES, TipTar};
use super::thread::ThreadKey;
use super::{file, pad};
use crate::model::agency::AgencyNumber;
use crate::model::hex::Hex;
use crate::model::tip::TipId;
use sha2::{Digest as _, Sha256};

/// What the form knows when the source presses "Send".
pub struct Draft {
    /// The quarter hour, as `Clock::quarter_hour` gives it.
    pub created: String,
    /// BCP 47 tag of the form.
    pub lang: String,
    /// Which way through the form.
    pub route: Route,
    /// What the source answered.
    pub answers: Answers,
}

/// The agencies that a tip has capsules for, as one version of the keyring names them.
pub struct Readership<'a> {
    /// That version.
    pub keyring: u32,
    /// The twelve words of the site.
    pub site: &'a str,
    /// Every agency number, ascending, with the recipient if it can be sealed to.
    pub agencies: &'a [(AgencyNumber, Option<HybridRecipient>)],
}

/// A tip that is ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComposedTip {
    /// Its id, for the address it is put to.
    pub id: TipId,
    /// The body.
    pub tar: Vec<u8>,
}

/// Why no tip could be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// The agencies are not numbered from 0 without a gap, or there are none or too many.
    #[error("the agencies are not numbered from 0 without a gap")]
    Numbering,
    /// An agency was picked that has no key.
    #[error("agency {0} cannot be sealed to")]
    NoKey(AgencyNumber),
    /// The words do not fit a letter.
    #[error(transparent)]
    TooLong(#[from] pad::TooLong),
}

/// Seals a letter and a capsule for every agency number, real for those in `picked` and decoys for the others.
/// With nobody picked this is a cover tip.
pub fn compose(
    draft: Draft,
    readership: &Readership<'_>,
    picked: &[AgencyNumber],
) -> Result<ComposedTip, ComposeError> {
    compose_under(ThreadKey::generate(), draft, readership, picked)
}

/// The same under a thread key that the caller has made for this one tip.
pub fn compose_under(
    thread: ThreadKey,
    draft: Draft,
    readership: &Readership<'_>,
    picked: &[AgencyNumber],
) -> Result<ComposedTip, ComposeError> {
    let agencies = readership.agencies;
    let is_gapless = agencies.iter().enumerate().all(|(at, (number, _))| usize::from(number.0) == at);
    if !is_gapless || agencies.is_empty() || agencies.len() > MAX_AGENCIES {
        return Err(ComposeError::Numbering);
    }
    let key_of = |number: AgencyNumber| agencies.get(usize::from(number.0)).and_then(|(_, key)| key.as_ref());
    if let Some(&number) = picked.iter().find(|&&number| key_of(number).is_none()) {
        return Err(ComposeError::NoKey(number));
    }

    let id = thread.id();
    let mut readers = picked.to_vec();
    readers.sort_unstable();
    readers.dedup();
    let mut letter = Letter::new(id, draft.created, draft.lang, draft.route, readers);
    letter.answers = draft.answers;
    let sealed_letter = file::seal(&thread.to_recipient(), &letter.to_padded_json()?);

    let (keyring, site) = (readership.keyring, tar::site_mark(readership.site, id));
    let about = tar::About { id, keyring, site, upload: thread.upload_token().hash() };
    let capsule = Capsule { id, letter_sha256: Hex(Sha256::digest(&sealed_letter).into()), thread };
    let sealed_capsules: Vec<Vec<u8>> = agencies
        .iter()
        .map(|(number, key)| match key {
            Some(key) if picked.contains(number) => capsule.seal(key),
            _ => capsule::decoy(),
        })
        .collect();
    let parts = TipTar { about, letter: &sealed_letter, capsules: sealed_capsules.iter().map(Vec::as_slice).collect() };
    Ok(ComposedTip { id, tar: tar::write(&parts) })
}
