//! What the messages carry, checked when it is read: each list has its one length, and every point is one.

use super::VALUES;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use voprf::{BlindedElement, EvaluationElement, Group, Proof, Ristretto255};

/// Bytes of a point.
pub(super) const POINT_LEN: usize = 32;
/// Bytes of a token: enough that none is another's by chance.
pub(super) const TOKEN_LEN: usize = 16;
const PROOF_LEN: usize = 64;

/// The bytes are not that: of another length, out of order, or with something that is no point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the lists of an exchange")]
pub struct NotOne;

/// What one side asks the other's key for: blinded, ascending, each once, [`VALUES`] of them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Questions(Vec<u8>);

/// What the other side's key made of them, in the same order, and a proof that it was one key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Replies(Vec<u8>);

/// What a side's own key makes of its own values: ascending, each once, [`VALUES`] of them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tokens(Vec<u8>);

impl Questions {
    /// From points in any order. The identity is none.
    pub(super) fn of(mut points: Vec<[u8; POINT_LEN]>) -> Result<Self, NotOne> {
        points.sort_unstable();
        Self::read(points.concat())
    }

    fn read(bytes: Vec<u8>) -> Result<Self, NotOne> {
        let is_whole = bytes.len() == VALUES * POINT_LEN && ascends(&bytes, POINT_LEN);
        let are_points =
            || bytes.chunks(POINT_LEN).all(|point| BlindedElement::<Ristretto255>::deserialize(point).is_ok());
        if is_whole && are_points() { Ok(Self(bytes)) } else { Err(NotOne) }
    }

    /// Each as it was read.
    pub(super) fn points(&self) -> impl Iterator<Item = &[u8]> {
        self.0.chunks(POINT_LEN)
    }
}

impl Replies {
    /// From what a key made of questions.
    pub(super) fn of(points: impl Iterator<Item = [u8; POINT_LEN]>, proof: &[u8], key: &[u8]) -> Result<Self, NotOne> {
        let mut bytes = points.collect::<Vec<_>>().concat();
        bytes.extend_from_slice(proof);
        bytes.extend_from_slice(key);
        Self::read(bytes)
    }

    fn read(bytes: Vec<u8>) -> Result<Self, NotOne> {
        let read = Self(bytes);
        let is_whole = read.0.len() == VALUES * POINT_LEN + PROOF_LEN + POINT_LEN;
        let is_sound = || read.evaluated().is_ok() && read.proof().is_ok() && read.key().is_ok();
        if is_whole && is_sound() { Ok(read) } else { Err(NotOne) }
    }

    pub(super) fn evaluated(&self) -> Result<Vec<EvaluationElement<Ristretto255>>, NotOne> {
        let points = self.0[..VALUES * POINT_LEN].chunks(POINT_LEN);
        points.map(|point| EvaluationElement::deserialize(point).map_err(|_| NotOne)).collect()
    }

    pub(super) fn proof(&self) -> Result<Proof<Ristretto255>, NotOne> {
        let start = VALUES * POINT_LEN;
        Proof::deserialize(&self.0[start..start + PROOF_LEN]).map_err(|_| NotOne)
    }

    pub(super) fn key(&self) -> Result<<Ristretto255 as Group>::Elem, NotOne> {
        Ristretto255::deserialize_elem(&self.0[VALUES * POINT_LEN + PROOF_LEN..]).map_err(|_| NotOne)
    }
}

impl Tokens {
    /// From tokens in any order.
    pub(super) fn of(mut tokens: Vec<[u8; TOKEN_LEN]>) -> Result<Self, NotOne> {
        tokens.sort_unstable();
        Self::read(tokens.concat())
    }

    fn read(bytes: Vec<u8>) -> Result<Self, NotOne> {
        let is_whole = bytes.len() == VALUES * TOKEN_LEN && ascends(&bytes, TOKEN_LEN);
        if is_whole { Ok(Self(bytes)) } else { Err(NotOne) }
    }

    /// Whether this is one of them.
    pub(super) fn has(&self, token: &[u8]) -> bool {
        self.0.chunks(TOKEN_LEN).any(|one| one == token)
    }
}

fn ascends(bytes: &[u8], len: usize) -> bool {
    bytes.chunks(len).is_sorted_by(|one, next| one < next)
}

macro_rules! as_text {
    ($($list:ident),*) => {$(
        impl TryFrom<String> for $list {
            type Error = NotOne;

            fn try_from(text: String) -> Result<Self, NotOne> {
                STANDARD.decode(text).map_err(|_| NotOne).and_then(Self::read)
            }
        }

        impl From<$list> for String {
            fn from(list: $list) -> Self {
                STANDARD.encode(list.0)
            }
        }
    )*};
}
as_text!(Questions, Replies, Tokens);
