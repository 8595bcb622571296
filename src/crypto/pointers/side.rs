//! One agency's side of an exchange: what it asks, what it answers, and what both turn out to hold. Everything secret follows
//! from the agency's key and the exchange, so that nothing is kept and any member of the agency can carry on.

use super::parts::{NotOne, POINT_LEN, Questions, Replies, TOKEN_LEN, Tokens};
use super::{Exchange, VALUES};
use crate::crypto::hybrid::HybridIdentity;
use crate::crypto::sign::canonical;
use crate::model::agency::AgencyNumber;
use hkdf::Hkdf;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{RngCore as _, SeedableRng as _};
use sha2::Sha256;
use std::collections::{BTreeMap, BTreeSet};
use voprf::{BlindedElement, Group, Ristretto255, VoprfClient, VoprfServer};
use zeroize::Zeroizing;

const PURPOSE: &str = "knothole/pointers/v1";

/// Replies were not all made with one key, and may be made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the replies were not made with the key that they name")]
pub struct FalseReplies;

/// An agency in an exchange. Has no `Debug`: it holds the secret.
pub struct Side {
    exchange: Exchange,
    secret: Zeroizing<[u8; 32]>,
}

impl Side {
    /// The side of an agency, by one of its keys.
    pub fn new(key: &HybridIdentity, exchange: Exchange, agency: AgencyNumber) -> Self {
        let info = format!("{PURPOSE}\n{}\n{agency}", canonical(&exchange));
        Self { secret: expand(key.expose_seed(), info.as_bytes()), exchange }
    }

    /// Asks for the first [`VALUES`] of these, filled up with what nobody holds.
    ///
    /// # Panics
    /// When the system gives no randomness.
    pub fn questions(&self, values: &[String]) -> Questions {
        let mut rng = fresh();
        let mut points: BTreeSet<[u8; POINT_LEN]> =
            values.iter().take(VALUES).map(|value| self.blinded(value)).collect();
        while points.len() < VALUES {
            let mut nothing = [0; 32];
            rng.fill_bytes(&mut nothing);
            points.insert(self.blind(&nothing, &mut rng).1);
        }
        Questions::of(points.into_iter().collect()).expect("blinded values are points, and these are so many")
    }

    /// Answers what the other side asks.
    ///
    /// # Panics
    /// When the system gives no randomness.
    pub fn replies(&self, asked: &Questions) -> Replies {
        let blinded: Vec<_> = asked.points().map(blinded).collect();
        let key = self.key();
        let answered = key.batch_blind_evaluate(&mut fresh(), &blinded).expect("1,024 is fewer than 65,536");
        let points = answered.messages.iter().map(|point| point.serialize().into());
        let public = Ristretto255::serialize_elem(key.get_public_key());
        Replies::of(points, &answered.proof.serialize(), &public)
            .expect("a key that is not zero makes points of points")
    }

    /// What this side's own key makes of those of these values that it asks for, filled up with randomness.
    ///
    /// # Panics
    /// When the system gives no randomness.
    pub fn tokens(&self, values: &[String]) -> Tokens {
        let key = self.key();
        let token = |value: &String| {
            let output = key.evaluate(&self.input(value.as_bytes())).expect("values are short");
            shortened(&output)
        };
        let mut tokens: BTreeSet<[u8; TOKEN_LEN]> = values.iter().take(VALUES).map(token).collect();
        let mut rng = fresh();
        while tokens.len() < VALUES {
            let mut nothing = [0; TOKEN_LEN];
            rng.fill_bytes(&mut nothing);
            tokens.insert(nothing);
        }
        Tokens::of(tokens.into_iter().collect()).expect("these are so many")
    }

    /// Those of these values that this side asked for.
    pub fn asked(&self, values: &[String], own: &Questions) -> Vec<String> {
        let points: BTreeSet<&[u8]> = own.points().collect();
        values.iter().filter(|value| points.contains(&self.blinded(value)[..])).cloned().collect()
    }

    /// Those of these values that this side asked for and the other side holds, too, by its replies and its tokens. Fails
    /// where the replies are made up.
    pub fn shared(
        &self,
        values: &[String],
        own: &Questions,
        (replies, tokens): (&Replies, &Tokens),
    ) -> Result<Vec<String>, FalseReplies> {
        let by_point: BTreeMap<[u8; POINT_LEN], &String> =
            values.iter().map(|value| (self.blinded(value), value)).collect();
        // What stands for nothing takes part, too: the proof is about all.
        let rows: Vec<Option<&String>> = own.points().map(|point| by_point.get(point).copied()).collect();
        let clients: Vec<_> = own.points().zip(&rows).map(|(point, value)| self.client(point, *value)).collect();
        let inputs: Vec<Vec<u8>> =
            rows.iter().map(|value| self.input(value.map_or(&[0], |value| value.as_bytes()))).collect();
        let evaluated = replies.evaluated().map_err(|NotOne| FalseReplies)?;
        let proof = replies.proof().map_err(|NotOne| FalseReplies)?;
        let key = replies.key().map_err(|NotOne| FalseReplies)?;
        let outputs = VoprfClient::batch_finalize(&inputs, &clients, &evaluated, &proof, key);
        let outputs = outputs.map_err(|_| FalseReplies)?;
        let found = outputs.zip(rows).filter_map(|(output, value)| {
            let output = output.ok()?;
            value.filter(|_| tokens.has(&shortened(&output))).cloned()
        });
        Ok(found.collect())
    }

    /// What a value is compared as: bound to the exchange, so that nobody can carry anything from one into another.
    fn input(&self, value: &[u8]) -> Vec<u8> {
        [format!("{PURPOSE}\n{}\n", canonical(&self.exchange)).as_bytes(), value].concat()
    }

    fn key(&self) -> VoprfServer<Ristretto255> {
        let seed = expand(&self.secret, b"key");
        VoprfServer::new_from_seed(&*seed, PURPOSE.as_bytes()).expect("32 bytes give a key")
    }

    /// The same value is blinded in the same way again, so that its question is found without having been kept.
    fn blinded(&self, value: &str) -> [u8; POINT_LEN] {
        self.blind(value.as_bytes(), &mut self.rng(value)).1
    }

    fn rng(&self, value: &str) -> ChaCha20Rng {
        ChaCha20Rng::from_seed(*expand(&self.secret, &[b"blind\n", value.as_bytes()].concat()))
    }

    fn blind(&self, value: &[u8], rng: &mut ChaCha20Rng) -> (VoprfClient<Ristretto255>, [u8; POINT_LEN]) {
        let blinded = VoprfClient::blind(&self.input(value), rng).expect("values are short");
        let point = blinded.message.serialize().into();
        (blinded.state, point)
    }

    /// What undoes the blinding of a question; for one that stands for nothing, what at least knows it.
    fn client(&self, point: &[u8], value: Option<&String>) -> VoprfClient<Ristretto255> {
        if let Some(value) = value {
            return self.blind(value.as_bytes(), &mut self.rng(value)).0;
        }
        let one = [&[1], &[0; 31][..], point].concat();
        VoprfClient::deserialize(&one).expect("one is a scalar, and the point was read")
    }
}

fn blinded(point: &[u8]) -> BlindedElement<Ristretto255> {
    BlindedElement::deserialize(point).expect("it was read when the questions were")
}

fn shortened(output: &[u8]) -> [u8; TOKEN_LEN] {
    output[..TOKEN_LEN].try_into().expect("SHA-512 gives 64 bytes")
}

fn expand(secret: &[u8; 32], info: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut okm = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, secret).expand(info, &mut *okm).expect("HKDF-SHA-256 gives up to 8,160 bytes");
    okm
}

fn fresh() -> ChaCha20Rng {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *seed).expect("nothing can be asked on a system that gives no randomness");
    ChaCha20Rng::from_seed(*seed)
}
