//! Sample tips: sealed as a page seals them, sent through the public door, and worked on in between.

use super::DemoError;
use super::casework::{self, Act, Desks};
use super::codes::{self, Code, Codes};
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
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

const SAMPLES: &str = include_str!("samples.json");

const HOUR: u64 = 3_600;

/// One sample and its age.
#[derive(Deserialize)]
pub(super) struct Sample {
    hours_back: u64,
    /// What the casework calls it.
    name: Option<String>,
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

/// Seconds since the site must have been there.
pub(super) fn oldest(samples: &[Sample]) -> u64 {
    samples.first().map_or(0, |sample| (sample.hours_back + 1) * HOUR)
}

/// Sends every sample at its time, waits until each is durable, and does in between what members did meanwhile. Gives the codes of
/// those who took one.
pub(super) async fn send(
    samples: Vec<Sample>,
    admin: &Client,
    form_url: &str,
    genesis: &Sha256Hash,
    clock: &Arc<PastClock>,
    desks: Desks,
) -> Result<Codes, DemoError> {
    let version = verify_chain(genesis, &admin.keyring_from(0).await?)?;
    let agencies = recipients(&version);
    let site = words_of(genesis);
    let readership = Readership { keyring: version.public.version, site: &site, agencies: &agencies };
    let http = reqwest::Client::builder().no_proxy().build().map_err(|error| DemoError::Sample(error.to_string()))?;
    let mut taken = Codes::default();
    let mut work = Work { acts: casework::read()?.into(), desks, tips: HashMap::new() };
    for Sample { hours_back, name, letter: fields } in samples {
        work = work.until(hours_back * HOUR, clock).await?;
        clock.set(hours_back * HOUR);
        let Letter { created, lang, route, readers, mut answers, .. } =
            letter(fields, clock.as_ref()).map_err(|error| DemoError::Sample(error.to_string()))?;
        let code = if codes::is_wanted(&answers) { Some(take(*genesis).await?) } else { None };
        if let Some(code) = &code {
            code.put_into(&mut answers);
        }
        let tag = lang.clone();
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
        if let Some(code) = code {
            taken.add(tip.id, &tag, &code);
        }
        work.tips.extend(name.map(|name| (name, tip.id)));
    }
    work.until(0, clock).await?;
    Ok(taken)
}

/// A code, made on a thread of its own.
async fn take(genesis: Sha256Hash) -> Result<Code, DemoError> {
    let taken = tokio::task::spawn_blocking(move || Code::take(&genesis));
    taken.await.map_err(|error| DemoError::Sample(error.to_string()))
}

/// What is still to be done, and on what.
struct Work {
    acts: VecDeque<Act>,
    desks: Desks,
    tips: HashMap<String, TipId>,
}

impl Work {
    /// Does what was done before it was so many seconds ago. Desks wait for the server on a thread of their own.
    async fn until(mut self, seconds_back: u64, clock: &Arc<PastClock>) -> Result<Self, DemoError> {
        let clock = Arc::clone(clock);
        let done = tokio::task::spawn_blocking(move || {
            while let Some(act) = self.acts.pop_front_if(|act| act.seconds_back() > seconds_back) {
                clock.set(act.seconds_back());
                self.desks.act(&act, &mut self.tips)?;
            }
            Ok(self)
        });
        done.await.map_err(|error| DemoError::Sample(error.to_string()))?
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn text<'a>(sample: &'a Sample, field: &str) -> &'a str {
        sample.letter.get(field).and_then(Value::as_str).unwrap_or_default()
    }

    #[test]
    fn the_samples_are_what_a_desk_meets() {
        let samples = read().unwrap();
        let count = |is_meant: &dyn Fn(&Sample) -> bool| samples.iter().filter(|sample| is_meant(sample)).count();
        let languages: BTreeSet<&str> = samples.iter().map(|sample| text(sample, "lang")).collect();
        assert!(samples.len() >= 60 && languages.len() >= 10, "{languages:?}");
        assert!(count(&|of| text(of, "urgency") == "now" && text(of, "minor") == "yes") > 0, "a child in danger now");
        let police = ["police", "polic", "sheriff", "lapolis", "полиция"];
        let keeps_out = |of: &Sample| police.iter().any(|word| text(of, "exclude_text").to_lowercase().contains(word));
        assert!(count(&keeps_out) >= 3, "sources who keep the police out");
        assert!(count(&|of| text(of, "story").trim().is_empty()) > 0, "one that tells nothing");
        let is_hostile = |of: &Sample| text(of, "story").chars().any(crate::desk::output::is_obeyed);
        assert!(count(&is_hostile) > 0, "one that a terminal would obey");
        assert!(samples.iter().any(|of| of.hours_back < 24) && samples.iter().any(|of| of.hours_back > 30 * 24));
    }

    #[test]
    fn members_have_claimed_linked_referred_and_closed_some() {
        let acts = casework::read().unwrap();
        for verb in ["claim ", "--as duplicate", "refer ", "accept ", "decline ", "--to closed", "hold ", "outcome "] {
            assert!(acts.iter().any(|act| act.does.contains(verb)), "{verb}");
        }
    }
}
