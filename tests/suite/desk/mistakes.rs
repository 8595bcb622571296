//! The transcripts of `tests/cmd/working`: mistakes at work on tips that several people and agencies share. As those of
//! `tests/cmd`, but at the time of the tests and by Mia, who is asked nothing.

use super::commands::{does, says};
use super::door::{Door, StoredTip};
use super::site::{Site, recipient};
use super::transcripts::{files, thread, words_of_command, written};
use knothole::crypto::hybrid::HybridRecipient;
use knothole::crypto::letter::{Answers, Share};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Mia and Ned are of agency 0, Pam and Quin of agency 1.
const MIA: usize = 0;
const NED: usize = 1;
const PAM: usize = 2;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/working")
}

/// What stands in transcripts for what differs from run to run.
type Named = Vec<(&'static str, String)>;

fn add(door: &Door, seed: u32, share: Share, to: &[Option<HybridRecipient>]) -> String {
    let suspects = (seed == 8).then(|| "plate AB 12348".to_owned());
    let exclude_text = (seed == 11).then(|| "no police".to_owned());
    let story = Some(format!("story {seed}"));
    let answers = Answers { story, suspects, exclude_text, share: Some(share), ..Answers::default() };
    let tip = StoredTip::new(thread(seed), answers, to);
    let id = tip.id.to_string();
    door.state().tips.push(tip);
    id
}

/// The newest event of a kind on a tip, as Mia sees it.
async fn event(site: &Site, id: &str, kind: &str) -> String {
    let shown: Value = serde_json::from_str(&does(site, MIA, &["show", id, "--json"]).await).unwrap();
    let found = shown["events"].as_array().unwrap().iter().rfind(|event| event["kind"] == kind).unwrap();
    found["event"].as_str().unwrap()[..8].to_owned()
}

/// Tips on which something was done, and their names.
async fn morning() -> (Site, Door, Named) {
    let (site, door, newest) = Site::at_door().await;
    let ours = [Some(recipient(&newest, 0)), None];
    let theirs = [None, Some(recipient(&newest, 1))];
    let everyones = [Some(recipient(&newest, 0)), Some(recipient(&newest, 1))];
    let all = [
        ("{tip}", add(&door, 1, Share::All, &ours)),
        ("{none}", add(&door, 2, Share::Nothing, &ours)),
        ("{offered}", add(&door, 3, Share::All, &theirs)),
        ("{taken}", add(&door, 4, Share::All, &theirs)),
        ("{given}", add(&door, 5, Share::All, &ours)),
        ("{doomed}", add(&door, 6, Share::All, &ours)),
        ("{held}", add(&door, 7, Share::All, &ours)),
        ("{linked}", add(&door, 8, Share::All, &ours)),
        ("{both}", add(&door, 9, Share::Nothing, &everyones)),
        ("{busy}", add(&door, 10, Share::All, &ours)),
        ("{named}", add(&door, 11, Share::All, &ours)),
    ];
    let id = |name: &str| all.iter().find(|(known, _)| *known == name).unwrap().1.as_str();
    let refer = |id, to| ["refer", id, "--to", to, "--share", "all", "--purpose", "look", "--reason", "yes", "--yes"];
    does(&site, PAM, &refer(id("{offered}"), "0")).await;
    does(&site, PAM, &refer(id("{taken}"), "0")).await;
    does(&site, MIA, &["accept", id("{taken}")]).await;
    does(&site, MIA, &refer(id("{given}"), "1")).await;
    does(&site, MIA, &["delete", id("{doomed}"), "--reason", "old", "--confirm", id("{doomed}")]).await;
    does(&site, MIA, &["hold", id("{held}"), "--reason", "case"]).await;
    does(&site, MIA, &["link", id("{linked}"), id("{tip}"), "--as", "duplicate"]).await;
    does(&site, MIA, &["label", id("{linked}"), "--add", "compare-until:2027-01-31"]).await;
    does(&site, MIA, &["note", id("{tip}"), "-m", "seen"]).await;
    does(&site, NED, &["redact", id("{tip}"), "--field", "contact"]).await;
    does(&site, NED, &["claim", id("{busy}")]).await;
    let out = site.dir.path().join("out.json").to_str().unwrap().to_owned();
    let export = ["export", id("{both}"), "--form", "json", "-o", &out, "--to", "lawyers", "--reason", "visa", "--yes"];
    says(&site, MIA, &[&export[..], &["--override", "danger", "--confirm", id("{both}")]].concat()).await;
    does(&site, MIA, &["inbox"]).await;
    let mut named: Named = vec![
        ("{note}", event(&site, id("{tip}"), "note").await),
        ("{mark}", event(&site, id("{tip}"), "redact").await),
        ("{request}", event(&site, id("{doomed}"), "delete").await),
        ("{crossing}", event(&site, id("{both}"), "override").await),
    ];
    named.extend(all.into_iter().map(|(name, id)| (name, format!("T-{}", &id[..4]))));
    (site, door, named)
}

async fn play(site: &Site, transcript: &str, named: &Named) -> String {
    let line = transcript.lines().next().unwrap();
    let words = words_of_command(line, named);
    let said = says(site, MIA, &words.iter().map(String::as_str).collect::<Vec<_>>()).await;
    written(line, said.out + &said.notes, said.exit as i32, named)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mistake_at_work_is_answered_as_its_transcript_says() {
    let (site, _door, named) = morning().await;
    let mut wrong = Vec::new();
    for path in files(&folder()) {
        let wanted = std::fs::read_to_string(&path).unwrap();
        let now = play(&site, &wanted, &named).await;
        assert!(!now.ends_with("? 0\n"), "{}: it is no mistake: {now}", path.display());
        if now != wanted {
            wrong.push(format!("{}\n{now}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}\nif this is right, run the ignored test writes_the_transcripts", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "It writes the transcripts anew from their first lines, and is run by hand when someone will read them."]
async fn writes_the_transcripts() {
    let (site, _door, named) = morning().await;
    for path in files(&folder()) {
        let now = play(&site, &std::fs::read_to_string(&path).unwrap(), &named).await;
        std::fs::write(path, now).unwrap();
    }
}
