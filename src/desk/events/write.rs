//! The one way in which events are written: what has to come before them comes before them, each is signed, sealed and on
//! this machine's disk before it is sent.

use super::gone::{Gone, due};
use super::outbox::Waiting;
use super::rekey::{self, Old};
use crate::crypto::event::{Author, Event, EventError, EventHash, FORMAT, Kind, MAX_HEADS, NamedEvent, SignedEvent};
use crate::crypto::keyring::Version;
use crate::crypto::thread::ThreadKey;
use crate::desk::cache::{Cache, Known, KnownTip, ThreadSecret};
use crate::desk::case::{Case, Thread};
use crate::desk::files::FileError;
use crate::desk::random;
use crate::model::agency::AgencyNumber;
use crate::model::hex::{Hex, Sha256Hash};
use crate::model::tip::TipId;
use crate::wire::{EVENT_SLOTS, PostedEvent};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::SigningKey;

/// What stands in the event that says that a thread key was not given to everyone.
const KEPT_BACK: &str = "its key was not given to everyone who holds the tip";

/// Who writes, and when.
pub struct Writer<'a> {
    /// Their name.
    pub author: Author,
    /// Their key.
    pub key: &'a SigningKey,
    /// The newest keyring that they know.
    pub version: &'a Version,
    /// Who was taken out of it and may have kept keys of tips.
    pub gone: &'a [Gone],
    /// Their clock, in seconds since 1970.
    pub now: u64,
    /// The newest line of their own log.
    pub log: Option<Sha256Hash>,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Its author reads on no further.
    #[error("you have left this tip, and can write nothing on it")]
    Left,
    /// Nobody gave us the newest thread key.
    #[error("those who remained have changed the key of this tip, and gave you none")]
    NoKey,
    /// It cannot be sealed.
    #[error(transparent)]
    Event(#[from] EventError),
    /// It cannot be kept until it is sent.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Writes on a tip what `what` says. It waits in the outbox when this returns. Gives the name of the event that says `what`.
pub fn write(
    writer: &Writer<'_>,
    cache: &mut Cache,
    known: &mut Known,
    tip: &KnownTip,
    what: Kind,
) -> Result<EventHash, WriteError> {
    let (hash, written) = compose(writer, known, tip, what)?;
    cache.outbox.add(written, known)?;
    Ok(hash)
}

/// The same without putting it into the outbox yet: for many tips, which go there together.
pub fn compose(
    writer: &Writer<'_>,
    known: &Known,
    tip: &KnownTip,
    what: Kind,
) -> Result<(EventHash, Vec<Waiting>), WriteError> {
    let mut pen = begin(writer, known, tip)?;
    let hash = pen.add(what, None)?;
    Ok((hash, pen.written))
}

/// Puts what was composed into the outbox, on disk when this returns.
pub fn put_out(written: Vec<Waiting>, cache: &mut Cache, known: &mut Known) -> Result<(), WriteError> {
    Ok(cache.outbox.add(written, known)?)
}

/// Writes that the author's agency has opened a tip, where nobody of it has yet. It waits in the outbox when this returns.
/// Gives whether something was written.
pub fn open(writer: &Writer<'_>, cache: &mut Cache, known: &mut Known, tip: &KnownTip) -> Result<bool, WriteError> {
    if known.case(tip.letter.id).opened.contains_key(&writer.author.agency) {
        return Ok(false);
    }
    let pen = begin(writer, known, tip)?;
    cache.outbox.add(pen.written, known)?;
    Ok(true)
}

/// Writes what has to come before anything else, where it is due, and nothing more. Gives whether something was written.
pub fn prepare(writer: &Writer<'_>, cache: &mut Cache, known: &mut Known, tip: &KnownTip) -> Result<bool, WriteError> {
    let pen = begin(writer, known, tip)?;
    let is_some = !pen.written.is_empty();
    cache.outbox.add(pen.written, known)?;
    Ok(is_some)
}

/// Gives the author's agency a later thread key of a tip again, under the key that the agency has now. It is sealed to the first
/// thread key, which whoever comes to the tip by the agency's key holds. It waits in the outbox when this returns.
pub fn give_again(
    writer: &Writer<'_>,
    cache: &mut Cache,
    known: &mut Known,
    tip: &KnownTip,
    old: &Old,
) -> Result<(), WriteError> {
    let case = known.case(old.tip);
    if case.has_left(&writer.author.person, writer.author.agency) {
        return Err(WriteError::Left);
    }
    let key = later_key(known, old.tip, old.thread).ok_or(WriteError::NoKey)?;
    let agency = writer.version.public.agencies.get(usize::from(writer.author.agency.0)).ok_or(WriteError::NoKey)?;
    let kind = rekey::again(old, key, tip.opened_sha256(), agency).ok_or(WriteError::NoKey)?;
    let mut pen = Pen::new(writer, tip, tip.thread_key().ok_or(WriteError::NoKey)?, &case);
    pen.add(kind, None)?;
    Ok(cache.outbox.add(pen.written, known)?)
}

/// Writes what has to come before anything else that the author writes on a tip.
fn begin<'a>(writer: &'a Writer<'a>, known: &Known, tip: &KnownTip) -> Result<Pen<'a>, WriteError> {
    let mut case = known.case(tip.letter.id);
    if case.has_left(&writer.author.person, writer.author.agency) {
        return Err(WriteError::Left);
    }
    let kept_back = pass_over_kept_back(&mut case, writer, known, tip);
    let mut pen = Pen::new(writer, tip, thread(&case, known, tip)?, &case);
    for event in &kept_back {
        pen.see(*event, &case);
        pen.add(Kind::Object { event: *event, reason: KEPT_BACK.to_owned() }, None)?;
    }
    if !case.opened.contains_key(&writer.author.agency) {
        pen.add(Kind::Opened { letter: tip.opened_sha256() }, None)?;
    }
    let gone = due(writer.gone, &case, tip);
    if case.needs_rekey() || !gone.is_empty() || !kept_back.is_empty() {
        let (key, kinds) = rekey::events(&case, &tip.letter, tip.opened_sha256(), writer.version, (&gone, writer.gone));
        let secret = ThreadSecret::of(&key);
        for kind in kinds {
            pen.add(kind, Some((key.id(), secret.clone())))?;
        }
        pen.thread = key;
    }
    Ok(pen)
}

/// Goes back behind the newest thread keys that we, or others who hold the tip, were not given, and gives the events that made
/// them. Whoever makes a key that nobody else has could else make all that comes later unreadable.
fn pass_over_kept_back(case: &mut Case, writer: &Writer<'_>, known: &Known, tip: &KnownTip) -> Vec<EventHash> {
    let mut kept_back = Vec::new();
    while let Some(newest) = kept_back_key(case, known, tip, (writer.version, writer.gone)) {
        kept_back.push(newest.stamp.event);
        case.threads.pop();
    }
    kept_back
}

/// The newest thread key of a tip, where we or others who hold the tip were not given it.
pub fn kept_back_key<'a>(
    case: &'a Case,
    known: &Known,
    tip: &KnownTip,
    (version, gone): (&Version, &[Gone]),
) -> Option<&'a Thread> {
    let is_whole = |newest: &&Thread| {
        later_key(known, case.tip, newest.thread).is_some()
            && rekey::is_given_to_all(case, &tip.letter, newest, version, gone)
    };
    case.threads.last().filter(|newest| !is_whole(newest))
}

/// Who made the newest thread key of a tip, where we hold the tip and were not given it.
pub fn kept_from_us(case: &Case, known: &Known, person: &str, agency: AgencyNumber) -> Option<String> {
    let newest = case.threads.last().filter(|newest| later_key(known, case.tip, newest.thread).is_none())?;
    (!case.has_left(person, agency)).then(|| newest.stamp.by.member.clone())
}

/// The key to seal to: the newest that counts.
fn thread(case: &Case, known: &Known, tip: &KnownTip) -> Result<ThreadKey, WriteError> {
    let Some(newest) = case.threads.last() else { return tip.thread_key().ok_or(WriteError::NoKey) };
    later_key(known, case.tip, newest.thread).ok_or(WriteError::NoKey)
}

/// A thread key that an event of a tip has brought us.
fn later_key(known: &Known, tip: TipId, thread: TipId) -> Option<ThreadKey> {
    let mut keys = known.events_of(tip).filter_map(|event| event.thread.as_ref());
    keys.find(|(id, _)| *id == thread).and_then(|(_, secret)| secret.key())
}

struct Pen<'a> {
    writer: &'a Writer<'a>,
    tip: TipId,
    token: Hex<32>,
    thread: ThreadKey,
    heads: Vec<EventHash>,
    previous: Option<EventHash>,
    written: Vec<Waiting>,
}

impl<'a> Pen<'a> {
    fn new(writer: &'a Writer<'a>, tip: &KnownTip, thread: ThreadKey, case: &Case) -> Self {
        let token = tip.thread_key().map_or(Hex([0; 32]), |key| Hex(key.custody_token().0));
        let previous = case.last_of(&writer.author.member).map(|named: &NamedEvent| named.hash);
        let mut heads = case.heads.clone();
        heads.truncate(MAX_HEADS);
        Self { writer, tip: case.tip, token, thread, heads, previous, written: Vec::new() }
    }

    /// Makes sure that what is written next comes after this event on every desk.
    fn see(&mut self, event: EventHash, case: &Case) {
        let is_cut = case.heads.len() > MAX_HEADS;
        if is_cut && !self.heads.contains(&event) {
            self.heads.truncate(MAX_HEADS - 1);
            self.heads.push(event);
            self.heads.sort_unstable();
        }
    }

    fn add(&mut self, what: Kind, brings: Option<(TipId, ThreadSecret)>) -> Result<EventHash, WriteError> {
        let Writer { author, key, version, now, log, gone: _ } = self.writer;
        let event = Event {
            format: FORMAT,
            tip: self.tip,
            author: author.clone(),
            at: *now,
            keyring: version.public.version,
            heads: std::mem::take(&mut self.heads),
            previous: self.previous,
            log: *log,
            what,
        };
        let signed = SignedEvent::new(&event, key);
        let sealed = signed.seal(&self.thread)?;
        let slot = u8::try_from(random::below(u64::from(EVENT_SLOTS))).unwrap_or(0);
        let posted = PostedEvent {
            token: self.token,
            slot,
            label: self.thread.event_labels().label(slot),
            sealed: STANDARD.encode(sealed),
        };
        let hash = signed.hash();
        (self.heads, self.previous) = (vec![hash], Some(hash));
        self.written.push(Waiting { tip: self.tip, posted, signed, thread: brings });
        Ok(hash)
    }
}
