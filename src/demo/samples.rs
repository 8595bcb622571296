//! Sample tips: sealed as a page seals them, sent through the public door.

use super::DemoError;
use super::past::PastClock;
use crate::clock::Clock;
use crate::crypto::compose::{Draft, Readership, compose};
use crate::crypto::hybrid::HybridRecipient;
use crate::crypto::keyring::{Version, verify_chain, words_of};
use crate::crypto::letter::Letter;
use crate::desk::client::Client;
use crate::model::agency::AgencyNumber;
use crate::model::hex::Sha256Hash;
use crate::model::tip::TipId;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::cmp::Reverse;

const SAMPLES: &str = include_str!("samples.json");

/// One sample and its age.
#[derive(Deserialize)]
pub(super) struct Sample {
    hours_back: u64,
    /// The fields of a letter, but for those that no two tips share.
    #[serde(flatten)]
    letter: Map<String, Value>,
}

/// Every sample, the oldest first.
pub(super) fn read() -> Result<Vec<Sample>, DemoError> {
    let mut samples: Vec<Sample> =
        serde_json::from_str(SAMPLES).map_err(|error| DemoError::Sample(error.to_string()))?;
    samples.sort_by_key(|sample| Reverse(sample.hours_back));
    Ok(samples)
}

/// Hours since the site must have been there.
pub(super) fn oldest(samples: &[Sample]) -> u64 {
    samples.first().map_or(0, |sample| sample.hours_back + 1)
}

/// Sends every sample at its time and waits until each is durable.
pub(super) async fn send(
    samples: Vec<Sample>,
    admin: &Client,
    form_url: &str,
    genesis: &Sha256Hash,
    clock: &PastClock,
) -> Result<(), DemoError> {
    let version = verify_chain(genesis, &admin.keyring_from(0).await?)?;
    let agencies = recipients(&version);
    let site = words_of(genesis);
    let readership = Readership { keyring: version.public.version, site: &site, agencies: &agencies };
    let http = reqwest::Client::builder().no_proxy().build().map_err(|error| DemoError::Sample(error.to_string()))?;
    for Sample { hours_back, letter: fields } in samples {
        clock.set(hours_back);
        let Letter { created, lang, route, readers, answers, .. } =
            letter(fields, clock).map_err(|error| DemoError::Sample(error.to_string()))?;
        let tip = compose(Draft { created, lang, route, answers }, &readership, &readers)
            .map_err(|error| DemoError::Sample(error.to_string()))?;
        let put = http
            .put(format!("{form_url}tips/{}", tip.id))
            .header(http::header::CONTENT_TYPE, "application/x-tar")
            .body(tip.tar)
            .send()
            .await
            .map_err(|error| DemoError::Sample(error.to_string()))?;
        if put.status() != http::StatusCode::CREATED {
            return Err(DemoError::Sample(format!("the server answered {}", put.status())));
        }
    }
    Ok(())
}

/// Adds what no two tips share.
fn letter(mut sample: Map<String, Value>, clock: &dyn Clock) -> Result<Letter, serde_json::Error> {
    sample.insert("format".to_owned(), json!(1));
    sample.insert("id".to_owned(), json!(TipId([0; 32])));
    sample.insert("created".to_owned(), json!(clock.quarter_hour()));
    serde_json::from_value(Value::Object(sample))
}

fn recipients(version: &Version) -> Vec<(AgencyNumber, Option<HybridRecipient>)> {
    let recipient = |text: &String| text.parse().ok();
    let agencies = version.public.agencies.iter();
    agencies.map(|agency| (agency.number, agency.recipient.as_ref().and_then(recipient))).collect()
}
