//! Sample tips: sealed as a page seals them, sent through the public door.

use super::DemoError;
use crate::clock::Clock;
use crate::crypto::compose::{Draft, Readership, compose};
use crate::crypto::hybrid::HybridRecipient;
use crate::crypto::keyring::{Version, verify_chain};
use crate::crypto::letter::{Answers, Route};
use crate::desk::client::Client;
use crate::model::agency::AgencyNumber;
use crate::model::hex::Sha256Hash;
use serde::Deserialize;

const SAMPLES: &str = include_str!("samples.json");

/// What one source did.
#[derive(Deserialize)]
struct Sample {
    lang: String,
    route: Route,
    readers: Vec<AgencyNumber>,
    #[serde(flatten)]
    answers: Answers,
}

/// Sends every sample and waits until each is durable.
pub(super) async fn send(
    admin: &Client,
    form_url: &str,
    genesis: &Sha256Hash,
    clock: &dyn Clock,
) -> Result<(), DemoError> {
    let version = verify_chain(genesis, &admin.keyring_from(0).await?)?;
    let agencies = recipients(&version);
    let readership = Readership { keyring: version.public.version, agencies: &agencies };
    let samples: Vec<Sample> = serde_json::from_str(SAMPLES).map_err(|error| DemoError::Sample(error.to_string()))?;
    let http = reqwest::Client::builder().no_proxy().build().map_err(|error| DemoError::Sample(error.to_string()))?;
    for Sample { lang, route, readers, answers } in samples {
        let draft = Draft { created: clock.quarter_hour(), lang, route, answers };
        let tip = compose(draft, &readership, &readers).map_err(|error| DemoError::Sample(error.to_string()))?;
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

fn recipients(version: &Version) -> Vec<(AgencyNumber, Option<HybridRecipient>)> {
    let recipient = |text: &String| text.parse().ok();
    let agencies = version.public.agencies.iter();
    agencies.map(|agency| (agency.number, agency.recipient.as_ref().and_then(recipient))).collect()
}
