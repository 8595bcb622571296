//! `desk export`: writes tips into one file that was asked for by name, after asking what their sources wish. Nothing else is
//! written anywhere, and no server is asked.

use super::contact::{REVEALS, reveals_contact};
use super::refer::consent;
use super::search::{parsed, tips_that_fit};
use super::session::{Crosses, Session};
use super::show::one;
use crate::crypto::event::Kind;
use crate::crypto::keyring::Version;
use crate::crypto::letter::Letter;
use crate::desk::cli::{ExportArgs, ExportVerb, FormWord};
use crate::desk::clocks::once_opened;
use crate::desk::context::Context;
use crate::desk::export::{Audience, Form, Head, PdfError, Subject, Tlp, render};
use crate::desk::failure::{Exit, Failure};
use crate::desk::files::{FileError, asked};
use crate::desk::follow_ups::Wishes;
use crate::desk::inbox::{Entry, Inbox};
use crate::desk::names::AgencyNames;
use crate::desk::output::{Line, Style};
use crate::desk::similar::identifiers;
use crate::desk::sync::SyncError;
use crate::desk::wishes::{Act, Party, Scope, Standing, Stop, Target, Who, check};
use crate::model::agency::{AgencyKind, AgencyNumber};
use std::path::Path;

mod evidence;
mod mandated;

/// A tip that may go.
struct Going<'a> {
    entry: &'a Entry,
    /// How much of it.
    scope: Scope,
    /// What was asked for and is not kept, where a law asks for the tip.
    crossed: Option<Stop>,
}

/// Writes the file, or checks one.
pub fn run(args: &ExportArgs, context: &mut Context) -> Result<(), Failure> {
    if let Some(ExportVerb::Verify { file, json }) = &args.verb {
        return evidence::check(file, *json, context);
    }
    let Some(word) = args.form else { return Err(Failure::new(Exit::Usage, "say which form with `--form`")) };
    let is_evidence = word.form().is_none();
    let form = word.form().unwrap_or(Form::Json); // an archive holds what the JSON does
    if let Some(path) = args.write.output.as_deref().filter(|_| !args.write.dry_run) {
        may_stand(path, args.write.force)?;
    }
    let mut session = Session::open_known(context)?;
    let inbox = session.inbox()?;
    let entries = asked_for(args, &inbox, session.context)?;
    let ids: Vec<_> = entries.iter().map(|entry| entry.tip.letter.id).collect();
    session.context.acting.mention(&ids);
    session.context.acting.mention_target(None, Some(word.form().map_or("evidence", Form::as_str)));
    one_where_one_must_be(word, &entries, args)?;
    let version = session.version.clone();
    let me = Who::member(&version, &session.me.id).ok_or(SyncError::NotAMember)?;
    let wishes = session.wishes_of(&entries);
    let letters: Vec<&Letter> = wishes.iter().map(|wishes| &wishes.letter).collect();
    let party = party(args, form, &me, &version, &letters)?;
    session.context.acting.mention_target(party.as_ref().map(Party::in_log), None);
    let scope = Scope::from(args.share);
    needs_reason(party.as_ref(), args, form)?;
    let is_crossed = cross(&mut session, &entries, args, act(form, scope, party.as_ref()), party.as_ref())?;

    let (allowed, stopped) = sort_out(entries, &wishes, (form, scope, party.as_ref()), (&session, &version, &me));
    note_stopped(&stopped, allowed.len(), session.context);
    if let Some(failure) = refusal(&stopped, &allowed, args) {
        return Err(failure);
    }
    for (entry, _) in &stopped {
        session.context.acting.record_refused(entry.tip.letter.id)?;
    }
    let audience = |going: &Going<'_>| if party.is_some() { Audience::Other(going.scope) } else { Audience::Own };
    let clocks_of =
        |Going { entry, .. }: &Going<'_>| once_opened(&entry.clocks, &entry.starting, session.me.agency, session.now);
    let asked = session.asked_for_of(&allowed.iter().map(|of| of.entry).collect::<Vec<_>>());
    let subjects: Vec<Subject<'_>> = allowed
        .iter()
        .zip(&asked)
        .map(|(of, asked)| Subject::new(of.entry, asked, &of.entry.case, clocks_of(of), audience(of)))
        .collect();
    let names = AgencyNames::of(&version);
    let to = party.as_ref().map(|party| party.name.as_str());
    let by = session.me.person.clone();
    let head = Head { by: &by, to, now: session.now, names: &names };
    let what = summary(word, &subjects, &head);
    if let (Some(path), false) = (&args.write.output, args.write.dry_run) {
        let question = format!("Write {what}, so that whoever gets {} can read it?", path.display());
        note_crossed(&allowed, session.context);
        if party.as_ref().is_some_and(|party| act(form, scope, Some(party)) != Act::MandatedReport) {
            consent::note(&mut session, "Where there is one, write it down: `desk note`");
        }
        if !is_crossed {
            agree(&subjects, &question, args, party.is_some(), &mut session)?;
        }
        session.context.acting.narrow(&allowed.iter().map(|going| going.entry.tip.letter.id).collect::<Vec<_>>());
        session.context.acting.settle()?;
        let bytes = match (subjects.as_slice(), allowed.as_slice()) {
            ([subject], [of]) if is_evidence => evidence::bytes(subject, of.entry, args.offline, &mut session)?,
            _ => render(form, &subjects, &head)?,
        };
        // On disk, then written down, then there to be given away: what could not be written was given to nobody.
        let file = asked::fill(path, &bytes, args.write.force)?;
        let mut is_something_written = party.is_some();
        for going in &allowed {
            is_something_written |= session.open_tip(going.entry)?;
        }
        if let Some(to) = to {
            record(&mut session, &allowed, to, args, word)?;
            file.place().map_err(|error| {
                Failure::from(error).hint(
                    "it is written down as given all the same: say with `desk note` that it was not, and try again",
                )
            })?;
        } else {
            file.place()?;
        }
        session.say(&format!("wrote {}: {what}", path.display()))?;
        if form == Form::Deconflict && subjects.iter().all(|subject| identifiers::of_facts(&subject.letter).is_empty())
        {
            let text =
                "note: nothing was found that another system could look for: read what they tell, and type it yourself";
            session.context.output.note(&Line::from(text));
        }
        let text = "note: it is not sealed. Only you can read it on this machine; delete it when it has done its work";
        session.context.output.note(&Line::from(text));
        if is_something_written && !args.offline {
            session.deliver()?;
        }
    } else {
        let ids: Vec<&str> = subjects.iter().map(|subject| subject.entry.short_id.as_str()).collect();
        session.say(&format!("would write {what}: {}", ids.join(" ")))?;
    }
    session.end()
}

/// Crosses a wish where somebody gave a reason for it, and says whether one was crossed.
fn cross(
    session: &mut Session<'_>,
    entries: &[&Entry],
    args: &ExportArgs,
    act: Act,
    party: Option<&Party>,
) -> Result<bool, Failure> {
    let ([entry], Some(reason), false) = (entries, &args.override_reason, args.write.dry_run) else { return Ok(false) };
    let crosses = Crosses { reason, confirm: args.confirm.as_deref() };
    let said = session.may(act, &entry.tip, party, Some(crosses));
    if !args.offline {
        session.deliver()?; // others must know of it before they can say the same
    }
    said
}

/// A tip that a wish stops, and which.
type Stopped<'a> = (&'a Entry, Stop);

/// What may go, and what may not.
fn sort_out<'a>(
    entries: Vec<&'a Entry>,
    wishes: &[Wishes],
    (form, scope, party): (Form, Scope, Option<&Party>),
    (session, version, me): (&Session<'_>, &Version, &Who),
) -> (Vec<Going<'a>>, Vec<Stopped<'a>>) {
    let (mut allowed, mut stopped) = (Vec::new(), Vec::new());
    for (entry, Wishes { letter, is_waiting, .. }) in entries.into_iter().zip(wishes) {
        let case = session.case(entry.tip.letter.id);
        let standing = Standing { is_waiting: *is_waiting, ..Standing::of(&case, version, me.clone(), session.now) };
        if let Some(stop) = stop(form, scope, letter, &standing, party) {
            stopped.push((entry, stop));
            continue;
        }
        let (scope, crossed) = match party {
            Some(to) if act(form, scope, Some(to)) == Act::MandatedReport => {
                mandated::scope(scope, letter, &standing, to)
            }
            _ => (scope, None),
        };
        allowed.push(Going { entry, scope, crossed });
    }
    (allowed, stopped)
}

/// Refuses several tips, or somebody else, for what is of one tip, or for one's own agency.
fn one_where_one_must_be(word: FormWord, entries: &[&Entry], args: &ExportArgs) -> Result<(), Failure> {
    if args.override_reason.is_some() && entries.len() != 1 {
        let failure = Failure::new(Exit::Usage, "a wish is crossed for one tip: name just that one");
        return Err(failure.hint("without `--override`, `--skip` leaves out those whose source forbids it"));
    }
    if word == FormWord::Cybertip && entries.len() > 1 {
        let failure = Failure::new(Exit::Usage, "a draft for NCMEC is of one tip, as the report is");
        return Err(failure.hint("write one file a tip; `desk export --form csv` takes many"));
    }
    if word == FormWord::Evidence && (entries.len() > 1 || args.to.is_some()) {
        let what = if args.to.is_some() {
            "evidence is the whole tip: it is written for your own agency"
        } else {
            "evidence is of one tip"
        };
        return Err(Failure::new(Exit::Usage, what).hint("other forms take `--to`, and several ids or a search"));
    }
    Ok(())
}

/// What it is for has to be said: the record of who was given what has it.
fn needs_reason(party: Option<&Party>, args: &ExportArgs, form: Form) -> Result<(), Failure> {
    let is_said = args.reason.is_some() || matches!(form, Form::Dcf136 | Form::Cybertip);
    if party.is_none() || is_said || args.write.dry_run {
        return Ok(());
    }
    Err(Failure::new(Exit::Usage, "say what they need it for: `--reason TEXT`")
        .hint("it is written down who was given what, why and when; `desk disseminations` prints that"))
}

/// A yes to what is about to be written; more than that where it tells others how the source can be reached.
fn agree(
    subjects: &[Subject<'_>],
    question: &str,
    args: &ExportArgs,
    is_for_others: bool,
    session: &mut Session<'_>,
) -> Result<(), Failure> {
    let reveals = |subject: &&Subject<'_>| reveals_contact(&subject.letter);
    let count = subjects.iter().filter(reveals).count();
    if !is_for_others || (count == 0 && args.confirm.is_none()) {
        return session.context.confirm(question, args.yes, "--yes");
    }
    let question = format!("{question} {REVEALS}");
    if let [subject] = subjects {
        return session.confirm_tip(&subject.entry.tip, &question, args.confirm.as_deref());
    }
    let wanted = format!("{count} contacts");
    session.context.confirm_typed(&question, &wanted, args.confirm.as_deref(), &format!("--confirm '{wanted}'"))
}

/// Which wishes a law goes before, before anyone says yes.
fn note_crossed(allowed: &[Going<'_>], context: &mut Context) {
    for Going { entry, crossed, .. } in allowed {
        if let Some(stop) = crossed {
            let words = format!("  {stop}; what the law asks for goes all the same, and only the facts");
            let line = Line::new().with(Style::Alarm, "note: ").with(Style::Bold, &entry.short_id);
            context.output.note(&line.with(Style::Plain, &words));
        }
    }
}

/// Writes down on each tip what goes to whom.
fn record(
    session: &mut Session<'_>,
    allowed: &[Going<'_>],
    to: &str,
    args: &ExportArgs,
    word: FormWord,
) -> Result<(), Failure> {
    let form = word.form().map_or("evidence", Form::as_str);
    let given = |Going { entry, scope, crossed, .. }: &Going<'_>| {
        let why = match (&args.reason, crossed) {
            (Some(reason), None) => reason.clone(),
            (Some(reason), crossed) => format!("{reason}; {}", mandated::why(crossed.as_ref())),
            (None, crossed) => mandated::why(crossed.as_ref()),
        };
        let what = if *scope == Scope::All { "all" } else { "facts" };
        let form = format!("export, {form}");
        (entry.tip.clone(), Kind::Disclose { to: to.into(), what: what.into(), why, form })
    };
    session.write_each(allowed.iter().map(given).collect()).map(drop)
}

/// Whether a file could be written there, asked before a passphrase is.
pub(super) fn may_stand(path: &Path, is_forced: bool) -> Result<(), Failure> {
    if path == Path::new("-") {
        let hint = "name one with `-o`; for a pipe, `desk show ID --json` prints a tip";
        return Err(Failure::new(Exit::Usage, "what leaves is written into a file").hint(hint));
    }
    asked::may_stand(path, is_forced).map_err(|error| match error {
        FileError::Exists(_) => Failure::from(error).hint("name another file with `-o`, or say `--force`"),
        other => other.into(),
    })
}

fn asked_for<'a>(args: &ExportArgs, inbox: &'a Inbox, context: &mut Context) -> Result<Vec<&'a Entry>, Failure> {
    let Some(typed) = &args.search else {
        let mut entries: Vec<&Entry> = Vec::new();
        for id in &args.ids {
            let entry = one(inbox, id)?;
            if !entries.iter().any(|other| other.short_id == entry.short_id) {
                entries.push(entry);
            }
        }
        return Ok(entries);
    };
    let entries = tips_that_fit(inbox, &parsed(typed, &mut context.output)?);
    if entries.is_empty() {
        return Err(Failure::new(Exit::NotFound, "no tip fits this search").hint("`desk search` shows what it finds"));
    }
    Ok(entries)
}

/// For whom it is; none for the agency of whoever asks.
fn party(
    args: &ExportArgs,
    form: Form,
    me: &Who,
    version: &Version,
    letters: &[&Letter],
) -> Result<Option<Party>, Failure> {
    if let Some(typed) = &args.to {
        let Ok(number) = typed.parse() else {
            let said = |kind| Party::outside(typed, AgencyKind::from(kind));
            return Ok(Some(args.kind.map_or_else(|| Party::unsaid(typed), said)));
        };
        let party = Party::agency(version, AgencyNumber(number)).ok_or_else(|| {
            Failure::new(Exit::Usage, &format!("there is no agency {number}"))
                .hint("`desk show` names the agencies of a tip")
        })?;
        return Ok(Some(party).filter(|_| AgencyNumber(number) != me.agency));
    }
    Ok(match form {
        Form::Dcf136 => mandated::recipient(me, version, letters),
        Form::Cybertip => Some(Party::outside("NCMEC", AgencyKind::Other)),
        _ => None,
    })
}

/// What writing it is, as far as wishes are concerned. The form of a report alone makes nobody one to whom a law sends it.
fn act(form: Form, scope: Scope, party: Option<&Party>) -> Act {
    match (form.act(scope), party) {
        (Act::MandatedReport, Some(party)) if !mandated::takes(party.kind) => Act::Export(scope),
        (act, _) => act,
    }
}

fn stop(form: Form, scope: Scope, letter: &Letter, standing: &Standing, party: Option<&Party>) -> Option<Stop> {
    let target = party.map_or(Target::Own, Target::Party);
    check(act(form, scope, party), letter, standing, target).allowed().err()
}

fn note_stopped(stopped: &[(&Entry, Stop)], allowed_count: usize, context: &mut Context) {
    if stopped.len() + allowed_count < 2 {
        return; // the failure says it all
    }
    for (entry, stop) in stopped {
        let line = Line::new().with(Style::Alarm, "stopped: ").with(Style::Bold, &entry.short_id);
        context.output.note(&line.with(Style::Plain, &format!("  {stop}")));
    }
}

/// Why nothing may be written.
fn refusal(stopped: &[(&Entry, Stop)], allowed: &[Going<'_>], args: &ExportArgs) -> Option<Failure> {
    let (entry, first) = stopped.first()?;
    if args.skip && !allowed.is_empty() {
        return None;
    }
    let count = stopped.len() + allowed.len();
    if count == 1 {
        let failure = Failure::from(first.clone());
        let what = format!("{}: {}", entry.short_id, failure.what);
        return Some(if args.search.is_some() { Failure { what, ..failure } } else { failure });
    }
    let what = format!("the sources of {} of {count} tips forbid it", stopped.len());
    let hint =
        if allowed.is_empty() { "nothing was written" } else { "nothing was written; `--skip` writes the others" };
    Some(Failure::new(Exit::Policy, &what).hint(hint))
}

/// `csv, 3 tips, TLP:RED`.
fn summary(word: FormWord, subjects: &[Subject<'_>], head: &Head<'_>) -> String {
    let tips = if subjects.len() == 1 { "1 tip".to_owned() } else { format!("{} tips", subjects.len()) };
    let tlp = Tlp::strictest(subjects.iter().map(|subject| subject.tlp)).as_str();
    let to = head.to.map(|to| format!(", for {to}")).unwrap_or_default();
    format!("{}, {tips}, {tlp}{to}", word.form().map_or("evidence", Form::as_str))
}

impl From<PdfError> for Failure {
    fn from(error: PdfError) -> Self {
        Self::new(Exit::Other, &error).hint("the form `md` holds the same")
    }
}
