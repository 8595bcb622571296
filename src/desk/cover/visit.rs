//! One visit to the form, on the wire as near to a browser's as a program's can be: the same requests in the same order,
//! with the headers of one browser. Each visit has connections of its own.

use super::CoverError;
use super::browser::{Asked, Browser};
use super::page::{Page, PageError};
use crate::crypto::compose::ComposedTip;
use crate::crypto::page::{Headers, SCRIPT_PATH, counted, later_of};
use crate::desk::client::{BadAddress, Reach};
use crate::model::day::Day;
use http::StatusCode;
use reqwest::{RequestBuilder, Response};
use std::io::Read;
use std::time::Duration;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
const READ_TIMEOUT: Duration = Duration::from_mins(1);
/// For a whole body: one that comes on and on, a little at a time, is none.
const BODY_TIMEOUT: Duration = Duration::from_mins(5);
/// The largest page there can be, packed or not.
const MAX_PAGE: usize = 2 << 20;
/// What the page waits between its tries.
pub const PAUSES: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(3), Duration::from_secs(8)];
const BROTLI_BUFFER: usize = 4096;

/// See the module.
pub struct Visit {
    http: reqwest::Client,
    browser: Browser,
    page: String,
    origin: String,
    host: String,
    is_secure: bool,
}

/// What came back, as far as it did: it began, and a browser shows what it got of it, whatever its status.
pub struct Answer {
    /// Said first.
    pub status: StatusCode,
    /// Those that count.
    pub headers: Headers,
    /// Unpacked.
    pub body: Result<Vec<u8>, Flaw>,
}

/// Why a body cannot be read that a browser may well read some of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// In none of the ways in which the server packs.
    #[error("it is packed in a way that this site does not use")]
    Packing,
    /// It is not what it says it is, or something follows it.
    #[error("it cannot be unpacked")]
    Packed,
    /// Longer than [`MAX_PAGE`].
    #[error("it is longer than any page")]
    Long,
    /// It ended too early, or did not end.
    #[error("it broke off")]
    Broken,
}

impl Answer {
    /// What is there.
    fn there(self) -> Result<Vec<u8>, CoverError> {
        match (self.status, self.body) {
            (status, _) if may_pass(status) => Err(CoverError::Unreachable),
            (StatusCode::OK, Ok(body)) => Ok(body),
            (StatusCode::OK, Err(Flaw::Broken)) => Err(CoverError::Unreachable),
            (StatusCode::OK, Err(_)) => Err(PageError::Malformed.into()),
            (status, _) => Err(CoverError::Status(status.as_u16())),
        }
    }
}

/// What became of a tip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is durable.
    Taken,
    /// The keyring that it was sealed under is no longer taken: the page must be loaded again.
    Stale,
}

impl Visit {
    /// Connects to nothing yet.
    pub fn begin(form: &str, proxy: Option<&str>, browser: Browser) -> Result<Self, CoverError> {
        let Reach { server: uri, proxy } = Reach::new(form, proxy)?;
        let (Some(scheme), Some(authority), None) = (uri.scheme_str(), uri.authority(), uri.query()) else {
            return Err(BadAddress::NotOne(form.to_owned()).into());
        };
        let mut builder = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .http1_title_case_headers()
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT);
        if let Some(proxy) = proxy {
            builder = builder.proxy(proxy);
        }
        let http = builder.build().map_err(|_| CoverError::Unreachable)?;
        let (origin, host) = (format!("{scheme}://{authority}"), authority.to_string());
        Ok(Self { http, browser, page: uri.to_string(), origin, host, is_secure: scheme == "https" })
    }

    /// Loads the page and its first script, and reads the page. Gives where its later script is.
    pub async fn load(&self, genesis: Option<&str>, today: Day) -> Result<(Page, Option<String>), CoverError> {
        let html = self.get(&self.page, Asked::Page).await?.there()?;
        let html = String::from_utf8(html).map_err(|_| PageError::Malformed)?;
        let page = Page::read(&html, genesis, today)?;
        self.script().await?.there()?;
        Ok((page, later_of(&html).map(|(path, _)| path.to_owned())))
    }

    /// The document at a path of the site, as someone gets it who types its address, or follows a link on the page.
    pub async fn document(&self, path: &str, is_link: bool) -> Result<Answer, CoverError> {
        self.get(&format!("{}{path}", self.origin), if is_link { Asked::Link } else { Asked::Page }).await
    }

    /// The script, as the page gets it.
    pub async fn script(&self) -> Result<Answer, CoverError> {
        self.get(&format!("{}{SCRIPT_PATH}", self.origin), Asked::Script).await
    }

    /// Reads on, past the first screen. Where the later script cannot be had, the page goes on without it.
    pub async fn go_on(&self, later: Option<&str>) {
        if let Some(path) = later {
            let _without_it = self.later(path).await;
        }
    }

    /// The later script, as the page gets it once somebody goes past its first screen.
    pub async fn later(&self, path: &str) -> Result<Answer, CoverError> {
        self.get(&format!("{}{path}", self.origin), Asked::Script).await
    }

    /// Puts a tip, again and again as the page does when nobody answers.
    pub async fn put(&self, tip: &ComposedTip) -> Result<Put, CoverError> {
        for pause in PAUSES.into_iter().map(Some).chain([None]) {
            let request = self.http.put(format!("{}/tips/{}", self.origin, tip.id)).body(tip.tar.clone());
            let answer = self.with_headers(request, Asked::Tip(tip.tar.len())).send().await;
            match answer.map(|answer| answer.status()) {
                Ok(StatusCode::OK | StatusCode::CREATED) => return Ok(Put::Taken),
                Ok(StatusCode::PRECONDITION_FAILED) => return Ok(Put::Stale),
                Ok(status) if !may_pass(status) => return Err(CoverError::Status(status.as_u16())),
                Ok(_) | Err(_) => {}
            }
            match pause {
                Some(pause) => tokio::time::sleep(pause).await,
                None => break,
            }
        }
        Err(CoverError::Unreachable)
    }

    async fn get(&self, address: &str, asked: Asked) -> Result<Answer, CoverError> {
        let answer = self.with_headers(self.http.get(address), asked).send().await;
        let answer = answer.map_err(|_| CoverError::Unreachable)?;
        let named = answer.headers().iter();
        let named: Vec<_> =
            named.map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes()))).collect();
        let headers = counted(named.iter().map(|(name, value)| (*name, value.as_ref())));
        Ok(Answer { status: answer.status(), headers, body: read(answer).await })
    }

    fn with_headers(&self, request: RequestBuilder, asked: Asked) -> RequestBuilder {
        let headers = self.browser.headers(asked, &self.host, &self.origin, self.is_secure);
        headers.into_iter().fold(request, |request, (name, value)| request.header(name, value))
    }
}

/// Whether the same may be answered otherwise a little later.
fn may_pass(status: StatusCode) -> bool {
    matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)
}

/// Reads and unpacks at most [`MAX_PAGE`] bytes, however much the answer holds.
async fn read(mut answer: Response) -> Result<Vec<u8>, Flaw> {
    let mut packings = answer.headers().get_all(http::header::CONTENT_ENCODING).into_iter();
    let (packing, is_one) = (packings.next().cloned(), packings.next().is_none());
    let whole = async {
        let mut packed = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|_| Flaw::Broken)? {
            packed.extend_from_slice(&chunk);
            if packed.len() > MAX_PAGE {
                return Err(Flaw::Long);
            }
        }
        Ok(packed)
    };
    let packed = tokio::time::timeout(BODY_TIMEOUT, whole).await.map_err(|_| Flaw::Broken)??;
    let packing = packing.as_ref().map(http::HeaderValue::as_bytes);
    if is_one { unpack(packing, &packed) } else { Err(Flaw::Packing) }
}

fn unpack(packing: Option<&[u8]>, packed: &[u8]) -> Result<Vec<u8>, Flaw> {
    match packing {
        None => {
            let mut whole = packed;
            read_to_end(&mut whole)
        }
        Some(b"br") => read_to_end(&mut brotli::Decompressor::new(packed, BROTLI_BUFFER)),
        Some(b"gzip") => {
            let mut reader = flate2::bufread::GzDecoder::new(packed);
            let bytes = read_to_end(&mut reader)?;
            // Some browsers would read on.
            if reader.into_inner().is_empty() { Ok(bytes) } else { Err(Flaw::Packed) }
        }
        Some(_) => Err(Flaw::Packing),
    }
}

fn read_to_end(reader: &mut dyn Read) -> Result<Vec<u8>, Flaw> {
    let mut bytes = Vec::new();
    reader.take(MAX_PAGE as u64 + 1).read_to_end(&mut bytes).map_err(|_| Flaw::Packed)?;
    if bytes.len() > MAX_PAGE { Err(Flaw::Long) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_page_that_unpacks_to_more_than_any_page_holds_is_refused() {
        let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        to.write_all(&vec![b' '; MAX_PAGE + 1]).unwrap();
        let bomb = to.finish().unwrap();
        assert!(bomb.len() < 10_000);
        assert_eq!(unpack(Some(b"gzip"), &bomb), Err(Flaw::Long));
        assert_eq!(unpack(None, b"page"), Ok(b"page".to_vec()));
        assert_eq!(unpack(Some(b"zstd"), b"page"), Err(Flaw::Packing));
    }

    #[test]
    fn what_follows_a_packed_page_is_not_passed_over() {
        let packed = |text: &[u8]| {
            let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            to.write_all(text).unwrap();
            to.finish().unwrap()
        };
        assert_eq!(unpack(Some(b"gzip"), &packed(b"page")), Ok(b"page".to_vec()));
        assert_eq!(unpack(Some(b"gzip"), &[packed(b"page"), packed(b"more")].concat()), Err(Flaw::Packed));
    }

    #[test]
    fn an_address_is_that_of_a_page_and_no_more() {
        for form in ["form.example", "ftp://form.example", "https://form.example/?q=1", "", "https://"] {
            assert!(matches!(Visit::begin(form, None, Browser::tor()), Err(CoverError::BadAddress(_))), "{form}");
        }
        assert_eq!(
            Visit::begin("https://form.example/en", None, Browser::tor()).unwrap().origin,
            "https://form.example"
        );
        assert!(matches!(Visit::begin("http://x", Some("no proxy"), Browser::tor()), Err(CoverError::BadAddress(_))));
    }
}
