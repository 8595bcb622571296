//! The follow-up link: by which whoever holds the first letter sees that another belongs to it. Only what has the form of
//! a link is kept: the rest of a letter stays readable whatever stands in its place.

use super::{Letter, pad};
use crate::crypto::sign::{self, Purpose};
use crate::model::hex::{Hex, SignatureBytes, VerifyingKeyBytes};
use crate::model::tip::TipId;
use ed25519_dalek::SigningKey;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use sha2::Sha256;
use std::fmt;

/// What stands before the signature at the end of a letter, and after it.
const BEFORE_SIGNATURE: &str = ",\"signature\":\"";
const AFTER_SIGNATURE: &str = "\"}}";
const MAC_PREFIX: &[u8] = b"knothole/link/v1";
/// That, the nonce, and the id in full.
const MESSAGE_LEN: usize = MAC_PREFIX.len() + 32 + TipId::TEXT_LEN;

/// Nonce and HMAC under a key that signs the letter, too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Random.
    pub nonce: Hex<32>,
    /// HMAC-SHA-256.
    pub mac: Hex<32>,
    /// The letter's signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<Hex<64>>,
    /// The Ed25519 public key it is by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<Hex<32>>,
}

/// Who wrote a letter, as far as its link tells: signs it while it is written.
pub struct WrittenBy<'a> {
    /// The receipt code's key, or one that is thrown away.
    pub key: &'a SigningKey,
    /// Random.
    pub nonce: [u8; 32],
}

impl WrittenBy<'_> {
    /// The JSON of a letter with the link at its end. None when the letter is too long.
    pub fn to_padded_json(&self, letter: &Letter) -> Result<Vec<u8>, pad::TooLong> {
        let nonce = Hex(self.nonce);
        let mac = LinkKey::new(&sign::public_key(self.key)).mac(&message(&nonce, letter.id));
        let mut bare = letter.clone();
        bare.answers.link = None;
        let mut json = serde_json::to_string(&bare).expect("strings, numbers and lists always serialize");
        json.pop();
        json += &[",\"link\":{\"nonce\":\"", &nonce.to_string(), "\",\"mac\":\"", &mac.to_string(), "\""].concat();
        let signature = sign::sign(self.key, Purpose::FollowUp, json.as_bytes());
        json += &[BEFORE_SIGNATURE, &signature.to_string(), AFTER_SIGNATURE].concat();
        pad::to_bucket(json.into_bytes())
    }
}

/// Whether a letter is linked by this key: by somebody who knows it. Costs one HMAC, and proves nothing.
pub fn is_linked(letter: &Letter, key: &VerifyingKeyBytes) -> bool {
    Linked::of(letter).is_some_and(|linked| LinkKey::new(key).fits(&linked))
}

/// A key that many letters are tried with: the same as [`is_linked`], at half the cost.
#[derive(Clone)]
pub struct LinkKey(Hmac<Sha256>);

/// The link of a letter that many keys are tried with.
pub struct Linked {
    message: [u8; MESSAGE_LEN],
    mac: Hex<32>,
}

impl Linked {
    /// What there is to try; none where a letter has no link.
    pub fn of(letter: &Letter) -> Option<Self> {
        letter.answers.link.as_ref().map(|link| Self { message: message(&link.nonce, letter.id), mac: link.mac })
    }
}

impl LinkKey {
    /// Prepares a key.
    pub fn new(key: &VerifyingKeyBytes) -> Self {
        Self(Hmac::new_from_slice(key.as_bytes()).expect("HMAC takes a key of any length"))
    }

    /// Whether a letter is linked by it.
    pub fn fits(&self, letter: &Linked) -> bool {
        self.mac(&letter.message) == letter.mac
    }

    fn mac(&self, message: &[u8; MESSAGE_LEN]) -> Hex<32> {
        let mut mac = self.0.clone();
        mac.update(message);
        Hex(mac.finalize().into_bytes().into())
    }
}

/// Whether a letter was written by whoever holds the secret half of `key`. `plain` is what it was opened onto, padding
/// included. Whoever has read the first letter knows `key` and the form of a link, and still cannot sign.
pub fn follows(plain: &[u8], letter: &Letter, key: &VerifyingKeyBytes) -> bool {
    let named = letter.answers.link.as_ref().and_then(|link| link.signature);
    let signed = split(plain).filter(|_| is_linked(letter, key));
    signed.is_some_and(|(signed, signature)| {
        Some(signature) == named && sign::verifies(key, Purpose::FollowUp, signed, &signature)
    })
}

/// What is signed of a letter, and the signature at its end.
fn split(plain: &[u8]) -> Option<(&[u8], SignatureBytes)> {
    let rest = pad::without_padding(plain)?.strip_suffix(AFTER_SIGNATURE.as_bytes())?;
    let (rest, signature) = rest.split_at_checked(rest.len().checked_sub(128)?)?;
    let signature = std::str::from_utf8(signature).ok()?.parse().ok()?;
    Some((rest.strip_suffix(BEFORE_SIGNATURE.as_bytes())?, signature))
}

fn message(nonce: &Hex<32>, id: TipId) -> [u8; MESSAGE_LEN] {
    let mut message = [0; MESSAGE_LEN];
    let (prefix, rest) = message.split_at_mut(MAC_PREFIX.len());
    let (start, end) = rest.split_at_mut(32);
    prefix.copy_from_slice(MAC_PREFIX);
    start.copy_from_slice(nonce.as_bytes());
    end.copy_from_slice(id.text().as_str().as_bytes());
    message
}

/// What stands where a link belongs.
pub struct MaybeLink(pub Option<Link>);

/// What stands where hex digits belong; none when it is anything else.
pub(super) struct MaybeHex<const N: usize>(Option<Hex<N>>);

impl<'de> Deserialize<'de> for MaybeLink {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(LinkVisitor).map(Self)
    }
}

impl<'de, const N: usize> Deserialize<'de> for MaybeHex<N> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(HexVisitor).map(Self)
    }
}

/// Everything that JSON has and that is none of what is looked for.
macro_rules! nothing_else {
    () => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("anything")
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            Ok(None)
        }
    };
}

pub(super) use nothing_else;

struct LinkVisitor;

impl<'de> Visitor<'de> for LinkVisitor {
    type Value = Option<Link>;

    nothing_else!();

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }

    /// Fields that a link does not have are passed over; one that is there and is not as it should be makes it none.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut nonce, mut mac, mut signature, mut key) = (None, None, None, None);
        let mut is_link = true;
        while let Some(name) = map.next_key::<Name>()? {
            is_link &= match name {
                Name::Nonce => read(&mut map, &mut nonce)?,
                Name::Mac => read(&mut map, &mut mac)?,
                Name::Signature => read(&mut map, &mut signature)?,
                Name::Key => read(&mut map, &mut key)?,
                Name::Unknown => {
                    map.next_value::<IgnoredAny>()?;
                    true
                }
            };
        }
        let link = nonce.zip(mac).map(|(nonce, mac)| Link { nonce, mac, signature, key });
        Ok(link.filter(|_| is_link))
    }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Name {
    Nonce,
    Mac,
    Signature,
    Key,
    #[serde(other)]
    Unknown,
}

pub(super) fn read<'de, A: MapAccess<'de>, const N: usize>(
    map: &mut A,
    to: &mut Option<Hex<N>>,
) -> Result<bool, A::Error> {
    let MaybeHex(found) = map.next_value()?;
    *to = found;
    Ok(found.is_some())
}

struct HexVisitor<const N: usize>;

impl<'de, const N: usize> Visitor<'de> for HexVisitor<N> {
    type Value = Option<Hex<N>>;

    nothing_else!();

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(text.parse().ok())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}
