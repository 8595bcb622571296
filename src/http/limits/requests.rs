//! Requests: `tower_governor` with a key of our own, a bucket for each peer and behind them one for all.

use super::gate::Guest;
use super::peer::PeerKey;
use super::{Rate, Rates};
use crate::http::problem::Problem;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::response::{IntoResponse as _, Response};
use governor::clock::QuantaInstant;
use governor::middleware::NoOpMiddleware;
use std::sync::Arc;
use tower_governor::GovernorLayer;
use tower_governor::errors::GovernorError;
use tower_governor::governor::{GovernorConfig, GovernorConfigBuilder};
use tower_governor::key_extractor::{GlobalKeyExtractor, KeyExtractor};

type Limit<K> = Arc<GovernorConfig<K, NoOpMiddleware<QuantaInstant>>>;

/// The buckets.
pub struct RequestBudget {
    peers: Limit<ByPeer>,
    all: Limit<GlobalKeyExtractor>,
}

/// Knows a request by the guest that the listener put beside it. Looks at no header.
#[derive(Clone)]
struct ByPeer;

impl KeyExtractor for ByPeer {
    type Key = PeerKey;

    fn extract<T>(&self, request: &Request<T>) -> Result<PeerKey, GovernorError> {
        request.extensions().get::<Guest>().map(|guest| guest.peer().clone()).ok_or(GovernorError::UnableToExtractKey)
    }
}

impl RequestBudget {
    /// Full buckets.
    pub fn new(peer: &Rates, all: &Rates) -> Self {
        Self { peers: limit(ByPeer, peer.requests), all: limit(GlobalKeyExtractor, all.requests) }
    }

    /// Puts the limits before everything that `router` does: the peer's own first, so that one who sends too much takes
    /// nothing from the others.
    pub fn guard(&self, router: Router) -> Router {
        router.layer(layer(&self.all)).layer(layer(&self.peers))
    }

    /// Forgets peers whose bucket is full again.
    pub fn forget_idle(&self) {
        let peers = self.peers.limiter();
        peers.retain_recent();
        peers.shrink_to_fit();
    }
}

fn limit<K: KeyExtractor>(key: K, rate: Rate) -> Limit<K> {
    let mut builder = GovernorConfigBuilder::default().key_extractor(key);
    let limit = builder.period(rate.period()).burst_size(rate.burst.get()).finish();
    Arc::new(limit.expect("neither a period nor a burst is zero"))
}

fn layer<K: KeyExtractor>(limit: &Limit<K>) -> GovernorLayer<K, NoOpMiddleware<QuantaInstant>, Body> {
    GovernorLayer::new(Arc::clone(limit)).error_handler(|error| refused(&error))
}

fn refused(error: &GovernorError) -> Response {
    match error {
        GovernorError::TooManyRequests { wait_time, .. } => Problem::too_many(*wait_time),
        // A request without a guest came past the listener, which cannot be.
        GovernorError::UnableToExtractKey | GovernorError::Other { .. } => Problem::Unavailable,
    }
    .into_response()
}
