//! Bodies of tips that look sealed from outside. Nothing can open them, which is all a server can see of any tip.

use super::site;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use knothole::crypto::shape::{CAPSULE_PLAIN_LEN, sealed_len};
use knothole::crypto::tar::{About, TipTar, site_mark, write};
use knothole::model::hex::Hex;
use knothole::model::tip::{CustodyToken, TipId};
use sha2::{Digest as _, Sha256};

/// A file with the header of a sealed one, filled with `fill`.
pub fn sealed(plain_len: usize, fill: u8) -> Vec<u8> {
    let text = |len| STANDARD_NO_PAD.encode(vec![fill; len]);
    let mut bytes =
        format!("age-encryption.org/v1\n-> mlkem768x25519 {}\n{}\n--- {}\n", text(1120), text(32), text(32))
            .into_bytes();
    bytes.resize(sealed_len(plain_len), fill);
    bytes
}

/// The parts of a tip before they are put together.
#[derive(Clone, Copy)]
pub struct TipParts {
    /// Makes the id and the content.
    pub seed: u8,
    pub keyring: u32,
    pub agencies: usize,
    pub letter_plain_len: usize,
}

impl TipParts {
    /// A tip of four kilobytes under version 1 of the test site's keyring.
    pub fn new(seed: u8) -> Self {
        Self { seed, keyring: 1, agencies: 2, letter_plain_len: 4096 }
    }

    /// What whoever opened the tip can show.
    pub fn custody_token(&self) -> CustodyToken {
        CustodyToken([self.seed; 32])
    }

    pub fn id(&self) -> TipId {
        self.custody_token().tip_id()
    }

    /// The letter, as it is inside.
    pub fn letter(&self) -> Vec<u8> {
        sealed(self.letter_plain_len, self.seed)
    }

    /// The capsule with this number, as it is inside.
    pub fn capsule(&self, agency: u8) -> Vec<u8> {
        sealed(CAPSULE_PLAIN_LEN, self.seed ^ (agency + 1))
    }

    /// The whole body.
    pub fn body(&self) -> Vec<u8> {
        self.body_for(&site::twelve_words())
    }

    /// What gives the right to put files under a tip of [`Self::body_with_files`].
    pub fn upload_token(&self) -> Hex<32> {
        Hex([self.seed ^ 0x5a; 32])
    }

    /// The whole body of a tip that files may follow.
    pub fn body_with_files(&self) -> Vec<u8> {
        let upload = Sha256::digest(self.upload_token().0).into();
        self.body_of(&site::twelve_words(), Hex(upload))
    }

    /// As `body`, for the site with these twelve words.
    pub fn body_for(&self, site: &str) -> Vec<u8> {
        self.body_of(site, Hex([self.seed; 32]))
    }

    fn body_of(&self, site: &str, upload: Hex<32>) -> Vec<u8> {
        let agencies = u8::try_from(self.agencies).unwrap();
        let (letter, capsules) = (self.letter(), (0..agencies).map(|agency| self.capsule(agency)).collect::<Vec<_>>());
        let about = About { id: self.id(), keyring: self.keyring, site: site_mark(site, self.id()), upload };
        write(&TipTar { about, letter: &letter, capsules: capsules.iter().map(Vec::as_slice).collect() })
    }
}
