//! `desk` on a morning: how long until the first line when ten thousand tips are known, until all of a hundred thousand are
//! listed, until a search has its answer. Unlocked by the agent, and without the server: what it sends is measured elsewhere.

use super::site::Site;
use super::table::{Table, time};
use anyhow::{Result, ensure};
use knothole::crypto::event::{Author, Event, Kind, SetStatus, SignedEvent};
use knothole::crypto::letter::{Answers, Letter, Link, Mailbox, Route, Urgency, YesNo};
use knothole::crypto::thread::ThreadKey;
use knothole::desk::cache::{Cache, KnownEvent, KnownTip, Segment, ThreadSecret};
use knothole::desk::identity::Identity;
use knothole::desk::passphrase;
use knothole::desk::profile::Profile;
use knothole::model::agency::AgencyNumber;
use knothole::model::hex::{Hex, Sha256Hash};
use knothole::model::tip::TipId;
use sha2::{Digest as _, Sha256};
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

const KNOWN: usize = 10_000;
const MANY: usize = 100_000;
/// Of how many somebody has written: three events on each.
const WORKED_ON: usize = KNOWN;
/// When they wrote, in seconds since 1970: two in the morning of the day on which the tips came.
const MORNING: u64 = 1_795_485_600;
/// Tips that one sync writes together.
const BATCH: usize = 1_000;
const RUNS: usize = 40;

/// First outputs, a search, and a list of very many.
pub fn rows(dir: &Path, runtime: &Runtime, table: &mut Table, tips: Option<usize>) -> Result<()> {
    let site = Site::make(dir, runtime)?;
    let server = site.serve(&[])?;
    let desk = Desk { site: &site };
    desk.run(&["inbox"])?; // brings the keyring
    server.stop()?;
    let known = tips.unwrap_or(KNOWN);
    desk.know(0, known)?;
    desk.run(&["unlock", "--for", "30"])?;
    let measured = desk.measure(known, tips.unwrap_or(MANY).max(known), table);
    desk.run(&["lock"])?;
    measured
}

struct Desk<'a> {
    site: &'a Site,
}

/// How long one run took until it said something, and until it ended.
struct Took {
    first: Duration,
    all: Duration,
    lines: usize,
}

impl Desk<'_> {
    fn measure(&self, known: usize, many: usize, table: &mut Table) -> Result<()> {
        let id = id(0).prefix(8);
        let first: [(&str, &[&str]); 3] = [
            ("desk help", &["help"]),
            ("desk inbox", &["inbox", "--offline", "--plain"]),
            ("desk show", &["show", &id, "--offline"]),
        ];
        for (what, words) in first {
            let took = self.times(words)?;
            let p95 = percentile(took.iter().map(|one| one.first), 95);
            let detail = format!("median {}", time(percentile(took.iter().map(|one| one.first), 50)));
            table.row(&format!("`{what}`, first output, {known} known, p95"), time(p95), "< 100 ms", detail);
        }
        let took = self.times(&["search", "white AND van", "--plain"])?;
        let warm = percentile(took[1..].iter().map(|one| one.all), 50);
        let detail = format!("first run {}, {} found", time(took[0].all), took[0].lines);
        table.row(&format!("`desk search`, warm, {known} known"), time(warm), "≤ 300 ms", detail);

        self.know(known, many)?;
        let took = self.times(&["inbox", "--offline", "--plain"])?;
        ensure!(took.iter().all(|one| one.lines == many), "{} tips were listed", took[0].lines);
        let all = percentile(took.iter().map(|one| one.all), 50);
        let detail = format!("first output {}", time(percentile(took.iter().map(|one| one.first), 50)));
        table.row(&format!("`desk inbox`, {many} known, all listed"), time(all), "≤ 1 s", detail);
        let took = self.times(&["show", &id, "--offline"])?;
        let one = percentile(took.iter().map(|one| one.all), 50);
        table.row(&format!("`desk show`, {many} known"), time(one), "≤ 1 s", String::new());
        Ok(())
    }

    /// Puts tips where a sync would have put them.
    fn know(&self, from: usize, to: usize) -> Result<()> {
        let profile = Profile::open(&self.site.desk.profile_dir)?;
        let identity = profile.unlock(&passphrase::from_file(&self.site.desk.passphrase_path)?)?;
        let (mut cache, known) = Cache::open(&profile, &identity.device)?;
        let mut progress = known.progress;
        let key = ThreadKey::generate();
        let (thread, reply_to) = (ThreadSecret::of(&key), key.to_recipient().to_string());
        let settings = profile.settings();
        let me = Author { member: settings.id.clone(), person: settings.person.clone(), agency: settings.agency };
        for start in (from..to).step_by(BATCH) {
            let end = (start + BATCH).min(to);
            progress.cursor = u64::try_from(end)?;
            let mut segment = Segment::new(progress.clone());
            segment.tips = (start..end).map(|number| tip(number, thread.clone(), &reply_to)).collect::<Result<_>>()?;
            segment.events = (start..end.min(WORKED_ON)).flat_map(|number| work(number, &me, &identity)).collect();
            cache.append(segment)?;
        }
        cache.merge()?;
        Ok(())
    }

    fn command(&self) -> Command {
        let mut desk = Command::new(env!("CARGO_BIN_EXE_desk"));
        desk.arg("--no-input").arg("--profile").arg(&self.site.desk.profile_dir).stdin(Stdio::null());
        desk
    }

    /// Runs a command that needs the passphrase.
    fn run(&self, words: &[&str]) -> Result<()> {
        let done = self.command().arg("--passphrase-file").arg(&self.site.desk.passphrase_path).args(words).output()?;
        ensure!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
        Ok(())
    }

    fn times(&self, words: &[&str]) -> Result<Vec<Took>> {
        (0..RUNS).map(|_| self.time(words)).collect()
    }

    fn time(&self, words: &[&str]) -> Result<Took> {
        let start = Instant::now();
        let mut child = self.command().args(words).stdout(Stdio::piped()).spawn()?;
        let mut out = child.stdout.take().ok_or_else(|| anyhow::anyhow!("it was piped"))?;
        let mut text = vec![0; 1];
        out.read_exact(&mut text)?;
        let first = start.elapsed();
        out.read_to_end(&mut text)?;
        ensure!(child.wait()?.success(), "{words:?} failed");
        Ok(Took { first, all: start.elapsed(), lines: text.split(|byte| *byte == b'\n').count() - 1 })
    }
}

fn hash(number: usize, of: &str) -> Sha256Hash {
    Hex(Sha256::digest(format!("{of} {number}")).into())
}

fn id(number: usize) -> TipId {
    TipId(Sha256::digest(number.to_be_bytes()).into())
}

/// A tip as the page writes one, every third with a receipt code: no two tell quite the same.
fn tip(number: usize, thread: ThreadSecret, reply_to: &str) -> Result<KnownTip> {
    let readers = vec![AgencyNumber(0), AgencyNumber(2)];
    let mut letter = Letter::new(id(number), "2026-11-24T01:45Z".into(), "en".into(), Route::Full, readers);
    let colour = ["white", "blue", "grey", "red", "black", "green", "brown", "yellow"][number % 8];
    letter.answers = Answers {
        story: Some(format!(
            "They keep girls in house {number} behind the car wash. One of them told me that they take their papers and \
             lock the door at night. A {colour} van comes for them every evening at six."
        )),
        urgency: Some(if number.is_multiple_of(50) { Urgency::Now } else { Urgency::NotNow }),
        minor: Some(if number.is_multiple_of(3) { YesNo::Yes } else { YesNo::Unsure }),
        place: Some(format!("{number} Elm Street")),
        suspects: Some(format!("Man with a red cap, plate AC {number}")),
        link: Some(Link {
            nonce: hash(number, "nonce"),
            mac: hash(number, "mac"),
            signature: Some(Hex([7; 64])),
            key: None,
        }),
        ..Answers::default()
    };
    if number.is_multiple_of(3) {
        letter.answers.reply_to = Some(reply_to.to_owned());
        letter.answers.follow_up_key = Some(hash(number, "key").to_string());
        letter.answers.mailbox = Some(Mailbox { id: hash(number, "mailbox"), token_hash: hash(number, "token") });
    }
    Ok(KnownTip::new(u64::try_from(number)? + 1, "2026-11-24".parse()?, thread, letter))
}

/// What a morning leaves on a tip: it was opened, noted, and put where it stands. Each names the one before.
fn work(number: usize, me: &Author, identity: &Identity) -> Vec<KnownEvent> {
    let tip = id(number);
    let opened = Kind::Opened { letter: hash(number, "opened") };
    let note = Kind::Note { text: format!("Called the school about house {number}. They will call back before noon.") };
    let status = if number.is_multiple_of(2) {
        Kind::Claim { until: MORNING + 7_200 }
    } else {
        Kind::Status { status: SetStatus::Assessing, reason: None, text: None }
    };
    let mut before = None;
    let written = [opened, note, status].into_iter().map(|what| {
        let heads = before.into_iter().collect();
        let (author, previous) = (me.clone(), before);
        let event = Event { format: 1, tip, author, at: MORNING, keyring: 2, heads, previous, log: None, what };
        let signed = SignedEvent::new(&event, &identity.signing);
        before = Some(signed.hash());
        KnownEvent { tip, signed, thread: None }
    });
    written.collect()
}

fn percentile(times: impl Iterator<Item = Duration>, percent: usize) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort_unstable();
    times.get(times.len() * percent / 100).or(times.last()).copied().unwrap_or_default()
}
