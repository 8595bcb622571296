//! Where replies are left. Only what has the form of a mailbox is kept: the rest of a letter stays readable whatever stands
//! in its place.

use super::link::{nothing_else, read};
use crate::model::hex::{Hex, Sha256Hash};
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// The mailbox of a receipt code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mailbox {
    /// Its name at the server.
    pub id: Hex<32>,
    /// Of the token that opens it.
    pub token_hash: Sha256Hash,
}

/// What stands where a mailbox belongs.
pub struct MaybeMailbox(pub Option<Mailbox>);

impl<'de> Deserialize<'de> for MaybeMailbox {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(MailboxVisitor).map(Self)
    }
}

struct MailboxVisitor;

impl<'de> Visitor<'de> for MailboxVisitor {
    type Value = Option<Mailbox>;

    nothing_else!();

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut id, mut token_hash) = (None, None);
        while let Some(name) = map.next_key::<Name>()? {
            match name {
                Name::Id => drop(read(&mut map, &mut id)?),
                Name::TokenHash => drop(read(&mut map, &mut token_hash)?),
                Name::Unknown => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(id.zip(token_hash).map(|(id, token_hash)| Mailbox { id, token_hash }))
    }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Name {
    Id,
    TokenHash,
    #[serde(other)]
    Unknown,
}
