//! A rotation from its first step to the last capsule, while sources send, members write and replies come: nothing of it is lost.

use super::commands::{Said, says_at};
use super::flow::{stories, synced};
use super::site::NOW;
use super::true_site::TrueSite;
use crate::support::process::say;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::crypto::file;
use knothole::crypto::hybrid::HybridIdentity;
use knothole::crypto::keyring::SignedVersion;
use knothole::crypto::shape::REPLY_LEN;
use knothole::desk::admin;
use knothole::desk::failure::Exit;
use knothole::model::agency::AgencyNumber;
use knothole::model::hex::Hex;
use knothole::model::tip::TipId;
use knothole::wire::PostedReply;
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

async fn says(it: &TrueSite, member: usize, words: &[&str]) -> Said {
    let said = says_at(&it.site, member, NOW, words).await;
    assert_eq!(said.exit, Exit::Ok, "{words:?}: {said:?}");
    said
}

/// The load, how long it lasts, and what was acknowledged.
struct Load<'a> {
    it: &'a TrueSite,
    /// The one that pages show now, and the one that was shown before.
    shown: Mutex<[SignedVersion; 2]>,
    is_rotated: AtomicBool,
    at_least: usize,
}

impl Load<'_> {
    fn goes_on(&self, done: usize) -> bool {
        done < self.at_least || !self.is_rotated.load(Ordering::Relaxed)
    }

    /// Tips for agency 0, every third from a page that somebody has had open since before the rotation.
    async fn tips(&self) -> BTreeSet<String> {
        let mut sent = BTreeSet::new();
        while self.goes_on(sent.len()) {
            let [now, before] = self.shown.lock().unwrap().clone();
            let story = format!("tip {:05}", sent.len());
            let version = if sent.len() % 3 == 0 { before } else { now };
            let to: &[u16] = if sent.len() % 2 == 0 { &[0] } else { &[0, 1] };
            self.it.send(&story, &version, to).await;
            sent.insert(story);
        }
        sent
    }

    /// Words of another agency on a tip that both hold.
    async fn notes(&self, tip: TipId) -> usize {
        let mut written = 0;
        while self.goes_on(written * 16) {
            says(self.it, 2, &["note", &tip.to_string(), "-m", &format!("note {written:03}")]).await;
            written += 1;
        }
        written
    }

    /// Replies, each to a mailbox of its own.
    async fn replies(&self) -> usize {
        let client = self.it.site.members[3].client();
        let source = HybridIdentity::from_seed([7; 32]).to_recipient();
        let mut posted = 0;
        while self.goes_on(posted) {
            let mut mailbox = [1; 32];
            mailbox[..8].copy_from_slice(&posted.to_be_bytes());
            let sealed = STANDARD.encode(file::seal(&source, &[b' '; REPLY_LEN]));
            let reply = PostedReply { mailbox: Hex(mailbox), token_hash: Hex([2; 32]), sealed };
            client.post_reply(&reply).await.unwrap();
            posted += 1;
        }
        posted
    }

    /// The whole rotation, by the commands that people use.
    async fn rotation(&self) -> SignedVersion {
        let it = self.it;
        says(it, 0, &["keys", "rotate"]).await;
        says(it, 1, &["keys", "confirm"]).await;
        let ada = it.site.admins[0].client();
        let secrets = ada.secrets().await.unwrap();
        let next =
            it.site.next(&it.newest, |draft| drop(admin::take_agency_key(draft, &secrets, AgencyNumber(0)).unwrap()));
        admin::publish(&ada, &next, Some(&it.newest.read().unwrap())).await.unwrap();
        *self.shown.lock().unwrap() = [next.clone(), it.newest.clone()];
        for _ in 0..3 {
            says(it, 0, &["keys", "reseal"]).await;
            says(it, 1, &["keys", "reseal"]).await;
        }
        self.is_rotated.store(true, Ordering::Relaxed);
        next
    }
}

async fn rotates_while(at_least: usize) {
    let mut it = TrueSite::open().await;
    let shared = it.send("shared", &it.newest, &[0, 1]).await;
    let shown = Mutex::new([it.newest.clone(), it.newest.clone()]);
    let load = Load { it: &it, shown, is_rotated: AtomicBool::new(false), at_least };
    let (sent, written, posted, next) = tokio::join!(load.tips(), load.notes(shared), load.replies(), load.rotation());
    it.newest = next;

    // What came from old pages meanwhile.
    says(&it, 0, &["keys", "reseal"]).await;
    says(&it, 1, &["keys", "reseal"]).await;
    let report = says(&it, 1, &["keys", "report"]).await;
    assert!(report.out.starts_with("0 tips still need key 1"), "{report:?}");
    for member in &it.site.members[..2] {
        std::fs::remove_dir_all(member.profile.cache_dir()).unwrap();
        let (done, known) = synced(member).await.unwrap();
        assert_eq!((done.lost, done.lost_events, done.spoilt, known.unreadable.len()), (None, vec![], 0, 0));
        let mut read: BTreeSet<String> = stories(&known).into_iter().map(str::to_owned).collect();
        assert_eq!(known.tips.len(), sent.len() + 1, "each once");
        assert!(read.remove("shared"));
        assert_eq!(read, sent);
        let case = known.case(shared);
        assert_eq!((case.notes.len(), case.faults.len(), case.void.len()), (written, 0, 0));
    }
    assert_eq!(it.number("select count(*) from reply"), i64::try_from(posted).unwrap());
    say(&format!(
        "rotation under load: {} tips, {written} notes and {posted} replies came meanwhile, 0 lost, 0 doubled",
        sent.len()
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_while_things_arrive_loses_nothing() {
    rotates_while(24).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "Two thousand tips take minutes; `make faults` runs them, and CI runs a few."]
async fn a_rotation_while_thousands_of_things_arrive_loses_nothing() {
    rotates_while(2000).await;
}
