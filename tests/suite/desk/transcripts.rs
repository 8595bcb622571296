//! The transcripts of `tests/cmd`: one for each mistake that people make. A file holds the command after `$`, then all that
//! is printed, then the exit code after `?`. `{…}` stands for what differs from run to run.

use super::commands::{desk, passphrase_file};
use super::cover::page;
use super::door::StoredTip;
use super::purging::two;
use super::site::{Site, recipient};
use bech32::{Bech32, Hrp};
use knothole::clock::{Clock as _, SystemClock};
use knothole::crypto::file;
use knothole::crypto::hybrid::HybridIdentity;
use knothole::crypto::keyring::{Paper, SignedVersion, words_of as twelve_words_of};
use knothole::crypto::letter::Answers;
use knothole::crypto::thread::ThreadKey;
use knothole::desk::admin;
use knothole::desk::admin::junk::{Step, post};
use knothole::model::tip::TipId;
use knothole::wire::{Junk, PurgePost};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

#[tokio::test(flavor = "multi_thread")]
async fn every_mistake_is_answered_as_its_transcript_says() {
    let (site, door, newest) = Site::at_door().await;
    let agencies = [Some(recipient(&newest, 0)), None];
    let twins = alike();
    let broken = thread(u32::MAX);
    let no_letter = file::seal(&broken.to_recipient(), &[b'x'; 4096]);
    {
        let mut tips = twins.map(|thread| StoredTip::new(thread, Answers::default(), &agencies)).to_vec();
        tips.push(StoredTip::with_letter(broken, no_letter, &agencies));
        door.state().tips = tips;
    }
    let mut words = vec![
        ("{profile}", path(site.members[0].profile.dir())),
        ("{second}", path(site.members[1].profile.dir())),
        ("{admin}", path(site.admins[0].profile.dir())),
        ("{dir}", path(site.dir.path())),
        ("{file}", path(&passphrase_file(&site))),
        ("{words}", twelve_words_of(&admin::hash(&site.zero))),
        ("{own}", site.members[0].profile.enrolment(&site.members[0].identity).words()),
    ];
    std::fs::write(site.dir.path().join("wrong"), "not the passphrase\n").unwrap();
    std::fs::write(site.dir.path().join("two-lines"), "one\ntwo\n").unwrap();
    let mut dead = site.members[3].profile.clone();
    dead.set_server("http://127.0.0.1:1", None).unwrap();
    words.push(("{dead}", path(dead.dir())));
    words.push(("{form}", door.address()));
    let damaged = site.members[2].profile.dir();
    std::fs::create_dir(damaged.join("log")).unwrap();
    std::fs::write(damaged.join("log/lines"), "no line").unwrap();
    words.insert(0, ("{damaged}", path(damaged))); // before the folder that it lies in
    door.state().page = page(&newest, &admin::hash(&site.zero));
    door.state().junk = Some(asked_for(&site));
    words.push(("{today}", SystemClock.today().to_string()));
    words.extend(papers(&site, &newest));

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd");
    for path in files(&folder) {
        let wanted = std::fs::read_to_string(&path).unwrap();
        let said = play(&wanted, &words);
        assert_eq!(said, wanted, "{}", path.display());
    }
}

/// Papers that admins and newcomers hand around, and the words of some.
fn papers(site: &Site, newest: &SignedVersion) -> [(&'static str, String); 3] {
    let write = |name: &str, paper: Paper| paper.write(&site.dir.path().join(name)).unwrap();
    let draft = |of: &SignedVersion| admin::next_draft(&of.read().unwrap(), SystemClock.today(), 90);
    write("unsigned.json", Paper::Draft(Box::new(draft(newest))));
    write("late.json", Paper::Version(admin::freeze(draft(&site.zero))));
    let rule = "[[priority]]\nlevel = 1\nreason = \"danger\"\nwhen = [{ field = \"urgency\", any_of = [\"nwo\"] }]\n";
    std::fs::write(site.dir.path().join("rules.toml"), rule).unwrap();
    let token = bech32::encode_upper::<Bech32>(Hrp::parse("age-plugin-nobody-").unwrap(), &[1]).unwrap();
    std::fs::write(site.dir.path().join("token"), token).unwrap();
    let newcomer = site.newcomer("newcomer", 0);
    newcomer.profile.enrolment(&newcomer.identity).write(&site.dir.path().join("newcomer.json")).unwrap();
    [("rex", "{words of rex}", 0), ("sue", "{words of sue}", 1), ("zed", "{words of zed}", 9)].map(
        |(id, name, agency)| {
            let person = site.new_admin(id, agency);
            let enrolment = person.profile.enrolment(&person.identity);
            enrolment.write(&site.dir.path().join(format!("{id}.json"))).unwrap();
            (name, enrolment.words())
        },
    )
}

/// What nobody kept, and what the first admin has asked for already.
fn asked_for(site: &Site) -> Junk {
    let (mut junk, ada) = (two(9), &site.admins[0]);
    let (genesis, today) = (admin::hash(&site.zero), SystemClock.today());
    let post = post(Step::Ask, &junk, genesis, &ada.as_admin(), &ada.identity.signing, today);
    let PurgePost::Ask(record) = post else { unreachable!("the first word asks") };
    junk.requests.push(record);
    junk
}

/// The transcripts in a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    assert!(paths.len() >= 10);
    paths
}

/// The words of a transcript's command, after `desk`, with what stands for what.
pub fn words_of_command(line: &str, named: &[(&str, String)]) -> Vec<String> {
    let words = line.strip_prefix("$ desk").expect("a transcript begins with its command").split_whitespace();
    let filled = |word: &str| named.iter().fold(word.to_owned(), |word, (name, value)| word.replace(name, value));
    words.map(filled).collect()
}

/// A transcript as it is now.
pub fn written(line: &str, printed: String, code: i32, named: &[(&str, String)]) -> String {
    let printed = named.iter().fold(printed, |printed, (name, value)| printed.replace(value.as_str(), name));
    format!("{line}\n{printed}? {code}\n")
}

/// Two thread keys whose tips begin with the same four characters.
fn alike() -> [ThreadKey; 2] {
    let mut seen = HashMap::new();
    for number in 0.. {
        let other = seen.insert(thread(number).id().prefix(TipId::SHORT_LEN), number);
        if let Some(other) = other {
            return [thread(other), thread(number)];
        }
    }
    unreachable!("there are only so many beginnings")
}

pub fn thread(number: u32) -> ThreadKey {
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&number.to_be_bytes());
    ThreadKey::from_identity(HybridIdentity::from_seed(seed))
}

fn path(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// Runs the command of a transcript and writes the transcript as it is now.
fn play(transcript: &str, words: &[(&str, String)]) -> String {
    let line = transcript.lines().next().unwrap();
    let arguments = words_of_command(line, words);
    let done = desk(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).output().unwrap();
    let printed = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
    written(line, printed, done.status.code().unwrap(), words)
}
