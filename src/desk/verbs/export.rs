//! `desk export`: writes tips into one file that was asked for by name, after asking what their sources wish. Nothing else is
//! written anywhere, and no server is asked.

use super::search::{parsed, tips_that_fit};
use super::session::Session;
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
use crate::desk::wishes::{Party, Scope, Standing, Stop, Target, Who, check};
use crate::model::agency::{AgencyKind, AgencyNumber};
use std::path::Path;

mod evidence;

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
    let party = party(args, form, &me, &version)?;
    session.context.acting.mention_target(party.as_ref().map(Party::in_log), None);
    let scope = Scope::from(args.share);
    let why = party.as_ref().map(|_| why(args, form)).transpose()?;
    if let ([entry], Some(_)) = (entries.as_slice(), &args.override_reason) {
        session.may(form.act(scope), &entry.tip, party.as_ref(), args.override_reason.as_deref())?;
    }

    let (mut allowed, mut stopped) = (Vec::new(), Vec::new());
    let wishes = session.wishes_of(&entries);
    for (entry, Wishes { letter, is_waiting, .. }) in entries.into_iter().zip(wishes) {
        let case = session.case(entry.tip.letter.id);
        let standing = Standing { is_waiting, ..Standing::of(&case, &version, me.clone()) };
        match stop(form, scope, &letter, &standing, party.as_ref()) {
            None => allowed.push(entry),
            Some(stop) => stopped.push((entry, stop)),
        }
    }
    note_stopped(&stopped, allowed.len(), session.context);
    if let Some(failure) = refusal(&stopped, &allowed, args) {
        return Err(failure);
    }
    for (entry, _) in &stopped {
        session.context.acting.record_refused(entry.tip.letter.id)?;
    }
    let audience = if party.is_some() { Audience::Other(scope) } else { Audience::Own };
    let clocks_of = |entry: &Entry| once_opened(&entry.clocks, &entry.starting, session.me.agency, session.now);
    let subjects: Vec<Subject<'_>> =
        allowed.iter().map(|&entry| Subject::new(entry, &entry.case, clocks_of(entry), audience)).collect();
    let names = AgencyNames::of(&version);
    let to = party.as_ref().map(|party| party.name.as_str());
    let by = session.me.person.clone();
    let head = Head { by: &by, to, now: session.now, names: &names };
    let what = summary(word, &subjects, &head);
    if let (Some(path), false) = (&args.write.output, args.write.dry_run) {
        let question = format!("Write {what}, so that whoever gets {} can read it?", path.display());
        session.context.confirm(&question, args.yes, "--yes")?;
        session.context.acting.narrow(&allowed.iter().map(|entry| entry.tip.letter.id).collect::<Vec<_>>());
        session.context.acting.settle()?;
        let bytes = match (subjects.as_slice(), allowed.as_slice()) {
            ([subject], [entry]) if is_evidence => evidence::bytes(subject, entry, args.offline, &mut session)?,
            _ => render(form, &subjects, &head)?,
        };
        // On disk, then written down, then there to be given away: what could not be written was given to nobody.
        let file = asked::fill(path, &bytes, args.write.force)?;
        let mut is_something_written = party.is_some();
        for entry in &allowed {
            is_something_written |= session.open_tip(entry)?;
        }
        if let (Some(to), Some(why)) = (to, &why) {
            record(&mut session, &allowed, (to, why), word, scope)?;
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

/// Refuses several tips, or somebody else, for what is of one tip, or for one's own agency.
fn one_where_one_must_be(word: FormWord, entries: &[&Entry], args: &ExportArgs) -> Result<(), Failure> {
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

/// What it is for: the record of who was given what has it.
fn why(args: &ExportArgs, form: Form) -> Result<String, Failure> {
    match (&args.reason, form) {
        (Some(reason), _) => Ok(reason.clone()),
        (None, Form::Dcf136 | Form::Cybertip) => Ok("a draft of the report that the law asks for".to_owned()),
        (None, _) if args.write.dry_run => Ok(String::new()),
        (None, _) => Err(Failure::new(Exit::Usage, "say what they need it for: `--reason TEXT`")
            .hint("it is written down who was given what, why and when; `desk disseminations` prints that")),
    }
}

/// Writes down on each tip what goes to whom.
fn record(
    session: &mut Session<'_>,
    allowed: &[&Entry],
    (to, why): (&str, &str),
    word: FormWord,
    scope: Scope,
) -> Result<(), Failure> {
    let what = if scope == Scope::All { "all" } else { "facts" };
    let form = word.form().map_or("evidence", Form::as_str);
    for entry in allowed {
        let kind =
            Kind::Disclose { to: to.into(), what: what.into(), why: why.into(), form: format!("export, {form}") };
        session.write(&entry.tip, kind)?;
    }
    Ok(())
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
fn party(args: &ExportArgs, form: Form, me: &Who, version: &Version) -> Result<Option<Party>, Failure> {
    if let Some(typed) = &args.to {
        let Ok(number) = typed.parse() else {
            let kind = args.kind.map_or(AgencyKind::Other, AgencyKind::from);
            return Ok(Some(Party::outside(typed, kind)));
        };
        let party = Party::agency(version, AgencyNumber(number)).ok_or_else(|| {
            Failure::new(Exit::Usage, &format!("there is no agency {number}"))
                .hint("`desk show` names the agencies of a tip")
        })?;
        return Ok(Some(party).filter(|_| AgencyNumber(number) != me.agency));
    }
    Ok(match form {
        Form::Dcf136 if me.kind != AgencyKind::ChildWelfare => {
            let agency = version.public.agencies.iter().find(|agency| agency.kind == AgencyKind::ChildWelfare);
            let known = agency.and_then(|agency| Party::agency(version, agency.number));
            Some(known.unwrap_or_else(|| Party::outside("child welfare", AgencyKind::ChildWelfare)))
        }
        Form::Cybertip => Some(Party::outside("NCMEC", AgencyKind::Other)),
        _ => None,
    })
}

fn stop(form: Form, scope: Scope, letter: &Letter, standing: &Standing, party: Option<&Party>) -> Option<Stop> {
    let target = party.map_or(Target::Own, Target::Party);
    check(form.act(scope), letter, standing, target).allowed().err()
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
fn refusal(stopped: &[(&Entry, Stop)], allowed: &[&Entry], args: &ExportArgs) -> Option<Failure> {
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
