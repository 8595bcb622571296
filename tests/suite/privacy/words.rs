//! Promise 1: what a source writes, and the keys that open it, reach neither the server's memory nor disk nor log.

use super::image;
use super::planted::{Planted, answers, found, words};
use crate::support::files::files_under;
use crate::support::http::{Answer, exchange, request};
use crate::support::process::{LASTING_VERSION, Program, lasting_site};
use crate::support::site;
use crate::support::staff::Person;
use crate::support::tip::sealed;
use knothole::clock::{Clock as _, SystemClock};
use knothole::crypto::capsule::Capsule;
use knothole::crypto::compose::{Draft, Readership, compose};
use knothole::crypto::hybrid::HybridIdentity;
use knothole::crypto::letter::Route;
use knothole::crypto::open::{open_capsule, open_letter};
use knothole::crypto::shape::CAPSULE_PLAIN_LEN;
use knothole::crypto::tar::{self, About, TipTar};
use knothole::model::agency::AgencyNumber;
use knothole::model::hex::Hex;
use knothole::model::tip::TipId;
use std::path::Path;

/// Everything that was to be seen of a server, by what it is.
type Seen = Vec<(String, Vec<u8>)>;

/// What the source sends to `agencies`, sealed as the page seals it.
fn sealed_tip(agencies: &[HybridIdentity], picked: &[u16]) -> (TipId, Vec<u8>) {
    let recipients: Vec<_> =
        (0..).map(AgencyNumber).zip(agencies.iter().map(|identity| Some(identity.to_recipient()))).collect();
    let draft =
        Draft { created: SystemClock.quarter_hour(), lang: "en".into(), route: Route::Full, answers: answers() };
    let picked: Vec<_> = picked.iter().copied().map(AgencyNumber).collect();
    let tip = compose(
        draft,
        &Readership { keyring: LASTING_VERSION, site: &site::twelve_words(), agencies: &recipients },
        &picked,
    )
    .unwrap();
    (tip.id, tip.tar)
}

/// A tip that looks sealed to the server, with its letter open inside: what must never happen, and must be found.
fn open_tip() -> (TipId, Vec<u8>) {
    let id = TipId([9; 32]);
    let text = serde_json::to_vec(&answers()).unwrap();
    let mut letter = sealed(4096, 1);
    let start = letter.len() - 4096;
    letter[start..start + text.len()].copy_from_slice(&text);
    let capsule = sealed(CAPSULE_PLAIN_LEN, 2);
    let about = About { id, keyring: LASTING_VERSION, site: site::mark(id), upload: Hex([3; 32]) };
    (id, tar::write(&TipTar { about, letter: &letter, capsules: vec![&capsule, &capsule] }))
}

fn put(id: TipId, body: &[u8]) -> Vec<u8> {
    request("PUT", &format!("/tips/{id}"), &[("content-type", "application/x-tar")], body)
}

fn bytes_of(answer: &Answer) -> Vec<u8> {
    [format!("{:?}", answer.headers).as_bytes(), &answer.body].concat()
}

/// Sends each request and keeps it with its answer.
async fn say(server: &Program, requests: &[Vec<u8>], seen: &mut Seen) {
    for request in requests {
        let answer = exchange(server.public(), request).await;
        seen.push(("a request".into(), request.clone()));
        seen.push((format!("an answer, {}", answer.status), bytes_of(&answer)));
    }
}

/// What desks of both agencies fetch. The thread keys that they find in it are planted from then on: as text and as
/// the token that proves custody.
async fn fetch(server: &Program, agencies: &[HybridIdentity], planted: &mut Vec<Planted>, seen: &mut Seen) -> usize {
    let mut letters = 0;
    for (member, identity) in ["mia", "pam"].into_iter().zip(agencies) {
        let now = SystemClock.unix_seconds();
        let person = Person { door: server.staff().clone(), key: site::key(member), now };
        for tip in person.tips(0).await.0 {
            seen.push(("a tip as a desk gets it".into(), [&tip.letter[..], &tip.capsule].concat()));
            let id = tip.line.id;
            let Ok(opened) = open_capsule(identity, &tip.capsule, id) else { continue };
            assert!(open_letter(&opened, &tip.letter).unwrap().0.answers == answers(), "the words arrived");
            letters += 1;
            let text = Capsule { id, letter_sha256: opened.letter_sha256, thread: opened.thread }.to_text();
            let key = text.lines().last().unwrap().to_owned();
            planted.push(Planted { name: "thread key", text: key });
        }
    }
    letters
}

fn look_at_files(data: &Path, seen: &mut Seen) {
    for (path, bytes) in files_under(data) {
        seen.push((path.file_name().unwrap().to_string_lossy().into_owned(), bytes));
    }
}

/// Where something planted was found, and in which form.
fn places(planted: &[Planted], seen: &Seen) -> Vec<String> {
    let find = |(place, bytes): &(String, Vec<u8>)| {
        found(planted, bytes).into_iter().map(|what| format!("{what} in {place}")).collect::<Vec<_>>()
    };
    seen.iter().flat_map(find).collect()
}

#[tokio::test]
async fn sealed_words_and_their_keys_are_nowhere_on_the_server() {
    let site = lasting_site().await;
    let agencies = [HybridIdentity::generate(), HybridIdentity::generate()];
    let tips = [&[0][..], &[1], &[0, 1], &[]].map(|picked| sealed_tip(&agencies, picked));
    let mut requests: Vec<_> = tips.iter().map(|(id, body)| put(*id, body)).collect();
    requests.push(put(tips[0].0, &tips[0].1));
    requests.push(put(tips[0].0, &tips[1].1));
    requests.push(put(tips[1].0, &tips[1].1[..600]));
    requests.push(request("POST", "/sealed", &[("content-type", "application/x-tar")], &tips[2].1));
    let (mut planted, mut seen) = (words(), Seen::new());
    for level in ["off", "error", "warn", "info"] {
        let server = Program::start(site.path(), level);
        say(&server, &requests, &mut seen).await;
        assert_eq!(fetch(&server, &agencies, &mut planted, &mut seen).await, 4);
        look_at_files(site.path(), &mut seen);
        if let Some(image) = image::of(server.pid(), "sealed words in a core image") {
            seen.push(("a core image".into(), image));
        }
        seen.push((format!("the log at {level}"), server.stop()));
        look_at_files(site.path(), &mut seen);
    }
    assert_eq!(places(&planted, &seen), Vec::<String>::new());
}

#[tokio::test]
async fn words_that_were_not_sealed_would_be_found_in_each_place() {
    let site = lasting_site().await;
    let server = Program::start(site.path(), "info");
    let mut seen = Seen::new();
    let (id, body) = open_tip();
    say(&server, &[put(id, &body)], &mut seen).await;
    let answer = String::from_utf8_lossy(&seen[1].1).into_owned();
    assert!(answer.ends_with("stored\n"), "{answer}");
    look_at_files(site.path(), &mut seen);
    let image = image::of(server.pid(), "a core image with open words in it");
    let mut expected = vec!["a request", "knothole.db-wal"];
    if let Some(image) = image {
        seen.push(("a core image".into(), image));
        expected.push("a core image");
    }
    server.stop();
    seen.retain(|(place, _)| !place.starts_with("an answer"));
    look_at_files(site.path(), &mut seen);
    expected.push("knothole.db");
    let places = places(&words(), &seen);
    for place in expected {
        for Planted { name, .. } in words() {
            let expected = format!("{name} as text in {place}");
            assert!(places.contains(&expected), "not found: {expected}");
        }
    }
}
