//! `desk admin junk` and `desk admin purge`: what two admins see, and what each one's word does.

use super::commands::{Said, passphrase_file, said_now};
use super::door::Door;
use super::site::{NOW, Site};
use knothole::desk::failure::Exit;
use knothole::model::agency::AgencyNumber;
use knothole::model::day::Day;
use knothole::model::tip::TipId;
use knothole::wire::{AgencyReading, Junk, JunkTip};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// What a door says where two tips of two months are junk, and agency 1 has never read.
pub fn two(through: u64) -> Junk {
    let tip = |seed, day| JunkTip { id: TipId([seed; 32]), day };
    let reading = |agency, day| AgencyReading { agency: AgencyNumber(agency), through, read: through, day };
    Junk {
        through,
        list: vec![tip(1, day("2020-01-01")), tip(2, day("2020-02-01"))],
        bytes: 15_000,
        kept: 3,
        waiting: 1,
        agencies: vec![reading(0, None), reading(1, None)],
        requests: vec![],
    }
}

async fn says(site: &Site, admin: usize, words: &[&str]) -> Said {
    let file = passphrase_file(site);
    let dir = site.admins[admin].profile.dir();
    let start =
        ["--no-input", "--profile", dir.to_str().unwrap(), "--passphrase-file", file.to_str().unwrap(), "admin"];
    said_now(&[&start, words].concat()).await
}

/// The set as `desk admin junk` prints it.
async fn set(site: &Site, admin: usize) -> String {
    let said = says(site, admin, &["junk"]).await;
    assert_eq!(said.exit, Exit::Ok, "{}", said.notes);
    said.out.lines().find_map(|line| line.trim().strip_prefix("set: ")).unwrap().to_owned()
}

async fn at_door() -> (Site, Door) {
    let (site, door, _) = Site::at_door().await;
    let mut junk = two(9);
    junk.agencies[0].day = Some(day("2026-11-23"));
    door.state().junk = Some(junk);
    (site, door)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_admins_of_two_agencies_purge_the_set_that_both_saw() {
    let (site, door) = at_door().await;
    let seen = says(&site, 0, &["junk"]).await;
    for words in [
        "2 tips could be purged, 15 KiB\n",
        "180 days old and more: 2 tips\n",
        "kept: 3 tips\n",
        "not yet: 1 tip",
        "(0): has read up to number 9, last heard of yesterday; its days are over up to 9\n",
        "(1): has never said that it has read anything\n",
        "asks for it; two admins of two agencies are needed",
    ] {
        assert!(seen.out.contains(words), "{words}\n{}", seen.out);
    }
    let set = set(&site, 0).await;
    assert!(!door.state().asked.iter().any(|asked| asked == "POST /v1/junk"), "looking changes nothing");
    let asked = says(&site, 0, &["purge", &set]).await;
    assert!(asked.out.starts_with("you have asked that 2 tips be purged; nothing is gone yet\n"), "{asked:?}");
    assert_eq!(door.state().junk.as_ref().unwrap().list.len(), 2);
    let alone = says(&site, 0, &["purge", &set]).await;
    assert_eq!(alone.exit, Exit::Policy, "{}", alone.notes);
    assert_eq!(super::purging::set(&site, 1).await, set);
    let done = says(&site, 1, &["purge", &set.to_uppercase()]).await;
    assert!(done.out.starts_with("2 tips are gone, as you and ada have signed\n"), "{done:?}");
    let again = says(&site, 1, &["purge", &set]).await;
    assert_eq!(again.exit, Exit::NotFound, "{}", again.notes);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_set_that_has_changed_since_it_was_looked_at_is_not_signed() {
    let (site, door) = at_door().await;
    let set = set(&site, 0).await;
    door.state().junk.as_mut().unwrap().list.pop();
    let said = says(&site, 0, &["purge", &set]).await;
    assert_eq!(said.exit, Exit::Conflict, "{}", said.notes);
    assert!(!door.state().asked.iter().any(|asked| asked == "POST /v1/junk"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_what_is_hashed_and_a_server_that_lists_a_new_tip_is_named() {
    let (site, door) = at_door().await;
    let list = says(&site, 0, &["junk", "--list"]).await.out;
    assert_eq!(list, format!("{} 2020-01-01\n{} 2020-02-01\n", TipId([1; 32]), TipId([2; 32])));
    let json: serde_json::Value = serde_json::from_str(&says(&site, 0, &["junk", "--json"]).await.out).unwrap();
    let set = set(&site, 0).await.replace('-', "");
    assert!(json["set"].as_str().unwrap().starts_with(&set) && json["list"].as_array().unwrap().len() == 2, "{json}");
    let today = Day::from_epoch_days(i32::try_from(NOW / 86_400).unwrap()).unwrap();
    door.state().junk.as_mut().unwrap().list[1].day = today.minus(29);
    let said = says(&site, 0, &["junk"]).await;
    assert_eq!((said.exit, said.out.as_str()), (Exit::Integrity, ""), "{}", said.notes);
}
