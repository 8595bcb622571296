//! Consent to pass a tip on, as a record: who gave it, to whom, for which parts, what for, and until when. To whom, which parts
//! and what for are the offer's own; 28 CFR 94.115 asks for the rest.

use crate::crypto::letter::{Letter, YesNo};
use crate::desk::cli::ReferArgs;
use crate::desk::failure::{Exit, Failure};
use crate::desk::moment;
use crate::desk::output::{Line, Style};
use crate::desk::pointers::may_need_consent;
use crate::desk::verbs::session::Session;
use crate::desk::wishes::{Who, excluded};

const DAY: u64 = 86_400;

/// What is written into an offer.
pub struct Consent {
    /// The end of the last day, in seconds since 1970.
    pub until: Option<u64>,
    /// Who gave it; none where it is the source's own answer in the form.
    pub by: Option<String>,
}

/// The consent that a member was given. Whoever is suspected cannot give it for somebody under 18.
pub fn given(args: &ReferArgs, letter: &Letter) -> Result<Consent, Failure> {
    let is_minor = matches!(letter.answers.minor, Some(YesNo::Yes | YesNo::Unsure));
    let by = args.consent_by.as_deref().map(str::trim).filter(|by| !by.is_empty());
    if let Some(by) = by.filter(|by| is_minor && excluded::is_suspected(letter, by)) {
        let what = format!("{by:?} may be whom the source suspects, and cannot consent for somebody under 18");
        return Err(Failure::new(Exit::Policy, &what).hint(
            "ask somebody else who may decide for the child; where another person is meant, say who they are in other words",
        ));
    }
    let until = args.consent_until.map(|day| (u64::try_from(day.epoch_days()).unwrap_or(0) + 1) * DAY);
    Ok(Consent { until, by: by.map(str::to_owned) })
}

/// Says that no written consent goes along, where a law may ask for one. It stops nothing: whether it does is counsel's to say, and
/// there may be no time. `docs/LEGAL.md` section 2.
pub fn note_none(session: &mut Session<'_>, consent: &Consent) {
    if consent.by.is_none() {
        note(session, "Write it down with `--consent-by WHO --consent-until DAY`");
    }
}

/// The same of what is given to somebody in a file.
pub fn note(session: &mut Session<'_>, how: &str) {
    let kind = Who::member(&session.version, &session.me.id).map(|me| me.kind);
    if kind.is_some_and(may_need_consent) {
        let words = format!(
            "no written consent is named here; where 28 CFR 94.115 binds your agency, there must be one. {how}"
        );
        session.context.output.note(&Line::new().with(Style::Bold, "note: ").with(Style::Plain, &words));
    }
}

/// Refuses what was offered under a consent that has ended.
pub fn must_last(until: Option<u64>, now: u64) -> Result<(), Failure> {
    let Some(until) = until.filter(|until| *until <= now) else { return Ok(()) };
    let what = format!("the consent for this offer ended at {}", moment::shown(until));
    Err(Failure::new(Exit::Policy, &what).hint(
        "nothing was accepted; `desk decline` it, and whoever offered it can ask for a new consent and offer it anew",
    ))
}
