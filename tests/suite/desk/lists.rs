//! Lists of tips that lie: about where they end, and about what stands in them. Each lie is told once; then the server is
//! honest again, and the desk must know all that there is.

use super::commands::{run, says};
use super::door::{Door, StoredTip};
use super::flow::{stories, synced, synced_at};
use super::site::{NOW, Site, recipient};
use knothole::crypto::hybrid::HybridRecipient;
use knothole::desk::failure::Exit;

const DAY: u64 = 86_400;

/// A site with so many tips for its first agency, which its first member has read.
async fn read(tips: usize) -> (Site, Door, [Option<HybridRecipient>; 2]) {
    let (site, door, newest) = Site::at_door().await;
    let agencies = [Some(recipient(&newest, 0)), None];
    door.state().tips = (0..tips).map(|at| StoredTip::telling(&format!("tip {at}"), &agencies)).collect();
    synced(&site.members[0]).await.unwrap();
    (site, door, agencies)
}

#[tokio::test]
async fn a_huge_end_moves_nothing() {
    let (site, door, agencies) = read(1).await;
    let mia = &site.members[0];
    door.state().false_end = Some(u64::MAX);
    let (_, known) = synced(mia).await.unwrap();
    assert_eq!(known.progress.cursor, 1);
    door.state().false_end = None;
    door.state().tips.push(StoredTip::telling("new", &agencies));
    let (done, known) = synced(mia).await.unwrap();
    assert!(!done.is_shorter);
    assert_eq!(stories(&known), ["tip 0", "new"]);
}

#[tokio::test]
async fn a_huge_seq_blinds_nobody_once_the_server_is_honest_again() {
    let (site, door, agencies) = read(1).await;
    let mia = &site.members[0];
    door.state().tips.push(StoredTip::telling("a decoy", &[None, None]));
    door.state().false_seq = Some(u64::MAX);
    assert_eq!(synced(mia).await.unwrap().1.progress.cursor, u64::MAX);
    door.state().false_seq = None;
    door.state().tips.push(StoredTip::telling("new", &agencies));
    let (done, known) = synced(mia).await.unwrap();
    assert!(done.is_shorter);
    assert_eq!((stories(&known), known.progress.cursor), (vec!["tip 0", "new"], 3));
    assert!(!synced(mia).await.unwrap().0.is_shorter);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_ends_before_our_cursor_is_told_and_read_again() {
    let (site, door, agencies) = read(5).await;
    let mia = &site.members[0];
    // A backup from before the last three, and one tip since.
    door.state().tips.truncate(2);
    door.state().tips.push(StoredTip::telling("new", &agencies));
    let done = run(&site, mia, &["inbox", "--plain"]);
    let (out, notes) = (String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap());
    assert_eq!(done.status.code(), Some(7), "{notes}");
    assert!(notes.starts_with("desk: the server shows fewer tips than before\nhint: "), "{notes}");
    assert_eq!(out.lines().count(), 6, "{out}");
    assert_eq!(run(&site, mia, &["inbox"]).status.code(), Some(0));
    assert_eq!(synced(mia).await.unwrap().1.progress.cursor, 3);
}

#[tokio::test]
async fn a_list_that_was_emptied_is_told_once_and_what_is_known_stays() {
    let (site, door, agencies) = read(2).await;
    let mia = &site.members[0];
    door.state().tips.clear();
    let (done, known) = synced(mia).await.unwrap();
    assert!(done.is_shorter);
    assert_eq!((known.tips.len(), known.progress.cursor), (2, 0));
    door.state().tips.push(StoredTip::telling("new", &agencies));
    let (done, known) = synced(mia).await.unwrap();
    assert_eq!((done.is_shorter, done.new, known.tips.len()), (false, 1, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_that_brings_what_cannot_be_read_ends_with_the_code_for_integrity_and_the_next_one_does_not() {
    let (site, door, agencies) = read(0).await;
    let mut tips = ["one", "two"].map(|story| StoredTip::telling(story, &agencies)).to_vec();
    tips[1].letter = tips[0].letter.clone();
    let [good, spoilt] = [0, 1].map(|at: usize| tips[at].id.prefix(4));
    door.state().tips = tips;
    let said = says(&site, 0, &["inbox"]).await;
    assert_eq!(said.exit, Exit::Integrity, "{said:?}");
    assert!(said.out.contains(&good) && said.out.contains(&spoilt), "{said:?}");
    assert!(said.notes.contains(&format!("T-{spoilt} came, meant for you")) && !said.notes.contains(&good), "{said:?}");
    assert_eq!(says(&site, 0, &["inbox"]).await.exit, Exit::Ok, "it is said once");
    // Whoever sends such tips stops nobody's work.
    assert_eq!(says(&site, 1, &["note", &good, "-m", "seen"]).await.exit, Exit::Ok);
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_that_were_swapped_once_are_read_when_they_are_served_right() {
    let (site, door, _) = read(0).await;
    let newest = door.state().versions[2].clone();
    let agencies = [Some(recipient(&newest, 0)), None];
    let honest = ["one", "two"].map(|story| StoredTip::telling(story, &agencies)).to_vec();
    let mut swapped = honest.clone();
    (swapped[0].letter, swapped[1].letter) = (honest[1].letter.clone(), honest[0].letter.clone());
    door.state().tips = swapped;
    let mia = &site.members[0];
    let (done, known) = synced(mia).await.unwrap();
    assert_eq!((done.new, done.unreadable, known.unreadable.len()), (0, 2, 2));
    for tip in &honest {
        let said = says(&site, 0, &["show", &tip.id.to_string(), "--offline"]).await;
        assert_eq!(said.exit, Exit::Integrity, "{said:?}");
        assert!(said.notes.contains("cannot be read as the server gave it"), "{said:?}");
    }
    let (done, known) = synced(mia).await.unwrap();
    assert_eq!((done.unreadable, known.unreadable.len()), (0, 2), "the same again is nothing new");
    std::fs::remove_dir_all(mia.profile.cache_dir()).unwrap();
    let again = door.state().tips.clone();
    door.state().tips.extend(again);
    let (done, known) = synced(mia).await.unwrap();
    assert_eq!((done.unreadable, known.unreadable.len()), (2, 2), "one that the server lists twice is one");
    door.state().tips = honest;
    let (done, known) = synced(mia).await.unwrap();
    assert_eq!((done.new, stories(&known)), (2, vec!["one", "two"]));
    assert!(known.unreadable.is_empty());
}

#[tokio::test]
async fn what_is_asked_for_does_not_tell_whether_a_tip_that_was_spoilt_was_for_us() {
    let (site, door, agencies) = read(3).await;
    let others = [None, Some(recipient(&door.state().versions[2].clone(), 1))];
    let spoilt = |agencies: &[Option<HybridRecipient>]| StoredTip {
        letter: StoredTip::telling("x", agencies).letter,
        ..StoredTip::telling("y", agencies)
    };
    let mut asked = Vec::new();
    for (member, spoilt) in [(&site.members[0], spoilt(&agencies)), (&site.members[1], spoilt(&others))] {
        door.state().tips.truncate(3);
        door.state().tips.push(spoilt);
        synced(member).await.unwrap();
        door.state().asked.clear();
        synced(member).await.unwrap();
        asked.push(std::mem::take(&mut door.state().asked));
    }
    assert_eq!(asked[0], asked[1]);
}

#[tokio::test]
async fn what_was_spoilt_long_ago_is_read_when_the_whole_list_is_read_again() {
    let (site, door, agencies) = read(0).await;
    let mia = &site.members[0];
    let honest = StoredTip::telling("long ago", &agencies);
    let letter = StoredTip::telling("x", &agencies).letter;
    door.state().tips = vec![StoredTip { letter, ..honest.clone() }];
    door.state().tips.extend(vec![StoredTip::telling("other", &[None, None]); 70]);
    synced(mia).await.unwrap();
    door.state().tips[0] = honest;
    let (_, known) = synced_at(mia, NOW + 29 * DAY).await.unwrap();
    assert_eq!((known.tips.len(), known.unreadable.len()), (0, 1));
    let (_, known) = synced_at(mia, NOW + 30 * DAY).await.unwrap();
    assert_eq!((stories(&known), known.unreadable.len()), (vec!["long ago"], 0));
    synced_at(mia, NOW + 31 * DAY).await.unwrap();
    assert_eq!(
        door.state().asked.iter().rfind(|line| line.starts_with("GET /v1/tips")).unwrap(),
        "GET /v1/tips?after=7"
    );
}
