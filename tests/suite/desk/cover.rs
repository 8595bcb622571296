//! Cover tips as they leave the machine: what is sent, to whom, and that nothing else is.

use super::commands::{Said, said_now};
use super::door::Door;
use super::site::Site;
use knothole::crypto::keyring::{SignedVersion, words_of};
use knothole::crypto::tar;
use knothole::desk::failure::Exit;
use knothole::model::hex::Sha256Hash;

/// The page of a site, as far as a program reads it.
pub fn page(version: &SignedVersion, genesis: &Sha256Hash) -> String {
    let (public, hash) = (&version.public, version.read().unwrap().hash);
    let words = words_of(genesis);
    format!(
        r#"<!doctype html><template id="later"><script src="/en/later.js" integrity="sha384-x" crossorigin></script></template><script type="application/json" id="keyring">{{"public":{public},"words":null,"hash":"{hash}","genesis":"{words}","genesis_hash":"{genesis}"}}</script>"#
    )
}

async fn form() -> (Door, String) {
    let (site, door, newest) = Site::at_door().await;
    let genesis = knothole::desk::admin::hash(&site.zero);
    let mut state = door.state();
    state.page = page(&newest, &genesis);
    state.asked.clear();
    state.heads.clear();
    drop(state);
    (door, words_of(&genesis))
}

async fn cover(door: &Door, more: &[&str]) -> Said {
    said_now(&[&["cover", "--form", &door.address()], more].concat()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn cover_tips_are_tips_for_every_agency_of_the_keyring_and_only_their_number_is_said() {
    let (door, words) = form().await;
    let done = cover(&door, &["--count", "3", "--now", "--genesis", &words]).await;
    assert_eq!((done.exit, done.out.as_str(), done.notes.as_str()), (Exit::Ok, "sent 3 cover tips\n", ""));
    let state = door.state();
    assert_eq!(state.put.len(), 3);
    for body in &state.put {
        let tip = tar::parse(body).unwrap();
        assert_eq!((tip.about.keyring, tip.capsules.len()), (2, 2));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_makes_the_requests_of_a_browser_with_its_headers_and_no_others() {
    let (door, words) = form().await;
    cover(&door, &["--count", "1", "--now", "--genesis", &words]).await;
    let state = door.state();
    let id = tar::parse(&state.put[0]).unwrap().about.id;
    assert_eq!(state.asked, ["GET /", "GET /knothole.js", "GET /en/later.js", &format!("PUT /tips/{id}")]);
    for head in &state.heads {
        assert!(head.contains("\r\nUser-Agent: Mozilla/5.0 ") && head.contains("\r\nAccept-Language: "), "{head}");
    }
    let names = |head: &str| {
        let lines = head.lines().skip(1).take_while(|line| !line.is_empty());
        lines.map(|line| line.split_once(':').unwrap().0.to_owned()).collect::<Vec<_>>().join(" ")
    };
    let page = "Host User-Agent Accept Accept-Language Accept-Encoding Sec-Gpc Connection Upgrade-Insecure-Requests Sec-Fetch-Dest \
                Sec-Fetch-Mode Sec-Fetch-Site Sec-Fetch-User Priority";
    assert_eq!(names(&state.heads[0]), page, "in the order of a browser");
    let put = &state.heads[3];
    for line in ["Content-Type: application/x-tar", "Sec-Fetch-Mode: cors", "Cache-Control: no-cache"] {
        assert!(put.contains(&format!("\r\n{line}")), "{put}");
    }
    assert!(put.contains(&format!("\r\nOrigin: {}", door.address())), "{put}");
    let told = state.heads.concat().to_lowercase();
    assert!(["cookie", "referer", "reqwest", "knothole/"].iter().all(|word| !told.contains(word)), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tip_under_an_old_keyring_is_made_again_from_the_page_loaded_again() {
    let (door, words) = form().await;
    door.state().put_answers = vec![412];
    let done = cover(&door, &["--count", "1", "--now", "--genesis", &words]).await;
    assert_eq!(done.out, "sent 1 cover tip\n");
    assert_eq!(door.state().asked.iter().filter(|line| *line == "GET /").count(), 2);
    door.state().put_answers = vec![412, 412];
    let done = cover(&door, &["--count", "1", "--now", "--genesis", &words]).await;
    assert_eq!((done.exit, done.out.as_str()), (Exit::Other, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tip_that_is_put_again_is_the_very_same() {
    let (door, words) = form().await;
    door.state().put_answers = vec![503];
    let done = cover(&door, &["--count", "1", "--now", "--genesis", &words]).await;
    assert_eq!(done.exit, Exit::Ok);
    let asked = door.state().asked.clone();
    assert_eq!(asked.len(), 5);
    assert_eq!(asked[3], asked[4]);
}
