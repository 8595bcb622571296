//! The follow-up link: by which whoever holds the first letter sees that another belongs to it. Only what has the form of
//! a link is kept: the rest of a letter stays readable whatever stands in its place.

use crate::model::hex::Hex;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

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

/// What stands where a link belongs.
pub struct MaybeLink(pub Option<Link>);

/// What stands where hex digits belong; none when it is anything else.
struct MaybeHex<const N: usize>(Option<Hex<N>>);

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

fn read<'de, A: MapAccess<'de>, const N: usize>(map: &mut A, to: &mut Option<Hex<N>>) -> Result<bool, A::Error> {
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
