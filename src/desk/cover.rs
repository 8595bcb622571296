//! Cover tips: tips that no agency can open, sent through the public door as a source's browser sends them. So a tip that
//! opens for nobody means nothing. Needs no profile and can run anywhere.

use super::client::BadAddress;
use super::random;
use crate::clock::Clock;
use crate::crypto::canary::FILLER;
use crate::crypto::compose::{ComposeError, ComposedTip, Draft, Readership, compose};
use crate::crypto::letter::{Answers, Route};
use crate::crypto::shape::LETTER_BUCKETS;
use crate::model::agency::AgencyNumber;
use http::StatusCode;
use page::{Page, PageError};
use std::time::Duration;

pub mod browser;
pub mod page;
pub mod schedule;
pub mod visit;

use browser::Browser;
use visit::{Put, Visit};

/// How many in a thousand cover tips are of each bucket: most tips are a few sentences, letters of scripts with three bytes
/// a character are longer, the largest hold a pasted conversation.
pub const BUCKETS_PER_MILLE: [u64; LETTER_BUCKETS.len()] = [800, 180, 17, 3];

/// Why a cover tip was not sent.
#[derive(Debug, thiserror::Error)]
pub enum CoverError {
    /// The address or the proxy is none that we talk to.
    #[error(transparent)]
    BadAddress(#[from] BadAddress),
    /// Nobody answered, or stopped in the middle, or has too much to do.
    #[error("the form cannot be reached")]
    Unreachable,
    /// An answer that a form does not give.
    #[error("the form answered with status {0}")]
    Status(u16),
    /// What came is not a form, or not one to go by.
    #[error(transparent)]
    Page(#[from] PageError),
    /// Another keyring than the one that the caller knows as the newest.
    #[error("the form shows version {0} of a keyring that is not the newest that the admins have signed")]
    OtherKeyring(u32),
    /// The keyring on the page gives no tip.
    #[error(transparent)]
    Compose(#[from] ComposeError),
}

/// What is the same for every visit.
#[derive(Clone, Copy)]
pub struct Errand<'a> {
    /// Address of the form.
    pub form: &'a str,
    /// The proxy to go through.
    pub proxy: Option<&'a str>,
    /// The site's twelve words, where the caller knows them.
    pub genesis: Option<&'a str>,
    /// What time it is.
    pub clock: &'a dyn Clock,
}

/// The part of a stay that at most goes by on the first screen.
const FIRST_SCREEN: f64 = 0.2;

/// Sends one: loads the page and its scripts, stays on it for `stay` as if to type, and puts the tip. Nothing of one visit is
/// used in the next.
pub async fn send(errand: Errand<'_>, stay: Duration) -> Result<(), CoverError> {
    let bucket = schedule::bucket();
    send_made(errand, stay, |page, created| Ok(make(page, bucket, created)?)).await
}

/// The same with a tip that the caller makes from the page and the quarter hour; made again where the page was too old.
pub async fn send_made(
    errand: Errand<'_>,
    stay: Duration,
    mut make: impl FnMut(&Page, String) -> Result<ComposedTip, CoverError>,
) -> Result<(), CoverError> {
    let visit = Visit::begin(errand.form, errand.proxy, Browser::tor())?;
    let load = || visit.load(errand.genesis, errand.clock.today());
    let (mut page, later) = load().await?;
    let first = stay.mul_f64(random::fraction() * FIRST_SCREEN);
    tokio::time::sleep(first).await;
    visit.go_on(later.as_deref()).await;
    tokio::time::sleep(stay.saturating_sub(first)).await;
    for _try in 0..2 {
        let tip = make(&page, errand.clock.quarter_hour())?;
        match visit.put(&tip).await? {
            Put::Taken => return Ok(()),
            Put::Stale => {
                let (fresh, later) = load().await?;
                visit.go_on(later.as_deref()).await;
                page = fresh;
            }
        }
    }
    Err(CoverError::Status(StatusCode::PRECONDITION_FAILED.as_u16()))
}

/// A tip whose capsules are all decoys and whose letter is of this bucket.
pub fn make(page: &Page, bucket: usize, created: String) -> Result<ComposedTip, ComposeError> {
    let answers = Answers { story: Some(filler(bucket)), ..Answers::default() };
    let agencies: Vec<_> = (0..).map(AgencyNumber).zip(page.recipients.iter().map(|_| None)).collect();
    let draft = Draft { created, lang: "en".into(), route: Route::Fast, answers };
    compose(draft, &Readership { keyring: page.version, site: &page.site, agencies: &agencies }, &[])
}

/// A story that makes a letter of this bucket.
pub fn filler(bucket: usize) -> String {
    let smaller = LETTER_BUCKETS.into_iter().rfind(|&other| other < bucket).unwrap_or(0);
    FILLER.to_string().repeat(smaller)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::shape::sealed_len;
    use crate::crypto::tar;
    use crate::model::hex::Hex;

    #[test]
    fn a_cover_tip_has_the_shape_of_a_tip_whatever_its_bucket() {
        let page = Page { version: 7, recipients: vec![None; 4], site: "zoo".into(), hash: Hex([0; 32]) };
        for bucket in LETTER_BUCKETS {
            let tip = make(&page, bucket, "2026-11-24T01:45Z".into()).unwrap();
            let read = tar::parse(&tip.tar).unwrap();
            assert_eq!((read.about.id, read.about.keyring), (tip.id, 7));
            assert_eq!(read.about.site, tar::site_mark("zoo", tip.id));
            assert_eq!((read.letter.len(), read.capsules.len()), (sealed_len(bucket), 4));
        }
    }
}
