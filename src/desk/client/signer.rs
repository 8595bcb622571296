//! The one signature that every request carries (RFC 9421), and the digest it covers (RFC 9530).

use crate::clock::Clock;
use crate::desk::identity::Identity;
use crate::model::day::Day;
use crate::model::hex::Sha256Hash;
use crate::wire::{COVERED_COMPONENTS, SIGNATURE_LABEL, signature_tag};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{Method, Request};
use http_body_util::Full;
use httpsig_hyper::MessageSignatureReq as _;
use httpsig_hyper::prelude::message_component::HttpMessageComponentId;
use httpsig_hyper::prelude::{AlgorithmName, HttpSignatureParams, SecretKey};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// Signs requests of one person at one site.
pub(super) struct Signer {
    key: SecretKey,
    key_id: String,
    tag: String,
    clock: Arc<dyn Clock>,
}

impl Signer {
    pub fn new(genesis: &Sha256Hash, identity: &Identity, clock: Arc<dyn Clock>) -> Self {
        let key = SecretKey::from_bytes(&AlgorithmName::Ed25519, &identity.signing.to_bytes())
            .expect("any 32 bytes are an Ed25519 seed");
        Self { key, key_id: identity.public_key().to_string(), tag: signature_tag(genesis), clock }
    }

    /// The day by this machine's clock.
    pub fn today(&self) -> Day {
        self.clock.today()
    }

    /// A request with its digest and signature. `uri` must be one.
    pub async fn sign(&self, method: Method, uri: &str, body: Vec<u8>) -> Request<Vec<u8>> {
        let digest = format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(&body)));
        // The crate signs messages with a hyper body only; the digest stands for ours.
        let mut unsigned = Request::builder()
            .method(method)
            .uri(uri)
            .header("content-digest", digest)
            .body(Full::new(&[][..]))
            .expect("the address was checked, and the path is ours");
        unsigned
            .set_message_signature(&self.params(), &self.key, Some(SIGNATURE_LABEL))
            .await
            .expect("every covered component is there");
        if !body.is_empty() {
            unsigned.headers_mut().insert("content-type", http::HeaderValue::from_static("application/json"));
        }
        unsigned.map(|_| body)
    }

    fn params(&self) -> HttpSignatureParams {
        let covered = COVERED_COMPONENTS
            .map(|name| HttpMessageComponentId::try_from(name).expect("the names are those of the RFC"));
        let mut params = HttpSignatureParams::try_new(&covered).expect("each component is named once");
        let mut nonce = [0; 24];
        getrandom::fill(&mut nonce).expect("nothing can be signed on a system that gives no randomness");
        params
            .set_created(self.clock.unix_seconds())
            .set_nonce(&STANDARD.encode(nonce))
            .set_alg(&AlgorithmName::Ed25519)
            .set_keyid(&self.key_id)
            .set_tag(&self.tag);
        params
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::FixedClock;
    use crate::model::hex::Hex;
    use httpsig_hyper::prelude::PublicKey;

    async fn signed() -> (Identity, Request<Vec<u8>>) {
        let identity = Identity::generate();
        let signer = Signer::new(&Hex([7; 32]), &identity, Arc::new(FixedClock(1_795_485_599)));
        let request = signer.sign(Method::GET, "http://127.0.0.1:1/v1/tips?after=3", Vec::new()).await;
        (identity, request)
    }

    #[tokio::test]
    async fn a_request_carries_what_the_protocol_says() {
        let (identity, request) = signed().await;
        let header = |name: &str| request.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-digest"), "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");
        let input = header("signature-input");
        assert!(
            input.starts_with(r#"sig1=("@method" "@path" "@query" "content-digest");created=1795485599;nonce=""#),
            "{input}"
        );
        assert!(input.contains(&format!(r#";keyid="{}""#, identity.public_key())), "{input}");
        assert!(input.contains(&format!(r#";tag="knothole:{}""#, "07".repeat(32))), "{input}");
        assert!(input.contains(r#";alg="ed25519""#), "{input}");
    }

    #[tokio::test]
    async fn the_signature_verifies_and_covers_the_query() {
        let (identity, request) = signed().await;
        let key = PublicKey::from_bytes(&AlgorithmName::Ed25519, identity.public_key().as_bytes()).unwrap();
        let request = request.map(|_| Full::new(&[][..]));
        assert!(request.verify_message_signature(&key, None).await.is_ok());
        let mut moved = request;
        *moved.uri_mut() = "http://127.0.0.1:1/v1/tips?after=4".parse().unwrap();
        assert!(moved.verify_message_signature(&key, None).await.is_err());
    }
}
