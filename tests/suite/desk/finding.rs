//! `desk search` and `desk similar`, on what a desk has brought before: no server is needed.

use super::commands::{HOSTILE, run};
use super::door::{Door, StoredTip};
use super::site::{Person, Site, recipient};
use knothole::crypto::letter::{Answers, YesNo};
use knothole::crypto::thread::ThreadKey;
use knothole::desk::output::is_obeyed;
use serde_json::Value;

/// A site whose first desk knows tips with these answers, and nobody at the door.
pub async fn knowing(answers: Vec<Answers>) -> Site {
    knowing_at_door(answers).await.0
}

/// The same with its door still open.
pub async fn knowing_at_door(answers: Vec<Answers>) -> (Site, Door) {
    let (site, door, newest) = Site::at_door().await;
    let agencies = [Some(recipient(&newest, 0)), None];
    let tips = answers.into_iter().map(|answers| StoredTip::new(ThreadKey::generate(), answers, &agencies));
    door.state().tips.extend(tips);
    assert_eq!(run(&site, &site.members[0], &["inbox"]).status.code(), Some(0));
    (site, door)
}

pub fn telling(story: &str) -> Answers {
    Answers { story: Some(story.to_owned()), ..Answers::default() }
}

fn json(site: &Site, person: &Person, words: &[&str]) -> Value {
    let done = run(site, person, words);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_finds_tips_without_the_server_and_says_where() {
    let minor = Answers { minor: Some(YesNo::Yes), ..telling("A van, plate AB-12345, at the Blue Motel each night") };
    let site = knowing(vec![minor, telling("The car is CD 99999")]).await;
    let found = json(&site, &site.members[0], &["search", "plate:AB* AND minor", "--json"]);
    assert_eq!((found["tips"].as_array().unwrap().len(), &found["of"]), (1, &2.into()));
    assert_eq!(found["tips"][0]["found"]["field"], "story");
    assert_eq!(found["tips"][0]["minor"], "yes");
    let shown = run(&site, &site.members[0], &["search", "motel"]);
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains(", plate AB-12345, at the Blue Motel each night"), "{shown}");
    assert!(shown.ends_with("1 tip of 2\n"), "{shown}");
    let nothing = run(&site, &site.members[0], &["search", "boat"]);
    assert_eq!((nothing.status.code(), nothing.stdout.as_slice()), (Some(0), b"0 tips of 2\n".as_slice()));
}

#[tokio::test(flavor = "multi_thread")]
async fn similar_names_what_two_tips_share_and_not_the_rest() {
    let site = knowing(vec![
        telling("A white van, plate AB 12345, takes three girls to the motel behind the mall each Friday at nine."),
        telling("Three girls are taken to the motel behind the mall on Friday in a white van. Plate AB12345!"),
        telling("Men sleep in a barn on a farm far from the road and are never paid."),
    ])
    .await;
    let mia = &site.members[0];
    let of = json(&site, mia, &["search", "nine", "--json"]);
    let id = of["tips"][0]["id"].as_str().unwrap();
    let found = json(&site, mia, &["similar", id, "--json"]);
    let similar = found["similar"].as_array().unwrap();
    assert_eq!(similar.len(), 1, "{found}");
    assert_eq!((&similar[0]["guess"], &similar[0]["shared"][0]), (&"duplicate".into(), &"plate AB12345".into()));
    let shown = String::from_utf8(run(&site, mia, &["similar", id]).stdout).unwrap();
    assert!(shown.contains("same plate AB12345, words "), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_found_does_nothing_to_a_terminal() {
    let hostile = format!("motel {HOSTILE} call 860 555 0101");
    let answers = Answers { place: Some(hostile.clone()), suspects: Some(HOSTILE.into()), ..telling(&hostile) };
    let site = knowing(vec![answers.clone(), answers]).await;
    let mia = &site.members[0];
    let id = json(&site, mia, &["search", "motel", "--json"])["tips"][0]["id"].as_str().unwrap().to_owned();
    for words in [
        &["search", "motel"][..],
        &["search", "motel", "--plain"],
        &["search", "motel", "--json"],
        &["search", &format!("where:{HOSTILE}")],
        &["search", &format!("({HOSTILE}")],
        &["similar", &id],
        &["similar", &id, "--json"],
    ] {
        let done = run(&site, mia, words);
        for c in String::from_utf8([done.stdout, done.stderr].concat()).unwrap().chars() {
            assert!(c == '\n' || c == '\t' || !is_obeyed(c), "{words:?} printed {c:?}");
        }
    }
}
