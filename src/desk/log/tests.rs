use super::*;
use crate::desk::identity::WorkFactor;
use crate::desk::profile::{Part, Settings};
use crate::model::agency::AgencyNumber;
use age::secrecy::SecretString;
use read::Whole;
use std::fs;
use std::io::Write as _;
use tempfile::TempDir;

mod damage;

/// 2026-11-24, a little before two.
const NOW: u64 = 1_795_485_599;
const DAY: u64 = 86_400;

struct Desk {
    dir: TempDir,
    profile: Profile,
    identity: Arc<Identity>,
    log: Log,
}

fn desk() -> Desk {
    let dir = tempfile::tempdir().unwrap();
    let settings = Settings::new(Part::Member, "maria-1", "maria", AgencyNumber(0));
    let (profile, identity) = Profile::create(dir.path(), settings, &SecretString::from("x"), WorkFactor(2)).unwrap();
    let identity = Arc::new(identity);
    let log = Log::of(&profile, &identity).unwrap();
    Desk { dir, profile, identity, log }
}

fn act(seed: u8) -> Act {
    Act { verb: "show".into(), tips: vec![TipId([seed; 32])], ..Act::default() }
}

impl Desk {
    /// A log of so many lines.
    fn of(lines: u8) -> Self {
        let desk = desk();
        for seed in 1..=lines {
            desk.log.append(act(seed), NOW).unwrap();
        }
        desk
    }

    fn path(&self) -> PathBuf {
        dir(&self.profile).join("lines")
    }

    fn whole(&self) -> Whole {
        read(&self.profile, &self.identity).unwrap()
    }

    fn findings(&self) -> Vec<String> {
        self.findings_with(&[])
    }

    fn findings_with(&self, pins: &[Pin]) -> Vec<String> {
        self.findings_at(NOW + 10_000 * DAY, pins)
    }

    fn findings_at(&self, now: u64, pins: &[Pin]) -> Vec<String> {
        let report = verify(&self.whole(), &[self.identity.public_key()], "maria-1", pins, now);
        let text = |finding: LogFinding| {
            let line = finding.line.map(|line| format!("{line}: ")).unwrap_or_default();
            format!("{line}{}", finding.what)
        };
        report.findings.into_iter().map(text).collect()
    }

    fn numbers(&self) -> Vec<u64> {
        self.whole().entries.iter().map(|entry| entry.number).collect()
    }

    /// Changes the frames behind the log's back.
    fn change(&self, change: impl FnOnce(&mut Vec<Frame>)) {
        let mut frames = Frames::open(&dir(&self.profile)).unwrap();
        let mut all = frames.all().unwrap().frames;
        change(&mut all);
        frames.replace(&all).unwrap();
    }

    /// A line as one who has the public key of the device alone could make it.
    fn forged(&self, line: &Line, signature: Option<SignatureBytes>) -> Frame {
        let text = canonical(line);
        let name = Hex(Sha256::digest(&text).into());
        let signed = serde_json::to_vec(&SignedLine { line: text, signature }).unwrap();
        let padded = pad::to_event_bucket(signed).unwrap();
        Frame { number: line.number, name, sealed: file::seal(&self.identity.device.to_recipient(), &padded) }
    }
}

#[test]
fn a_log_that_nobody_touched_is_whole_and_tells_what_was_done() {
    let desk = Desk::of(3);
    assert_eq!(desk.findings(), Vec::<String>::new());
    let whole = desk.whole();
    let line = &whole.entries[1].opened.as_ref().unwrap().line;
    assert_eq!((line.number, line.previous, &line.act), (2, Some(whole.entries[0].name), &act(2)));
    assert_eq!(line.hour, "2026-11-24T01Z");
}

#[test]
fn nothing_of_it_lies_in_clear_and_two_lines_that_say_the_same_have_other_names() {
    let desk = desk();
    let names = [(); 2].map(|()| desk.log.append(act(7), NOW).unwrap());
    assert_ne!(names[0], names[1]);
    let (id, verb) = (TipId([7; 32]).to_string(), "show");
    for entry in fs::read_dir(dir(&desk.profile)).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        for word in [id.as_str(), verb, "maria", "2026-11"] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
        }
    }
}

#[test]
fn a_line_that_was_altered_is_named() {
    let desk = Desk::of(4);
    desk.change(|frames| {
        let middle = frames[1].sealed.len() - 40;
        frames[1].sealed[middle] ^= 1;
    });
    assert_eq!(desk.findings(), ["2: altered: it is not what was written"]);
}

#[test]
fn lines_that_were_taken_out_are_named() {
    let desk = Desk::of(6);
    desk.change(|frames| drop(frames.drain(2..4)));
    assert_eq!(desk.findings(), ["3: lines 3 to 4 are gone"]);
    let first = Desk::of(3);
    first.change(|frames| drop(frames.remove(0)));
    assert_eq!(first.findings(), ["1: line 1 is gone"]);
}

#[test]
fn lines_in_another_order_are_named() {
    let desk = Desk::of(5);
    desk.change(|frames| frames.swap(1, 2));
    assert_eq!(desk.findings(), ["2: the order was changed: it stands after line 3"]);
    let twice = Desk::of(3);
    twice.change(|frames| frames.insert(1, frames[0].clone()));
    assert_eq!(twice.findings(), ["1: it is there twice"]);
}

#[test]
fn a_log_that_was_cut_off_is_named_and_still_is_when_it_goes_on() {
    let desk = Desk::of(5);
    desk.change(|frames| frames.truncate(3));
    assert_eq!(desk.findings(), ["4: cut off: lines 4 to 5 are gone"]);
    desk.log.append(act(9), NOW).unwrap();
    let findings = ["4: lines 4 to 5 are gone", "6: when it was written, lines before it were gone"];
    assert_eq!(desk.findings(), findings);
    let emptied = Desk::of(2);
    fs::remove_file(emptied.path()).unwrap();
    assert_eq!(emptied.findings(), ["1: cut off: lines 1 to 2 are gone"]);
}

#[test]
fn a_cut_that_takes_along_what_remembers_the_newest_line_is_named() {
    let desk = Desk::of(3);
    desk.change(|frames| frames.truncate(2));
    let head = dir(&desk.profile).join("head.age");
    fs::remove_file(&head).unwrap();
    let gone = "what remembers the newest line is gone, or was not written by this profile";
    assert_eq!(desk.findings(), [gone]);
    desk.log.append(act(9), NOW).unwrap();
    assert_eq!(desk.findings(), ["3: when it was written, what remembers the newest line was gone"]);
}

#[test]
fn a_line_that_was_put_in_anothers_place_is_named() {
    let (desk, other) = (Desk::of(3), Desk::of(3));
    let line = other.whole().entries[1].opened.clone().unwrap().line;
    let forged = desk.forged(&line, None);
    desk.change(|frames| frames[1] = forged);
    assert_eq!(
        desk.findings(),
        [
            "2: forged: it is not signed with the key of this profile",
            "2: it does not follow line 1: one of the two was replaced",
            "3: it does not follow line 2: one of the two was replaced",
        ]
    );
    // Who has the profile's own keys can sign another line, but not under the name that the next one has.
    let own = Desk::of(3);
    let mut line = own.whole().entries[1].opened.clone().unwrap().line;
    line.act = act(99);
    let signature = sign::sign(&own.identity.signing, Purpose::Log, canonical(&line).as_bytes());
    let forged = own.forged(&line, Some(signature));
    own.change(|frames| frames[1] = forged);
    assert_eq!(own.findings(), ["3: it does not follow line 2: one of the two was replaced"]);
}

#[test]
fn the_last_line_is_not_replaced_either() {
    let desk = Desk::of(2);
    let mut line = desk.whole().entries[1].opened.clone().unwrap().line;
    line.act = act(99);
    let signature = sign::sign(&desk.identity.signing, Purpose::Log, canonical(&line).as_bytes());
    let forged = desk.forged(&line, Some(signature));
    desk.change(|frames| frames[1] = forged);
    let another = "2: it is another than the one that was written last: one was put in its place";
    assert_eq!(desk.findings(), [another]);
    desk.log.append(act(3), NOW).unwrap();
    assert_eq!(desk.findings(), ["3: when it was written, the line before it was another than had been written"]);
}

#[test]
fn a_line_of_another_profile_or_by_another_key_is_named() {
    let desk = Desk::of(2);
    let before = desk.whole().entries[1].clone();
    let key = ed25519_dalek::SigningKey::from_bytes(&[5; 32]);
    let line = Line::new(Some((before.number, before.name)), "maria-1", NOW, None, act(3));
    let signature = sign::sign(&key, Purpose::Log, canonical(&line).as_bytes());
    let forged = desk.forged(&line, Some(signature));
    desk.change(|frames| frames.push(forged));
    assert_eq!(desk.findings(), ["3: forged: it is not signed with the key of this profile"]);
    let unsigned = Line::new(Some((before.number, before.name)), "maria-1", NOW, None, act(3));
    let forged = desk.forged(&unsigned, None);
    desk.change(|frames| frames[2] = forged);
    assert_eq!(desk.findings(), ["3: forged: it is not signed with the key of this profile"]);
}

#[test]
fn a_wrong_passphrase_leaves_a_line_without_any_key_and_the_next_signed_one_stands_on_it() {
    let desk = Desk::of(1);
    note_wrong_passphrase(&desk.profile, NOW + 1).unwrap();
    note_wrong_passphrase(&desk.profile, NOW + 2).unwrap();
    assert_eq!(desk.findings(), Vec::<String>::new());
    desk.log.append(act(2), NOW + 3).unwrap();
    assert_eq!((desk.findings(), desk.numbers()), (vec![], vec![1, 2, 3, 4]));
    let whole = desk.whole();
    let line = &whole.entries[2].opened.as_ref().unwrap().line;
    assert_eq!((line.act.verb.as_str(), line.act.outcome), (UNLOCKING, Outcome::WrongPassphrase));
    desk.change(|frames| drop(frames.remove(2)));
    assert_eq!(desk.findings(), ["3: line 3 is gone"]);
}

#[test]
fn before_a_profile_was_ever_unlocked_a_wrong_passphrase_is_written_down_as_well() {
    let desk = desk();
    note_wrong_passphrase(&desk.profile, NOW).unwrap();
    assert_eq!((desk.findings(), desk.numbers()), (vec![], vec![1]));
}

#[test]
fn a_crash_between_a_line_and_what_remembers_it_is_no_finding() {
    let desk = Desk::of(2);
    let head = dir(&desk.profile).join("head.age");
    let before = fs::read(&head).unwrap();
    desk.log.append(act(3), NOW).unwrap();
    fs::write(&head, before).unwrap();
    assert_eq!(desk.findings(), Vec::<String>::new());
    desk.log.append(act(4), NOW).unwrap();
    assert_eq!((desk.findings(), desk.numbers()), (vec![], vec![1, 2, 3, 4]));
}

#[test]
fn a_log_that_was_put_back_from_a_copy_is_named_by_what_was_written_on_tips_meanwhile() {
    let desk = Desk::of(2);
    let (lines, head) = (desk.path(), dir(&desk.profile).join("head.age"));
    let (old_lines, old_head) = (fs::read(&lines).unwrap(), fs::read(&head).unwrap());
    let name = desk.log.append(act(3), NOW).unwrap();
    let pin = |log, at| Pin { event: Hex([8; 32]), tip: TipId([3; 32]), log, at };
    assert_eq!(desk.findings_with(&[pin(Some(name), NOW)]), Vec::<String>::new());
    fs::write(&lines, old_lines).unwrap();
    fs::write(&head, old_head).unwrap();
    assert_eq!(desk.findings(), Vec::<String>::new(), "by itself it cannot tell");
    let put_back = "2026-11-24T01Z: what you wrote there stands on a line that this log does not have: it was put back \
                    from a copy, or made anew";
    assert_eq!(desk.findings_with(&[pin(Some(name), NOW)]), [put_back]);
    let past = "2026-11-24T03Z: what you wrote there was written past this log";
    assert_eq!(desk.findings_with(&[pin(None, NOW + 7_200)]), [past]);
    assert_eq!(desk.findings_with(&[pin(None, NOW - DAY)]), Vec::<String>::new(), "there was no log then");
}

#[test]
fn lines_are_taken_away_after_a_year_alone_and_a_signed_line_says_so() {
    let desk = Desk::of(3);
    let year = u64::from(KEPT_DAYS) * DAY;
    assert!(matches!(desk.log.prune(NOW + year), Err(PruneError::Nothing)));
    desk.log.append(act(4), NOW + 10 * DAY).unwrap();
    assert_eq!(desk.log.prune(NOW + year + 2 * DAY).unwrap(), 3);
    assert_eq!((desk.findings(), desk.numbers()), (vec![], vec![4, 5]));
    desk.log.append(act(5), NOW + year + 2 * DAY).unwrap();
    assert_eq!(desk.findings(), Vec::<String>::new());
    desk.change(|frames| drop(frames.remove(0)));
    assert_eq!(desk.findings(), ["4: line 4 is gone"]);
}

#[test]
fn a_clock_that_was_set_ahead_to_take_lines_away_is_named() {
    let desk = Desk::of(3);
    desk.log.prune(NOW + 400 * DAY).unwrap();
    assert_eq!(desk.findings(), Vec::<String>::new());
    let ahead = "4: older lines were taken away while the clock of this machine was ahead";
    assert_eq!(desk.findings_at(NOW, &[]), [ahead]);
    desk.log.append(act(4), NOW).unwrap();
    assert_eq!(desk.findings(), ["4: older lines were taken away while the clock of this machine was ahead"]);
}

#[test]
fn processes_that_write_at_once_lose_no_line() {
    let desk = Desk::of(0);
    std::thread::scope(|scope| {
        for seed in 0..4 {
            let log = desk.log.clone();
            scope.spawn(move || {
                (0..5).for_each(|_| {
                    log.append(act(seed), NOW).unwrap();
                });
            });
        }
    });
    assert_eq!((desk.findings(), desk.numbers()), (vec![], (1..=20).collect()));
}

#[test]
fn what_cannot_be_written_is_an_error() {
    let desk = Desk::of(1);
    fs::remove_file(desk.path()).unwrap();
    fs::create_dir(desk.path()).unwrap();
    assert!(matches!(desk.log.append(act(2), NOW), Err(LogError::File(_))));
    assert!(desk.dir.path().exists());
}
