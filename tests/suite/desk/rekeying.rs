//! Open tips after somebody was taken out: a new thread key for those who remain, of which neither the old keys nor a copy of
//! the server give anything.

use super::commands::{Said, says_at};
use super::flow::synced;
use super::site::{NOW, Site};
use super::true_site::TrueSite;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::crypto::event::{Event, Excluded, FORMAT, Kind, SignedEvent};
use knothole::crypto::hybrid::HybridIdentity;
use knothole::crypto::open::open_capsule;
use knothole::desk::admin;
use knothole::desk::admin::revoke::revoke;
use knothole::desk::agency_keys;
use knothole::desk::events::authors::{AuthorError, Authors, author};
use knothole::desk::events::rekey::under_old_key;
use knothole::desk::failure::Exit;
use knothole::model::agency::AgencyNumber;
use knothole::model::tip::TipId;
use serde_json::Value;

async fn says(it: &TrueSite, member: usize, words: &[&str]) -> Said {
    let said = says_at(&it.site, member, NOW, words).await;
    assert_eq!(said.exit, Exit::Ok, "{words:?}: {said:?}");
    said
}

/// How many later keys of tips mia's agency was given under its key 2 alone.
async fn under_key_2(it: &TrueSite) -> usize {
    let mia = &it.site.members[0];
    let (_, known) = synced(mia).await.unwrap();
    let (version, secrets) = (it.newest.read().unwrap(), mia.client().secrets().await.unwrap());
    let keys = agency_keys::open_own(&version, &mia.as_member(), &mia.identity, &secrets);
    under_old_key(&known, AgencyNumber(0), &keys, 2).len()
}

/// Every sealed event of the server's file, in order.
fn stored(it: &TrueSite) -> Vec<Vec<u8>> {
    let database = it.database();
    let mut rows = database.prepare("select sealed from event order by seq").unwrap();
    rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_after_somebody_was_taken_out_opens_for_those_who_remain_and_not_with_any_key_of_theirs() {
    let mut it = TrueSite::open().await;
    let open = it.send("open", &it.newest, &[0, 1]).await.to_string();
    let closed = it.send("closed", &it.newest, &[0]).await.to_string();
    it.send("nobody has written", &it.newest, &[0]).await;
    says(&it, 0, &["note", &open, "-m", "before"]).await;
    says(&it, 0, &["status", &closed, "--to", "closed", "--reason", "unfounded"]).await;

    // Everything that ned has: the keys of his machine, of his agency, and of each tip.
    let ned = &it.site.members[1];
    let (_, known) = synced(ned).await.unwrap();
    let version = it.newest.read().unwrap();
    let secrets = ned.client().secrets().await.unwrap();
    let mut keys: Vec<HybridIdentity> = agency_keys::open_own(&version, &ned.as_member(), &ned.identity, &secrets).keys;
    keys.extend(ned.identity.openers().cloned());
    let threads: Vec<_> = known.tips.iter().filter_map(knothole::desk::cache::KnownTip::thread_key).collect();
    assert_eq!((keys.len(), threads.len()), (2, 3));

    it.publish(NOW, |draft| drop(revoke(draft, "ned", false).unwrap())).await;
    says(&it, 0, &["inbox"]).await;
    let report = says(&it, 0, &["keys", "report"]).await;
    assert!(report.out.contains("1 open tips wait for a new key, without ned: `desk keys rekey`"), "{report:?}");
    says(&it, 0, &["keys", "rotate"]).await;
    let secrets = it.site.admins[0].client().secrets().await.unwrap();
    it.publish(NOW, |draft| drop(admin::take_agency_key(draft, &secrets, AgencyNumber(0)).unwrap())).await;

    let done = says(&it, 0, &["keys", "rekey"]).await;
    assert_eq!(done.out, "1 open tips have a new key, without ned\n");
    assert_eq!(says(&it, 0, &["keys", "rekey"]).await.out, "no open tip waits for a new key\n");
    let before = stored(&it).len();
    says(&it, 0, &["note", &open, "-m", "after it"]).await;
    says(&it, 2, &["note", &open, "-m", "after it, too"]).await;
    for member in [0, 2, 3] {
        says(&it, member, &["inbox"]).await;
        let shown = says(&it, member, &["show", &open]).await;
        for words in ["before", "after it", "after it, too", "changed the key, without ned"] {
            assert!(shown.out.contains(words), "{member}: {words}: {shown:?}");
        }
    }

    let all = stored(&it);
    let opens = |sealed: &Vec<u8>| threads.iter().find_map(|thread| SignedEvent::open(sealed, thread).ok());
    assert!(all[..before].iter().all(|sealed| opens(sealed).is_some()), "what came before is his as it was");
    assert!(all.len() >= before + 3, "pam's agency has opened it, too");
    assert!(all[before..].iter().all(|sealed| opens(sealed).is_none()));
    let mut capsules = 0;
    for signed in all.iter().filter_map(opens) {
        let Kind::Rekey { thread, capsules: sealed, .. } = signed.read().unwrap().event.what else { continue };
        for capsule in sealed {
            capsules += 1;
            let bytes = STANDARD.decode(&capsule.sealed).unwrap();
            assert!(keys.iter().all(|key| open_capsule(key, &bytes, thread).is_err()), "{:?}", capsule.to);
        }
    }
    assert_eq!(capsules, 2, "one for each agency's newest key");

    // The next rotation: the later key is given again, so that nothing holds the agency's old one up.
    says(&it, 0, &["keys", "rotate"]).await;
    let secrets = it.site.admins[0].client().secrets().await.unwrap();
    it.publish(NOW, |draft| drop(admin::take_agency_key(draft, &secrets, AgencyNumber(0)).unwrap())).await;
    assert_eq!(under_key_2(&it).await, 1);
    let again = says(&it, 0, &["keys", "rekey"]).await;
    assert!(again.out.ends_with("1 later keys of tips are sealed again to key 3\n"), "{again:?}");
    assert_eq!(under_key_2(&it).await, 0);
    let (_, known) = synced(&it.site.members[0]).await.unwrap();
    let case = known.case(open.parse().unwrap());
    assert!(case.faults.is_empty() && case.void.is_empty() && case.threads.len() == 1, "{:?}", case.faults);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tip_from_a_page_that_was_open_for_days_gets_a_new_key_however_late_it_came() {
    const LATER: u64 = NOW + 5 * 86_400;
    let mut it = TrueSite::open().await;
    let old = it.newest.clone();
    it.publish(NOW, |draft| drop(revoke(draft, "ned", false).unwrap())).await;
    says(&it, 0, &["keys", "rotate"]).await;
    let secrets = it.site.admins[0].client().secrets().await.unwrap();
    it.publish(NOW, |draft| drop(admin::take_agency_key(draft, &secrets, AgencyNumber(0)).unwrap())).await;
    let it = it.again_at(LATER).await;
    let late = it.send("late", &old, &[0]).await.to_string();
    let new = it.send("new", &it.newest, &[0]).await.to_string();
    for (tip, kinds) in [(&late, &["opened", "rekey", "note"][..]), (&new, &["opened", "note"])] {
        let said = says_at(&it.site, 0, LATER, &["note", tip, "-m", "by mia"]).await;
        assert_eq!(said.exit, Exit::Ok, "{said:?}");
        let shown = says_at(&it.site, 0, LATER, &["show", tip, "--json"]).await;
        let shown: Value = serde_json::from_str(&shown.out).unwrap();
        let events = shown["events"].as_array().unwrap();
        let found: Vec<_> = events.iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(found, kinds);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_agency_has_another_key_those_who_remain_get_theirs_each_and_any_word_changes_it_first() {
    let mut it = TrueSite::open().await;
    let open = it.send("open", &it.newest, &[0]).await.to_string();
    says(&it, 1, &["note", &open, "-m", "by ned"]).await;
    it.publish(NOW, |draft| drop(revoke(draft, "ned", false).unwrap())).await;
    says(&it, 0, &["note", &open, "-m", "by mia"]).await;
    let shown: Value = serde_json::from_str(&says(&it, 0, &["show", &open, "--json"]).await.out).unwrap();
    let events = shown["events"].as_array().unwrap();
    let kinds: Vec<_> = events.iter().map(|event| event["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["opened", "note", "rekey", "note"]);
    let (_, known) = synced(&it.site.members[0]).await.unwrap();
    let rekey =
        known.events_of(open.parse().unwrap()).find_map(|event| match event.signed.read().unwrap().event.what {
            Kind::Rekey { without, capsules, .. } => Some((without, capsules)),
            _ => None,
        });
    let (without, capsules) = rekey.unwrap();
    assert_eq!(without, [Excluded::Member("ned".into())]);
    assert_eq!(serde_json::to_value(&capsules[0].to).unwrap(), serde_json::json!({"member": "mia"}));
    assert_eq!(says(&it, 0, &["keys", "rekey"]).await.out, "no open tip waits for a new key\n");
}

#[test]
fn a_new_key_shuts_out_nobody_whom_the_keyring_has_not_taken_out() {
    let site = Site::new("http://127.0.0.1:1");
    let add = |names: &[usize]| {
        let members: Vec<_> = names.iter().map(|at| site.members[*at].as_member()).collect();
        move |draft: &mut knothole::crypto::keyring::Draft| {
            for member in members {
                admin::add_member(draft, member).unwrap();
            }
        }
    };
    let one = site.next(&site.zero, add(&[0, 2, 3]));
    let two = site.next(&one, add(&[1]));
    let three = site.next(&two, |draft| drop(revoke(draft, "ned", false).unwrap()));
    let versions = [&site.zero, &one, &two, &three].map(|version| version.read().unwrap());
    let authors = Authors::of(versions);
    let (tip, mia) = (TipId([1; 32]), &site.members[0]);
    let read = |keyring: u32, id: &str| {
        let without = vec![Excluded::Member(id.to_owned())];
        let what = Kind::Rekey { thread: TipId([2; 32]), without, capsules: vec![] };
        let author = author(&mia.as_member());
        let event =
            Event { format: FORMAT, tip, author, at: NOW, keyring, heads: vec![], previous: None, log: None, what };
        authors.read(&SignedEvent::new(&event, &mia.identity.signing), tip).map(drop)
    };
    assert_eq!(read(3, "ned"), Ok(()));
    assert_eq!(read(2, "ned"), Err(AuthorError::ShutsOut), "he is one");
    assert_eq!(read(1, "ned"), Err(AuthorError::ShutsOut), "he is not one yet");
    assert_eq!(read(3, "pam"), Err(AuthorError::ShutsOut), "she is one");
    assert_eq!(read(3, "zoe"), Err(AuthorError::ShutsOut), "nobody was ever called so");
}
