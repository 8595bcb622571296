//! Hostile text in what `desk` says when something is wrong: words that were typed or pasted, names of files, documents of
//! other admins, and whatever a server says.

use super::super::commands::{desk, passphrase_file, run};
use super::super::site::{Person, Site};
use super::{CORPUS, everything, forbidden};
use ed25519_dalek::SigningKey;
use knothole::crypto::keyring::{Admin, Draft, prove_admin};
use knothole::crypto::sign::public_key;
use knothole::desk::admin::next_draft;
use knothole::desk::admin::paper::Paper;
use knothole::desk::enrolment::Enrolment;
use knothole::model::agency::AgencyNumber;
use std::process::Output;

/// Fails when the output holds anything forbidden, or does not show the text at all. Gives what was printed.
fn harmless(done: &Output, what: &str) -> String {
    let printed = [&done.stdout[..], &done.stderr].concat();
    let printed = String::from_utf8(printed).unwrap();
    assert_eq!(forbidden(&printed), None, "{what:?} printed {printed:.300?}");
    printed
}

/// Hostile text that is shown, written out.
fn is_shown(printed: &str) -> bool {
    ["\\u{1b}[2J", "\\u{1b}]52", "\\u{1b}", "\\u001b"].iter().any(|mark| printed.contains(mark))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_text_typed_as_an_id_is_said_back_harmless() {
    let (site, _door, _) = Site::at_door().await;
    assert_eq!(run(&site, &site.members[0], &["inbox"]).status.code(), Some(0));
    for text in CORPUS.texts.iter().filter(|text| !text.text.contains('\0')) {
        harmless(&run(&site, &site.members[0], &["show", "--offline", "--", &text.text]), &text.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn words_and_names_of_files_are_said_back_harmless() {
    let (mut site, _door, _) = Site::at_door().await;
    let all = everything();
    let name: String = all.chars().filter(|c| *c != '/').take(60).collect();
    let flag = format!("--{all}");
    let file = passphrase_file(&site);
    let file = file.to_str().unwrap();
    for words in [
        &[all.as_str()][..],
        &["help", &all],
        &["inbox", &flag],
        &["inbox", &all],
        &["--profile", &name, "inbox"],
        &["pin", "--genesis", &all],
        &["init", "--id", &all, "--agency", "0", "--no-input", "--passphrase-file", file],
        &["init", "--id", "x", "--agency", &all],
        &["init", "--id", "x", "--agency", "0", "--passphrase-file", &name],
        &["init", "--id", "x", "--agency", "0", "--enrolment", &name, "--passphrase-file", "/dev/null"],
        &["admin", "site", "new", "--agency", &all, "--admin", "x"],
        &["admin", "site", "new", "--agency", "police", "--admin", &name],
        &["admin", "member", "add", &name],
        &["admin", "words", &name],
        &["admin", "sign", "--draft", &name],
        &["cover", "--form", &all, "--count", "1", "--now"],
        &["cover", "--form", "http://127.0.0.1:1", "--per-day", &all],
        &["cover", "--form", "http://127.0.0.1:1", "--count", "1", "--genesis", &all],
    ] {
        let done = desk(words).current_dir(site.dir.path()).output().unwrap();
        assert_ne!(done.status.code(), Some(0), "{}", words[0]);
        harmless(&done, words[0]);
    }
    let mia = &site.members[0];
    let hostile_path = site.dir.path().join(&name);
    harmless(&run(&site, mia, &["enrolment", "--output", hostile_path.to_str().unwrap()]), "enrolment");
    let shown = |site: &Site, words: &[&str]| {
        let printed = harmless(&run(site, &site.members[0], words), words[0]);
        assert!(is_shown(&printed), "{printed:.300}");
    };
    shown(&site, &["--proxy", all.as_str(), "inbox"]);
    shown(&site, &["pin", "--staff", &all]);
    site.members[0].profile.set_server(&all, None).unwrap(); // as an older program remembered it
    shown(&site, &["inbox"]);
    let mia = &site.members[0];
    for words in [&["doctor"][..], &["doctor", "--json"]] {
        harmless(&run(&site, mia, words), "doctor at a hostile address");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_of_other_admins_are_described_harmless() {
    let (site, _door, newest) = Site::at_door().await;
    let all = everything();
    let ada = &site.admins[0];
    let id: String = all.chars().take(2000).collect(); // an enrolment is a small file
    let hostile = Enrolment::of_member(&site.members[0].identity, &id, &id, AgencyNumber(1));
    std::fs::write(site.dir.path().join("enrolment"), serde_json::to_vec(&hostile).unwrap()).unwrap();
    let enrolment = site.dir.path().join("enrolment").display().to_string();
    for words in [
        &["admin", "member", "add", &enrolment, "--no-input"][..],
        &["admin", "site", "new", "--agency", "police", "--admin", &enrolment],
    ] {
        let printed = harmless(&run(&site, ada, words), "a hostile enrolment");
        assert!(is_shown(&printed), "{printed:.300}");
    }

    let mut draft = next_draft(&newest.read().unwrap(), super::super::site::today(), 90);
    make_hostile(&mut draft, &all);
    let path = site.dir.path().join("draft");
    Paper::Draft(Box::new(draft)).write(&path).unwrap();
    let draft = path.display().to_string();
    for verb in ["show", "sign"] {
        let printed = harmless(&run(&site, ada, &["admin", verb, "--draft", &draft, "--no-input"]), verb);
        assert!(is_shown(&printed), "{printed:.300}");
    }

    let words = format!("lang = 'en'\n{} = 1\n", serde_json::to_string(&all.replace('\u{7f}', "")).unwrap());
    std::fs::write(site.dir.path().join("words.toml"), words).unwrap();
    let words = site.dir.path().join("words.toml").display().to_string();
    let printed = harmless(&run(&site, ada, &["admin", "words", &words]), "hostile words");
    assert!(printed.contains("not a words document"), "{printed:.300}");
}

/// Puts `text` wherever admins write freely.
fn make_hostile(draft: &mut Draft, text: &str) {
    let key = SigningKey::from_bytes(&[9; 32]);
    let agency = AgencyNumber(0);
    let (key, proof) = (public_key(&key), prove_admin(&key, text, agency));
    draft.public.admins.push(Admin { id: text.into(), agency, key, proof });
    draft.staff.members[0].person = text.into();
    let mut holders = serde_json::json!([{ "name": text, "agency": null }]);
    draft.public.agencies[0].share_holders = serde_json::from_value(holders.take()).unwrap();
    for member in &mut draft.staff.members {
        member.id = format!("{}{text}", member.id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_says_is_said_on_harmless() {
    let (site, door, _) = Site::at_door().await;
    let all = everything();
    let [mia, ned, pam, quin]: [&Person; 4] = [0, 1, 2, 3].map(|at| &site.members[at]);

    let mut made = door.state().secrets.keys[0].clone();
    made.member.clone_from(&all);
    made.key.name.epoch = 2;
    door.state().secrets.keys.push(made);
    let printed = harmless(&run(&site, mia, &["keys", "rotate"]), "a key that a hostile name has made");
    assert!(is_shown(&printed), "{printed:.300}");
    harmless(&run(&site, ned, &["keys", "confirm"]), "the same");

    door.state().versions[2].signatures[0].admin.clone_from(&all);
    let printed = harmless(&run(&site, pam, &["inbox"]), "a signature in a hostile name");
    assert!(is_shown(&printed), "{printed:.300}");
    door.state().versions[1].public.clone_from(&all);
    harmless(&run(&site, quin, &["inbox"]), "a document that is none");
    door.state().status = Some(599);
    harmless(&run(&site, quin, &["inbox"]), "a status that is none");
}
