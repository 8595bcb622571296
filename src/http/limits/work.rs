//! Under pressure a browser works for its place: a refusal carries a challenge, and who comes back with it solved is served beside those
//! who only ask. Nobody who asks while it is quiet ever sees one. ALTCHA's scheme: <https://altcha.org/docs/v2/>.
//!
//! A challenge is signed and not stored, so that giving one costs next to nothing. What was solved is remembered while the challenge lives,
//! so that it counts once.

use super::Rate;
use super::gate::Guest;
use super::peer::PeerKey;
use crate::clock::Clock;
use crate::wire::headers::WORK_HEADER;
use altcha::{
    Challenge, CounterMode, CreateChallengeOptions, Payload, VerifySolutionOptions, create_challenge, verify_solution,
};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Router};
use governor::clock::{Clock as Ticks, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use tower::ServiceExt as _;
use zeroize::Zeroizing;

/// Carries a challenge in a refusal, and in the next request the same with its solution; both are JSON.
pub const HEADER: HeaderName = HeaderName::from_static(WORK_HEADER);
/// Rounds of PBKDF2-HMAC-SHA256 in one try: a millisecond of ours for each solution that is looked at.
const COST: u32 = 4_000;
/// What a key must begin with, in hex. One of 256 does.
const PREFIX: &str = "00";
/// A challenge may be solved until the stretch of this length after the one it was given in is over: a slow phone needs seconds, a bad line a
/// minute. It names no time, since by a server's clock it can be found on the other side of Tor; each stretch has a key of its own instead.
const STRETCH_SECONDS: u64 = 300;
/// Longer is nothing that we gave.
const MAX_LEN: usize = 1_024;
/// Solutions of one peer that are looked at: a right one costs them a second, a wrong one costs us a millisecond.
const TRIES: u32 = 8;
/// Of what all may ask of the door, this part with work done.
const ALL_PART: u32 = 2;
type Moments<C> = NoOpMiddleware<<C as Ticks>::Instant>;

/// What is asked of browsers under pressure, and what they have done.
pub struct Work<C: Ticks = DefaultClock> {
    key: Zeroizing<String>,
    clock: Arc<dyn Clock>,
    tries: RateLimiter<PeerKey, DefaultKeyedStateStore<PeerKey>, C, Moments<C>>,
    all: RateLimiter<NotKeyed, InMemoryState, C, Moments<C>>,
    done: Mutex<HashMap<String, u64>>,
}

impl<C: Ticks + Clone> Work<C> {
    /// Under a fresh key: no challenge means anything to another process, or after this one ended. `all` is what all together may ask of the door.
    pub fn new(all: Rate, clock: Arc<dyn Clock>, ticks: &C) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(&mut bytes[..]).expect("no challenge can be signed on a system that gives no randomness");
        let tries = NonZeroU32::new(TRIES).expect("it is not zero");
        Self {
            key: Zeroizing::new(data_encoding::HEXLOWER.encode(&bytes[..])),
            clock,
            tries: RateLimiter::new(Quota::per_minute(tries), DefaultKeyedStateStore::default(), ticks.clone()),
            all: RateLimiter::direct_with_clock(all.part(ALL_PART).quota(), ticks.clone()),
            done: Mutex::default(),
        }
    }

    /// A challenge that nobody has seen yet.
    fn challenge(&self) -> Challenge {
        let options = CreateChallengeOptions {
            counter_mode: CounterMode::Uint32,
            cost: COST,
            hmac_signature_secret: Some(self.key_of(self.stretch())),
            key_prefix: PREFIX.into(),
            ..CreateChallengeOptions::default()
        };
        create_challenge(options).expect("its parts are ours and well formed")
    }

    /// Whether a request brings a challenge of ours, in its time, solved, and for the first time; and whether there is room for one more.
    fn is_done(&self, peer: &PeerKey, headers: &HeaderMap) -> bool {
        let Some(payload) = headers.get(HEADER).and_then(read) else { return false };
        let nonce = &payload.challenge.parameters.nonce;
        if self.done().contains_key(nonce) || self.tries.check_key(peer).is_err() || self.all.check().is_err() {
            return false;
        }
        let now = self.stretch();
        let is_solved = [now, now.saturating_sub(1)].into_iter().any(|stretch| {
            let options = VerifySolutionOptions::new(&payload.challenge, &payload.solution, self.key_of(stretch));
            verify_solution(options).is_ok_and(|result| result.verified)
        });
        is_solved && self.done().insert(payload.challenge.parameters.nonce, now).is_none()
    }

    fn stretch(&self) -> u64 {
        self.clock.unix_seconds() / STRETCH_SECONDS
    }

    fn key_of(&self, stretch: u64) -> String {
        format!("{}/{stretch}", *self.key)
    }

    /// Forgets who has not tried for a while, and what nobody can bring any more.
    pub fn forget_idle(&self) {
        self.tries.retain_recent();
        self.tries.shrink_to_fit();
        let now = self.stretch();
        self.done().retain(|_, done| *done + 1 >= now);
    }

    fn done(&self) -> std::sync::MutexGuard<'_, HashMap<String, u64>> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets who has done the work into `open`, which is `limited` without its limits on requests, and puts a challenge into each refusal of
/// `limited` for having been asked too much.
pub fn guard(work: &Arc<Work>, limited: Router, open: Router) -> Router {
    let work = Arc::clone(work);
    Router::new().fallback(move |Extension(guest): Extension<Guest>, request: Request| {
        let (work, limited, open) = (Arc::clone(&work), limited.clone(), open.clone());
        async move {
            if work.is_done(guest.peer(), request.headers()) {
                return open.oneshot(request).await.into_response();
            }
            asking(&work, limited.oneshot(request).await.into_response())
        }
    })
}

fn asking(work: &Work, mut answer: Response) -> Response {
    if answer.status() == StatusCode::TOO_MANY_REQUESTS {
        let challenge = serde_json::to_string(&work.challenge()).expect("a challenge is JSON");
        answer.headers_mut().insert(HEADER, HeaderValue::from_str(&challenge).expect("hex, numbers and names of ours"));
    }
    answer
}

fn read(header: &HeaderValue) -> Option<Payload> {
    let bytes = header.as_bytes();
    if bytes.len() > MAX_LEN { None } else { serde_json::from_slice(bytes).ok() }
}

#[cfg(test)]
#[path = "work/tests.rs"]
mod tests;
