//! What commands that write on tips have in common: what is new is brought first, each word goes through the one function
//! that writes, and what the server could not be told yet is told by the next command.

use super::inbox::{bring, keyring, names, no_keyring, rules, viewer};
use super::opening;
use crate::crypto::event::{EventHash, Kind};
use crate::crypto::keyring::{Member, Version};
use crate::desk::cache::{Cache, Known, KnownTip};
use crate::desk::case::{Case, Crossing, Request};
use crate::desk::client::Client;
use crate::desk::context::{Context, block_on};
use crate::desk::events::authors::author;
use crate::desk::events::gone::{Gone, due, gone};
use crate::desk::events::outbox;
use crate::desk::events::rekey::Old;
use crate::desk::events::write::{WriteError, Writer, give_again, kept_back_key, prepare, write};
use crate::desk::export::AskedFor;
use crate::desk::failure::{Exit, Failure};
use crate::desk::follow_ups::{self, Threads, Wishes};
use crate::desk::identity::Identity;
use crate::desk::inbox::{Entry, Inbox};
use crate::desk::names::AgencyNames;
use crate::desk::output::{Line, Style};
use crate::desk::profile::{Part, Profile};
use crate::desk::recipients;
use crate::desk::sync::member;
use crate::desk::wishes::{Act, Party, Standing, Target, Verdict, Who, check, is_spent};
use crate::model::tip::{TipId, normalize_typed_id};
use std::sync::Arc;

mod many;

pub(super) use many::targets;

/// Why a wish of the source is to be crossed.
pub(super) struct Crosses<'a> {
    /// As it is written down.
    pub reason: &'a str,
    /// The tip's id, where whoever asks has named it already.
    pub confirm: Option<&'a str>,
}

/// A member at work.
pub(super) struct Session<'a> {
    /// What every command works with.
    pub context: &'a mut Context,
    /// Whose it is.
    pub profile: Profile,
    /// Their keys.
    pub identity: Arc<Identity>,
    /// The server.
    pub client: Client,
    /// What is kept here.
    pub cache: Cache,
    /// What is known.
    pub known: Known,
    /// The newest keyring.
    pub version: Version,
    /// Who was taken out of it.
    gone: Vec<Gone>,
    /// Who they are in it.
    pub me: Member,
    /// Seconds since 1970.
    pub now: u64,
    /// What ends the command, however well it went on.
    failed: Option<Failure>,
    is_online: bool,
}

impl<'a> Session<'a> {
    /// Brings what is new. Without the server, what is known is as good as it was.
    pub fn open(context: &'a mut Context) -> Result<Self, Failure> {
        let profile = context.profile(Some(Part::Member))?;
        let identity = context.unlock(&profile)?;
        let (mut cache, mut known) = Cache::open(&profile, &identity.device)?;
        let (failed, is_online) = match bring(context, &profile, &identity, &mut cache, &mut known) {
            Ok(failed) => (failed, true),
            Err(failure) if failure.exit == Exit::Network => (Some(failure), false),
            Err(failure) => return Err(failure),
        };
        Self::with(context, (profile, identity), (cache, known), failed, is_online)
    }

    /// With what this machine knows, without asking the server. What is written waits until `deliver`.
    pub fn open_known(context: &'a mut Context) -> Result<Self, Failure> {
        let profile = context.profile(Some(Part::Member))?;
        let identity = context.unlock(&profile)?;
        let cached = Cache::open(&profile, &identity.device)?;
        Self::with(context, (profile, identity), cached, None, false)
    }

    fn with(
        context: &'a mut Context,
        (profile, identity): (Profile, Arc<Identity>),
        (cache, known): (Cache, Known),
        failed: Option<Failure>,
        is_online: bool,
    ) -> Result<Self, Failure> {
        let chain = keyring(&profile)?;
        let Some(chain) = chain else {
            return Err(failed.unwrap_or_else(no_keyring));
        };
        let version = recipients::remembered(&profile, &identity.device, chain.newest());
        let me = member(&version, &identity)?.clone();
        let gone = gone(chain.versions());
        let client = context.client(&profile, &identity)?;
        let now = context.clock.unix_seconds();
        Ok(Self { context, profile, identity, client, cache, known, version, gone, me, now, failed, is_online })
    }

    /// The tip with an id that someone typed.
    pub fn tip(&self, typed: &str) -> Result<KnownTip, Failure> {
        let beginning = normalize_typed_id(typed);
        let inbox = self.inbox_of(|id| id.starts_with(&beginning))?;
        let tip = super::show::one(&inbox, typed)?.tip.clone();
        self.context.acting.mention(&[tip.letter.id]);
        Ok(tip)
    }

    /// What the id of a tip is shortened to.
    pub fn short(&self, tip: TipId) -> String {
        crate::desk::inbox::short_id(&self.known.ids(), &tip)
    }

    /// What was written on a tip.
    pub fn case(&self, tip: TipId) -> Case {
        self.known.case(tip)
    }

    /// Everything as a person looks at it.
    pub fn inbox(&self) -> Result<Inbox, Failure> {
        self.inbox_of(|_| true)
    }

    /// The same of some tips, with short ids that tell them from all.
    fn inbox_of(&self, is_meant: impl Fn(&TipId) -> bool) -> Result<Inbox, Failure> {
        let known = Known {
            tips: self.known.tips.iter().filter(|tip| is_meant(&tip.letter.id)).cloned().collect(),
            unreadable: self.known.unreadable.clone(),
            links: self.known.links.clone(),
            events: self
                .known
                .events
                .iter()
                .filter(|(tip, _)| is_meant(tip))
                .map(|(tip, events)| (*tip, events.clone()))
                .collect(),
            unsent: self.known.unsent.clone(),
            ..Known::default()
        };
        let (viewer, rules) = (viewer(&self.profile, self.context), rules(&self.profile)?);
        Ok(Inbox::of_some(known, self.known.ids(), viewer, &rules))
    }

    /// What agencies are called.
    pub fn names(&self) -> Result<AgencyNames, Failure> {
        names(&self.profile)
    }

    /// Writes on a tip. It is on this machine's disk when this returns, and at the server unless that cannot be reached.
    pub fn write(&mut self, tip: &KnownTip, what: Kind) -> Result<EventHash, Failure> {
        let to = if let Kind::Refer { to, .. } = &what { Some(to.to_string()) } else { None };
        let log = self.context.acting.record(tip.letter.id, to)?;
        let writer = Writer { log, ..writer(&self.me, &self.identity, (&self.version, &self.gone), self.now) };
        let hash = write(&writer, &mut self.cache, &mut self.known, tip, what)?;
        if self.is_online {
            self.deliver()?;
        }
        Ok(hash)
    }

    /// Gives a tip a new thread key where one is due. False where this member cannot: they have left it, or hold no key of it.
    pub fn rekey(&mut self, tip: &KnownTip) -> Result<bool, Failure> {
        let log = self.context.acting.record(tip.letter.id, None)?;
        let writer = Writer { log, ..writer(&self.me, &self.identity, (&self.version, &self.gone), self.now) };
        match prepare(&writer, &mut self.cache, &mut self.known, tip) {
            Ok(_) => self.deliver().map(|()| true),
            Err(WriteError::Left | WriteError::NoKey) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Gives this member's agency a later thread key again, under its newest key. False where this member cannot.
    pub fn give_again(&mut self, tip: &KnownTip, old: &Old) -> Result<bool, Failure> {
        let log = self.context.acting.record(old.tip, None)?;
        let writer = Writer { log, ..writer(&self.me, &self.identity, (&self.version, &self.gone), self.now) };
        match give_again(&writer, &mut self.cache, &mut self.known, tip, old) {
            Ok(()) => self.deliver().map(|()| true),
            Err(WriteError::Left | WriteError::NoKey) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Ids of those who were taken out and may have kept the newest thread key of a tip.
    pub fn due(&self, tip: &KnownTip, case: &Case) -> Vec<String> {
        due(&self.gone, case, tip).into_iter().map(|one| one.id.clone()).collect()
    }

    /// Whether this member or others who hold a tip were not given its newest thread key.
    pub fn is_kept_back(&self, tip: &KnownTip, case: &Case) -> bool {
        let has_left = case.has_left(&self.me.person, self.me.agency);
        !has_left && kept_back_key(case, &self.known, tip, (&self.version, &self.gone)).is_some()
    }

    /// Writes that the member's agency has opened a tip, where a clock of the law starts with that. It waits in the outbox.
    /// Gives whether something was written.
    pub fn open_tip(&mut self, entry: &Entry) -> Result<bool, Failure> {
        let log =
            if entry.starting.is_empty() { None } else { self.context.acting.record(entry.tip.letter.id, None)? };
        let writer = Writer { log, ..writer(&self.me, &self.identity, (&self.version, &self.gone), self.now) };
        opening::write(entry, &writer, &mut self.cache, &mut self.known, &mut self.context.output)
    }

    /// Sends what waits, where the server can be reached.
    pub fn deliver(&mut self) -> Result<(), Failure> {
        let sent = block_on(async { Ok(outbox::send(&self.client, &mut self.cache, &mut self.known).await) })?;
        match sent.map_err(Failure::from) {
            Err(failure) if failure.exit == Exit::Network => {
                self.failed = Some(failure);
                self.is_online = false;
                Ok(())
            }
            sent => sent,
        }
    }

    /// Fails where a wish of the source stands against it. With a reason, and once the member has named the tip, their word that
    /// it must be crossed is written, and counts when someone of another agency has given theirs. Says whether it was crossed so.
    pub fn may(
        &mut self,
        act: Act,
        tip: &KnownTip,
        party: Option<&Party>,
        crosses: Option<Crosses<'_>>,
    ) -> Result<bool, Failure> {
        let to = party.map(Party::in_log);
        self.context.acting.mention(&[tip.letter.id]);
        self.context.acting.mention_target(to, None);
        let stop = match self.check(act, tip, party)? {
            Verdict::Allowed => return Ok(false),
            Verdict::Stop(stop) => stop,
        };
        let (Some(Crosses { reason, confirm }), Some(verb)) =
            (crosses.filter(|_| stop.can_be_overridden()), act.word())
        else {
            return Err(stop.into());
        };
        let to = party.map(|party| party.name.clone());
        let kind = Kind::Override { wish: stop.to_string(), verb: verb.to_owned(), to, reason: reason.to_owned() };
        let case = self.case(tip.letter.id);
        let is_mine = |request: &Request<Crossing>| {
            request.is_open()
                && !is_spent(&case, &self.version, request)
                && request.stamp.by.person == self.me.person
                && matches!(&kind, Kind::Override { verb, to, .. } if *verb == request.what.verb && *to == request.what.to)
        };
        let has_said = case.overrides.iter().any(is_mine);
        if !has_said {
            self.confirm_tip(
                tip,
                &format!("This goes against the source: {stop}. What was read cannot be unread."),
                confirm,
            )?;
            self.write(tip, kind)?;
        }
        match self.check(act, tip, party)? {
            Verdict::Allowed => Ok(true),
            Verdict::Stop(_) => Err(Failure::new(Exit::Policy, &stop).hint(
                "your word is written; it is done when someone of another agency, whom the source has not named, gives \
                 the same command with `--override`",
            )),
        }
    }

    /// Whether no wish of the source stands against it. Writes nothing.
    pub fn lets(&self, act: Act, tip: &KnownTip) -> Result<bool, Failure> {
        Ok(self.check(act, tip, None)? == Verdict::Allowed)
    }

    /// Whether the server was reached.
    pub const fn is_online(&self) -> bool {
        self.is_online
    }

    /// What the source asks for by now.
    pub fn wishes(&self, tip: &KnownTip) -> Wishes {
        follow_ups::standing(tip, self.known.tips.iter(), |id| self.case(id))
    }

    /// The same, and what of the letter may be told to others.
    pub fn asked_for(&self, tip: &KnownTip) -> AskedFor {
        let (unmarked, is_marked) = follow_ups::unmarked(tip, self.known.tips.iter(), |id| self.case(id));
        let wishes = self.wishes(tip);
        AskedFor { asks_now: wishes.asks_now(), now: wishes.letter, unmarked, is_marked }
    }

    /// The same of several, looked for together.
    pub fn asked_for_of(&self, entries: &[&Entry]) -> Vec<AskedFor> {
        let threads = Threads::of(&self.known, &entries.iter().map(|entry| entry.tip.letter.id).collect());
        let asked = |(entry, wishes): (&&Entry, Wishes)| {
            let around = threads.around(entry.tip.letter.id).iter().copied();
            let (unmarked, is_marked) = follow_ups::unmarked(&entry.tip, around, |id| self.case(id));
            AskedFor { asks_now: wishes.asks_now(), now: wishes.letter, unmarked, is_marked }
        };
        entries.iter().zip(self.wishes_of(entries)).map(asked).collect()
    }

    /// What several sources ask for, looked for together.
    pub fn wishes_of(&self, entries: &[&Entry]) -> Vec<Wishes> {
        let threads = Threads::of(&self.known, &entries.iter().map(|entry| entry.tip.letter.id).collect());
        let wishes = |entry: &&Entry| {
            let around = threads.around(entry.tip.letter.id).iter().copied();
            follow_ups::standing(&entry.tip, around, |id| self.case(id))
        };
        entries.iter().map(wishes).collect()
    }

    fn check(&self, act: Act, tip: &KnownTip, party: Option<&Party>) -> Result<Verdict, Failure> {
        let me = Who::member(&self.version, &self.me.id)
            .ok_or_else(|| Failure::new(Exit::Other, "the keyring does not name your agency"))?;
        let Wishes { letter, is_waiting, .. } = self.wishes(tip);
        let standing = Standing { is_waiting, ..Standing::of(&self.case(tip.letter.id), &self.version, me, self.now) };
        let target = party.map_or(Target::Own, Target::Party);
        Ok(check(act, &letter, &standing, target))
    }

    /// Brings what others wrote meanwhile.
    pub fn refresh(&mut self) -> Result<(), Failure> {
        if self.is_online {
            let failed = bring(self.context, &self.profile, &self.identity, &mut self.cache, &mut self.known)?;
            self.failed = failed.or(self.failed.take());
        }
        Ok(())
    }

    /// Fails unless the server was reached: for what means nothing before others know of it.
    pub fn must_be_online(&mut self) -> Result<(), Failure> {
        if self.is_online {
            return Ok(());
        }
        Err(self.failed.take().unwrap_or_else(|| Failure::new(Exit::Network, "the server cannot be reached")))
    }

    /// Asks for the tip's id once more, unless it was said beforehand: short, or as much more of it as one likes.
    pub fn confirm_tip(&mut self, tip: &KnownTip, question: &str, said: Option<&str>) -> Result<(), Failure> {
        let short = self.short(tip.letter.id);
        let is_meant = |said: &str| {
            let (typed, id) = (normalize_typed_id(said), tip.letter.id.to_string());
            typed.len() >= short.trim_start_matches("T-").len() && id.starts_with(&typed)
        };
        let said = said.map(|said| if is_meant(said) { short.as_str() } else { said });
        self.context.confirm_typed(question, &short, said, &format!("--confirm {short}"))
    }

    /// Says what was done.
    pub fn say(&mut self, text: &str) -> Result<(), Failure> {
        self.context.output.print(&[Line::new().with(Style::Plain, text)])?;
        Ok(())
    }

    /// The last word.
    pub fn end(self) -> Result<(), Failure> {
        let waits = !self.known.unsent.is_empty();
        self.failed.map_or(Ok(()), |failure| {
            let is_kept = waits && failure.exit == Exit::Network;
            Err(if is_kept {
                failure.hint("what you wrote is kept on this machine, sealed, and the next command that reaches the server sends it")
            } else {
                failure
            })
        })
    }
}

fn writer<'a>(me: &Member, identity: &'a Identity, (version, gone): (&'a Version, &'a [Gone]), now: u64) -> Writer<'a> {
    Writer { author: author(me), key: &identity.signing, version, gone, now, log: None }
}
