//! The staff door, seen from outside: signed requests, answers of bounded size, no redirects, nothing kept.
//! `docs/PROTOCOL.md` section 7.

use super::identity::Identity;
use super::profile::Site;
use crate::clock::Clock;
use crate::crypto::keyring::SignedVersion;
use crate::model::day::Day;
use crate::model::tip::TipId;
use crate::wire::{
    Canaries, CanaryWord, CapsuleLine, CheckedCapsules, DeletionAct, DeletionPost, Deletions, Epochs, Junk, KeepTokens,
    KeyringChain, MAX_KEYRING_BODY, MAX_SECRETS_BODY, NewReferral, NewRoll, NewSecret, Notices, PointerLine,
    PostedEvent, PostedReply, PurgePost, Purged, ReadReport, Replaced, Reseal, ResealedLine, Rolls, Secrets,
    SiteStatus,
};
use http::{HeaderName, HeaderValue, Method, StatusCode};
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;

mod address;
mod attachments;
mod capsules;
mod events;
mod pieces;
mod signer;
mod tips;

pub use address::{BadAddress, Reach};
pub use attachments::AttachmentStream;
pub use capsules::{ListBatch, ListReader, ListStream, Listed};
pub use events::{EventBatch, EventReader, EventStream, SealedEvent};
pub use tips::{Batch, Garbled, SealedTip, TipReader, TipStream};

use signer::Signer;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
/// Between two pieces of an answer; an onion may be slow.
const READ_TIMEOUT: Duration = Duration::from_mins(1);
/// Answers with many keys or versions: far more than a site of 64 agencies has in ten years.
const MAX_ANSWER: usize = 16 * (MAX_KEYRING_BODY + MAX_SECRETS_BODY);

/// Talks to one site's staff door as one person. No `Debug`: it holds a signing key.
pub struct Client {
    http: reqwest::Client,
    server: String,
    signer: Signer,
}

/// Whether what was sent was new to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It was stored.
    New,
    /// It was there already, byte for byte.
    Same,
}

/// What became of a word about a purge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PurgeSent {
    /// It waits for a second admin.
    Asked,
    /// So many tips are gone.
    Purged(u64),
}

/// Why a request brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The address or the proxy is none that we talk to.
    #[error(transparent)]
    BadAddress(#[from] BadAddress),
    /// Nobody answered, or stopped in the middle.
    #[error("the server cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    /// The answer ended before it was complete.
    #[error("the server's answer was cut short")]
    CutShort,
    /// The server has too much to do.
    #[error("the server cannot take requests now")]
    Busy,
    /// The signature was not taken.
    #[error("the server did not accept our signature")]
    NotAccepted,
    /// Not for this member or admin.
    #[error("the server does not let us do this")]
    Forbidden,
    /// There is no such thing there, or we cannot show that it is ours to see.
    #[error("the server knows no such thing")]
    NotThere,
    /// It was deleted.
    #[error("the tip was deleted")]
    Gone,
    /// Something else is there.
    #[error("the server has another already")]
    Conflict,
    /// What we sent breaks a rule.
    #[error("the server refused what we sent, because it breaks a rule")]
    Refused,
    /// Any other status.
    #[error("the server answered with status {0}")]
    Status(u16),
    /// The answer is not what the protocol says.
    #[error("the server's answer makes no sense: {0}")]
    Garbled(#[from] Garbled),
}

impl Client {
    /// For one person at one site. Connects to nothing yet.
    pub fn new(
        site: &Site,
        proxy: Option<&str>,
        identity: &Identity,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ClientError> {
        let (http, server) = connect(site, proxy)?;
        Ok(Self { http, server, signer: Signer::new(&site.genesis, identity, clock) })
    }

    /// Whether there is a staff door at all: asks without a signature, and is content to be refused.
    pub async fn answers(site: &Site, proxy: Option<&str>) -> Result<(), ClientError> {
        let (http, server) = connect(site, proxy)?;
        let answer = http.get(format!("{server}/v1/keyring?from=0")).send().await.map_err(ClientError::Unreachable)?;
        match answer.status() {
            StatusCode::UNAUTHORIZED => Ok(()),
            other => Err(ClientError::Status(other.as_u16())),
        }
    }

    /// All versions of the keyring from this number on.
    pub async fn keyring_from(&self, version: u32) -> Result<Vec<SignedVersion>, ClientError> {
        Ok(self.chain_from(version).await?.versions)
    }

    /// The same, with what recovery admins propose to follow the newest.
    pub async fn chain_from(&self, version: u32) -> Result<KeyringChain, ClientError> {
        let answer = self.send(Method::GET, &format!("/v1/keyring?from={version}"), Vec::new()).await?;
        read_json(answer, MAX_ANSWER).await
    }

    /// Proposes a version, as recovery admins.
    pub async fn propose(&self, version: &SignedVersion) -> Result<Sent, ClientError> {
        self.post("/v1/recovery", version).await
    }

    /// The day by this client's clock.
    pub fn today(&self) -> Day {
        self.signer.today()
    }

    /// Publishes a version.
    pub async fn publish(&self, version: &SignedVersion) -> Result<Sent, ClientError> {
        self.post("/v1/keyring", version).await
    }

    /// Agency keys, with our own copies, and statements about them.
    pub async fn secrets(&self) -> Result<Secrets, ClientError> {
        let answer = self.send(Method::GET, "/v1/secrets", Vec::new()).await?;
        read_json(answer, MAX_ANSWER).await
    }

    /// Adds a key or a statement.
    pub async fn add_secret(&self, secret: &NewSecret) -> Result<Sent, ClientError> {
        self.post("/v1/secrets", secret).await
    }

    /// How members' recipients rolled.
    pub async fn rolls(&self) -> Result<Rolls, ClientError> {
        let answer = self.send(Method::GET, "/v1/recipients", Vec::new()).await?;
        read_json(answer, MAX_ANSWER).await
    }

    /// Rolls our own recipient, or puts our own copies in the place of those that are there.
    pub async fn roll(&self, new: &NewRoll) -> Result<Sent, ClientError> {
        self.post("/v1/recipients", new).await
    }

    /// Our agency's capsules that need an older key than its newest, without those that we have sealed again already.
    pub async fn old_capsules(&self) -> Result<ListStream<CapsuleLine>, ClientError> {
        Ok(ListStream::new(self.send(Method::GET, "/v1/capsules", Vec::new()).await?))
    }

    /// The same with all others of our agency's.
    pub async fn all_capsules(&self) -> Result<ListStream<CapsuleLine>, ClientError> {
        Ok(ListStream::new(self.send(Method::GET, "/v1/capsules?all", Vec::new()).await?))
    }

    /// Puts capsules that were sealed again beside the old ones. `sealed` holds them one after the other.
    pub async fn put_capsules(&self, line: &Reseal, sealed: &[u8]) -> Result<(), ClientError> {
        let mut body = serde_json::to_vec(line).expect("strings and numbers always serialize");
        body.push(b'\n');
        body.extend_from_slice(sealed);
        self.send(Method::PUT, "/v1/capsules", body).await.map(drop)
    }

    /// What our agency has sealed again and nobody has checked, after this number.
    pub async fn resealed_after(&self, after: u64) -> Result<ListStream<ResealedLine>, ClientError> {
        Ok(ListStream::new(self.send(Method::GET, &format!("/v1/resealed?after={after}"), Vec::new()).await?))
    }

    /// Lets new capsules that we have checked take the place of the old ones.
    pub async fn replace_capsules(&self, checked: &CheckedCapsules) -> Result<Replaced, ClientError> {
        let body = serde_json::to_vec(checked).expect("strings and numbers always serialize");
        read_json(self.send(Method::POST, "/v1/resealed", body).await?, MAX_ANSWER).await
    }

    /// How many tips still need which of our agency's keys.
    pub async fn epochs(&self) -> Result<Epochs, ClientError> {
        read_json(self.send(Method::GET, "/v1/epochs", Vec::new()).await?, MAX_ANSWER).await
    }

    /// Says that tips are no junk, by tokens that only whoever opened them has.
    pub async fn keep(&self, tokens: &KeepTokens) -> Result<(), ClientError> {
        self.post("/v1/keep", tokens).await.map(drop)
    }

    /// Every tip after this place in the list, as it comes in.
    pub async fn tips_after(&self, after: u64) -> Result<TipStream, ClientError> {
        let answer = self.send(Method::GET, &format!("/v1/tips?after={after}"), Vec::new()).await?;
        Ok(TipStream::new(answer, after))
    }

    /// Every case event of every tip after this place in the list, as it comes in.
    pub async fn events_after(&self, after: u64) -> Result<EventStream, ClientError> {
        let answer = self.send(Method::GET, &format!("/v1/events?after={after}"), Vec::new()).await?;
        Ok(EventStream::new(answer, after))
    }

    /// Adds a case event to a tip.
    pub async fn post_event(&self, tip: TipId, event: &PostedEvent) -> Result<Sent, ClientError> {
        self.post(&format!("/v1/tips/{tip}/events"), event).await
    }

    /// Leaves a reply in a mailbox.
    pub async fn post_reply(&self, reply: &PostedReply) -> Result<Sent, ClientError> {
        self.post("/v1/replies", reply).await
    }

    /// Every message by which agencies compare after this place in the list, as it comes in.
    pub async fn pointers_after(&self, after: u64) -> Result<ListStream<PointerLine>, ClientError> {
        let answer = self.send(Method::GET, &format!("/v1/pointers?after={after}"), Vec::new()).await?;
        Ok(ListStream::new(answer))
    }

    /// Puts such a message there.
    pub async fn post_pointer(&self, sealed: Vec<u8>) -> Result<Sent, ClientError> {
        let answer = self.send(Method::POST, "/v1/pointers", sealed).await?;
        Ok(if answer.status() == StatusCode::CREATED { Sent::New } else { Sent::Same })
    }

    /// Every referral after this place in the list, each as the tip that it refers.
    pub async fn referrals_after(&self, after: u64) -> Result<TipStream, ClientError> {
        let answer = self.send(Method::GET, &format!("/v1/referrals?after={after}"), Vec::new()).await?;
        Ok(TipStream::new(answer, after))
    }

    /// Adds a capsule for every agency to a tip, of which one is for somebody.
    pub async fn refer(&self, tip: TipId, referral: &NewReferral) -> Result<Sent, ClientError> {
        self.post(&format!("/v1/tips/{tip}/capsules"), referral).await
    }

    /// Stores a tip that a member made: the facts of another one.
    pub async fn put_tip(&self, tip: TipId, tar: Vec<u8>) -> Result<Sent, ClientError> {
        let answer = self.send(Method::PUT, &format!("/v1/tips/{tip}"), tar).await?;
        Ok(if answer.status() == StatusCode::CREATED { Sent::New } else { Sent::Same })
    }

    /// Deletions that every desk is to see coming.
    pub async fn notices(&self) -> Result<Notices, ClientError> {
        let answer = self.send(Method::GET, "/v1/notices", Vec::new()).await?;
        read_json(answer, MAX_ANSWER).await
    }

    /// Says how far this desk has read.
    pub async fn has_read(&self, report: &ReadReport) -> Result<(), ClientError> {
        self.post("/v1/read", report).await.map(drop)
    }

    /// Asks for a deletion, says so too, or objects.
    pub async fn deletion(&self, tip: TipId, post: &DeletionPost) -> Result<Sent, ClientError> {
        self.post(&format!("/v1/tips/{tip}/deletion"), post).await
    }

    /// The requests that there are to delete a tip.
    pub async fn deletions(&self, tip: TipId, token: crate::model::hex::Hex<32>) -> Result<Deletions, ClientError> {
        let post = DeletionPost { token, act: DeletionAct::Show };
        let body = serde_json::to_vec(&post).expect("strings and numbers always serialize");
        let answer = self.send(Method::POST, &format!("/v1/tips/{tip}/deletion"), body).await?;
        read_json(answer, MAX_ANSWER).await
    }

    /// What nobody kept.
    pub async fn junk(&self) -> Result<Junk, ClientError> {
        let answer = self.send(Method::GET, "/v1/junk", Vec::new()).await?;
        read_json(answer, MAX_ANSWER).await
    }

    /// What agencies have said of canaries.
    pub async fn canaries(&self) -> Result<Canaries, ClientError> {
        let answer = self.send(Method::GET, "/v1/canaries", Vec::new()).await?;
        read_json(answer, MAX_ANSWER).await
    }

    /// Says that a canary came here.
    pub async fn note_canary(&self, word: &CanaryWord) -> Result<Sent, ClientError> {
        self.post("/v1/canaries", word).await
    }

    /// How the site is.
    pub async fn status(&self) -> Result<SiteStatus, ClientError> {
        let answer = self.send(Method::GET, "/v1/status", Vec::new()).await?;
        read_json(answer, MAX_ANSWER).await
    }

    /// Asks for a purge, or says so too.
    pub async fn purge(&self, post: &PurgePost) -> Result<PurgeSent, ClientError> {
        let body = serde_json::to_vec(post).expect("strings and numbers always serialize");
        let answer = self.send(Method::POST, "/v1/junk", body).await?;
        if answer.status() == StatusCode::CREATED {
            return Ok(PurgeSent::Asked);
        }
        let Purged { tips } = read_json(answer, MAX_ANSWER).await?;
        Ok(PurgeSent::Purged(tips))
    }

    async fn post(&self, path: &str, body: &impl serde::Serialize) -> Result<Sent, ClientError> {
        let body = serde_json::to_vec(body).expect("strings and numbers always serialize");
        let answer = self.send(Method::POST, path, body).await?;
        Ok(if answer.status() == StatusCode::CREATED { Sent::New } else { Sent::Same })
    }

    async fn send(&self, method: Method, path: &str, body: Vec<u8>) -> Result<reqwest::Response, ClientError> {
        self.send_with(method, path, body, &[]).await
    }

    /// With more headers, which the signature does not cover.
    async fn send_with(
        &self,
        method: Method,
        path: &str,
        body: Vec<u8>,
        more: &[(HeaderName, HeaderValue)],
    ) -> Result<reqwest::Response, ClientError> {
        let uri = format!("{}{path}", self.server);
        let mut request = self.signer.sign(method, &uri, body).await;
        request.headers_mut().extend(more.iter().cloned());
        let request = reqwest::Request::try_from(request).map_err(|_| BadAddress::NotOne(uri))?;
        let answer = self.http.execute(request).await.map_err(ClientError::Unreachable)?;
        match answer.status() {
            StatusCode::OK | StatusCode::CREATED | StatusCode::PARTIAL_CONTENT => Ok(answer),
            StatusCode::UNAUTHORIZED => Err(ClientError::NotAccepted),
            StatusCode::FORBIDDEN => Err(ClientError::Forbidden),
            StatusCode::NOT_FOUND => Err(ClientError::NotThere),
            StatusCode::GONE => Err(ClientError::Gone),
            StatusCode::CONFLICT => Err(ClientError::Conflict),
            StatusCode::UNPROCESSABLE_ENTITY => Err(ClientError::Refused),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => {
                Err(ClientError::Busy)
            }
            other => Err(ClientError::Status(other.as_u16())),
        }
    }
}

/// What sends requests to a site, and where to.
fn connect(site: &Site, proxy: Option<&str>) -> Result<(reqwest::Client, String), ClientError> {
    let Reach { server, proxy, .. } = Reach::new(&site.server, proxy)?;
    let is_plain_address = server.path() == "/" && server.query().is_none();
    if !is_plain_address {
        return Err(BadAddress::NotOne(site.server.clone()).into());
    }
    let mut builder = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(READ_TIMEOUT);
    if let Some(proxy) = proxy {
        builder = builder.proxy(proxy);
    }
    if server.scheme_str() == Some("http") {
        // An onion or this machine shows no certificate: what the system trusts need not be read.
        builder = builder.tls_certs_only([]);
    }
    let http = builder.build().map_err(ClientError::Unreachable)?;
    Ok((http, site.server.trim_end_matches('/').to_owned()))
}

/// Reads a JSON answer of at most `max_bytes`, however large the server says that it is.
async fn read_json<T: DeserializeOwned>(mut answer: reqwest::Response, max_bytes: usize) -> Result<T, ClientError> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(ClientError::Unreachable)? {
        if body.len() + chunk.len() > max_bytes {
            return Err(Garbled::TooLarge.into());
        }
        body.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&body).map_err(|_| Garbled::Json.into())
}
