//! Commands by which members work on tips. Each writes case events that every reader of the tip sees.

use super::session::{Session, targets};
use super::words;
use crate::crypto::event::Kind;
use crate::crypto::keyring::Role;
use crate::desk::cache::KnownTip;
use crate::desk::cli::{
    AssignArgs, ClaimArgs, GradeArgs, HoldArgs, LabelArgs, LinkArgs, NoteArgs, OutcomeArgs, PriorityArgs, RecuseArgs,
    StatusArgs, Targets,
};
use crate::desk::context::Context;
use crate::desk::failure::{Exit, Failure};
use crate::desk::inbox::thread;
use crate::desk::moment;
use crate::desk::names::AgencyNames;
use crate::desk::output::Line;

const HOUR: u64 = 3_600;
/// How long a tip that someone leaves is kept for whom they handed it to.
const HANDED_HOURS: u32 = 12;
/// More tips than this are not done without a yes.
const MANY: usize = 1;

/// `desk claim`.
pub fn claim(args: &ClaimArgs, context: &mut Context) -> Result<(), Failure> {
    let mut session = Session::open(context)?;
    session.must_be_online()?;
    let until = session.now + u64::from(args.hours) * HOUR;
    let is_one = args.targets.matching.is_none() && args.targets.ids.len() == 1;
    let refuse = move |session: &Session<'_>, short: &str, tip: &KnownTip| taken(session, short, tip);
    each(&mut session, &args.targets, &format!("claimed until {}", moment::shown(until)), refuse, |_| Kind::Claim {
        until,
    })?;
    if is_one && !args.targets.dry_run {
        session.refresh()?;
        let tip = session.tip(&args.targets.ids[0])?;
        taken(&session, &session.short(tip.letter.id), &tip).map_or(Ok(()), Err)?;
    }
    session.end()
}

/// Somebody else works on it.
pub(super) fn taken(session: &Session<'_>, short: &str, tip: &KnownTip) -> Option<Failure> {
    let case = session.case(tip.letter.id);
    let claim = case.claimed_by(session.now).filter(|claim| claim.stamp.by.person != session.me.person)?;
    let what = format!(
        "{short} is claimed by {} of agency {} until {}",
        claim.stamp.by.person,
        claim.stamp.by.agency,
        moment::shown(claim.until)
    );
    Some(Failure::new(Exit::Conflict, &what).hint("speak with them, or write a note: they see it"))
}

/// `desk release`.
pub fn release(args: &Targets, context: &mut Context) -> Result<(), Failure> {
    let mut session = Session::open(context)?;
    let refuse = |session: &Session<'_>, short: &str, tip: &KnownTip| {
        let case = session.case(tip.letter.id);
        let is_mine = case.claimed_by(session.now).is_some_and(|claim| claim.stamp.by.person == session.me.person);
        (!is_mine).then(|| {
            Failure::new(Exit::Conflict, &format!("{short} is not claimed by you"))
                .hint("`desk inbox` says who works on which; nothing was done")
        })
    };
    each(&mut session, args, "released", refuse, |_| Kind::Release)?;
    session.end()
}

/// `desk assign`.
pub fn assign(args: &AssignArgs, context: &mut Context) -> Result<(), Failure> {
    let mut session = Session::open(context)?;
    let tip = session.tip(&args.id)?;
    let done = hand_over(&mut session, &tip, &args.to, args.hours)?;
    session.say(&done)?;
    session.end()
}

/// Gives a tip to a colleague, and says so.
fn hand_over(session: &mut Session<'_>, tip: &KnownTip, to: &str, hours: u32) -> Result<String, Failure> {
    let agency = session.me.agency;
    let is_colleague = |member: &&crate::crypto::keyring::Member| {
        member.agency == agency && member.person == to && member.roles.contains(&Role::Reader)
    };
    let Some(colleague) = session.version.staff.members.iter().find(is_colleague).cloned() else {
        let mut people: Vec<&str> = session
            .version
            .staff
            .members
            .iter()
            .filter(|member| member.agency == agency)
            .map(|member| member.person.as_str())
            .collect();
        people.dedup();
        let what = format!("your agency has no reader {to:?}");
        return Err(Failure::new(Exit::NotFound, &what).hint(&format!("it has {}", people.join(", "))));
    };
    let short = session.short(tip.letter.id);
    if let Some(failure) = taken(session, &short, tip) {
        return Err(failure);
    }
    if session.case(tip.letter.id).has_left(&colleague.person, colleague.agency) {
        return Err(Failure::new(Exit::NoKey, &format!("{} has left {short}", colleague.person)));
    }
    let until = session.now + u64::from(hours) * HOUR;
    session.write(tip, Kind::Assign { to: colleague.id, person: colleague.person.clone(), until })?;
    Ok(format!("{short}: handed to {} until {}", colleague.person, moment::shown(until)))
}

/// `desk note`.
pub fn note(args: NoteArgs, context: &mut Context) -> Result<(), Failure> {
    let words = words::given(args.words, "note:", context)?;
    let mut session = Session::open(context)?;
    let tip = session.tip(&args.id)?;
    let short = session.short(tip.letter.id);
    session.write(&tip, Kind::Note { text: words.trim().to_owned() })?;
    session.say(&format!("{short}: noted"))?;
    session.end()
}

/// `desk label`.
pub fn label(args: &LabelArgs, context: &mut Context) -> Result<(), Failure> {
    let (add, remove) = (words::labels(&args.add)?, words::labels(&args.remove)?);
    let done = thread::words(&Kind::Label { add: add.clone(), remove: remove.clone() }, &AgencyNames::default());
    let mut session = Session::open(context)?;
    each(
        &mut session,
        &args.targets,
        &done,
        |_, _, _| None,
        |_| Kind::Label { add: add.clone(), remove: remove.clone() },
    )?;
    session.end()
}

/// `desk status`.
pub fn status(args: &StatusArgs, context: &mut Context) -> Result<(), Failure> {
    let what = |_: &KnownTip| Kind::Status {
        status: args.status.into(),
        reason: args.reason.map(Into::into),
        text: args.message.clone(),
    };
    if args.reason.is_some() && args.status != crate::desk::cli::StatusWord::Closed {
        return Err(Failure::new(Exit::Usage, "a reason is for closing: `--to closed --reason REASON`"));
    }
    let done = thread::set_status(args.status.into());
    let mut session = Session::open(context)?;
    each(&mut session, &args.targets, done, |_, _, _| None, what)?;
    session.end()
}

/// `desk priority`.
pub fn priority(args: PriorityArgs, context: &mut Context) -> Result<(), Failure> {
    let level = args.level.level();
    let done = level.map_or_else(|| "priority as the rules say".to_owned(), |level| format!("priority P{level}"));
    one(&args.id, context, &done, |_, _| Ok(Kind::Priority { level, reason: args.reason }))
}

/// `desk grade`.
pub fn grade(args: GradeArgs, context: &mut Context) -> Result<(), Failure> {
    one(&args.id, context, "graded", |_, _| Ok(Kind::Grade { checked: args.checked.into(), text: args.message }))
}

/// `desk link`.
pub fn link(args: &LinkArgs, context: &mut Context) -> Result<(), Failure> {
    let how = args.how.into();
    let done = if args.undo { "link taken back" } else { "linked" };
    one(&args.id, context, done, |session, tip| {
        let other = session.tip(&args.other)?.letter.id;
        if other == tip.letter.id {
            return Err(Failure::new(Exit::Usage, "a tip cannot be linked to itself")
                .hint("`desk similar` finds others that it may belong to"));
        }
        let is_there = session.case(tip.letter.id).links.contains_key(&(other, how));
        match (is_there, args.undo) {
            (false, true) => Err(Failure::new(Exit::NotFound, "there is no such link")
                .hint("`desk show` lists the links of a tip, and how they are meant")),
            (true, false) => {
                Err(Failure::new(Exit::Conflict, "they are linked so already").hint("`--undo` takes the link back"))
            }
            (_, true) => Ok(Kind::Unlink { how, tip: other }),
            (_, false) => Ok(Kind::Link { how, tip: other }),
        }
    })
}

/// `desk recuse`. Whoever takes it over is told before the one who leaves can write no more.
pub fn recuse(args: RecuseArgs, context: &mut Context) -> Result<(), Failure> {
    let done = "you have left it; the next word that others write there is sealed to a new key, and you get none";
    one(&args.id, context, done, |session, tip| {
        let who = if args.agency { "your whole agency reads" } else { "you read" };
        let question = format!("{who} nothing that comes after, and nobody can undo it.");
        session.confirm_tip(tip, &question, args.confirm.as_deref())?;
        if let Some(to) = &args.to {
            let done = hand_over(session, tip, to, HANDED_HOURS)?;
            session.say(&done)?;
        } else if !args.agency {
            let text = "note: nobody has taken it from you: a colleague's `desk next` or `desk claim` does";
            session.context.output.note(&Line::from(text));
        }
        Ok(Kind::Recuse { reason: args.reason, whole_agency: args.agency })
    })
}

/// `desk hold`.
pub fn hold(args: HoldArgs, context: &mut Context) -> Result<(), Failure> {
    let done = if args.lift { "your agency holds it no longer" } else { "held: it cannot be deleted" };
    one(&args.id, context, done, |session, tip| {
        let case = session.case(tip.letter.id);
        let is_held = case.holds.contains_key(&session.me.agency);
        match (is_held, args.lift) {
            (false, true) => Err(Failure::new(Exit::NotFound, "your agency does not hold it")
                .hint("each agency lifts its own hold; `desk show` says whose there are")),
            (true, false) => {
                Err(Failure::new(Exit::Conflict, "your agency holds it already").hint("`--lift` ends that"))
            }
            (_, lift) => Ok(Kind::Hold { on: !lift, reason: args.reason }),
        }
    })
}

/// `desk outcome`.
pub fn outcome(args: OutcomeArgs, context: &mut Context) -> Result<(), Failure> {
    one(&args.id, context, "outcome written", |_, _| {
        Ok(Kind::Outcome { result: args.result.into(), text: args.message })
    })
}

/// Writes one event on one tip.
pub(super) fn one(
    id: &str,
    context: &mut Context,
    done: &str,
    what: impl FnOnce(&mut Session<'_>, &KnownTip) -> Result<Kind, Failure>,
) -> Result<(), Failure> {
    let mut session = Session::open(context)?;
    let tip = session.tip(id)?;
    let short = session.short(tip.letter.id);
    let what = what(&mut session, &tip)?;
    session.write(&tip, what)?;
    session.say(&format!("{short}: {done}"))?;
    session.end()
}

/// Writes one event on each of the tips that a command names. None is written where one is refused.
fn each(
    session: &mut Session<'_>,
    named: &Targets,
    done: &str,
    refuse: impl Fn(&Session<'_>, &str, &KnownTip) -> Option<Failure>,
    what: impl Fn(&KnownTip) -> Kind,
) -> Result<(), Failure> {
    let tips = targets(session, named)?;
    if let Some(failure) = tips.iter().find_map(|(short, tip)| refuse(session, short, tip)) {
        return Err(failure);
    }
    if named.dry_run {
        for (short, _) in &tips {
            session.say(&format!("{short}: would be {done}"))?;
        }
        return session.say(&format!("{} in all; nothing was done", tips.len()));
    }
    if tips.len() > MANY {
        let question = format!("{} tips: {done}?", tips.len());
        session.context.confirm(&question, named.yes, "--yes")?;
    }
    let stands = session.write_each(tips.iter().map(|(_, tip)| (tip.clone(), what(tip))).collect())?;
    for (short, _) in tips.iter().filter(|(_, tip)| stands.contains(&tip.letter.id)) {
        session.say(&format!("{short}: {done}"))?;
    }
    Ok(())
}
