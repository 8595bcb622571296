//! What the source asked for, in front of every verb: the one place that says whether a verb may go on.
//!
//! Every verb that lets a tip out of its agency's hands calls [`check`] with what it is about to do, and ends with exit code
//! 8 (`Failure::from(Stop)`) when it says [`Verdict::Stop`]. So a new export is three lines:
//! `let target = Party::outside("NCMEC", AgencyKind::Other);`
//! `wishes::check(Act::Export(Scope::All), &letter, &standing, Target::Party(&target)).allowed()?;`
//! and then what is written. A file for the agency's own use has the target [`Target::Own`]. What only looks (`show`,
//! `search`, counts) or keeps an agency's own record (`note`, `claim`) need not ask, and is allowed when it does.
//!
//! Pure: no time, no files, no network.

use super::failure::{Exit, Failure};
use crate::crypto::letter::{ContactMode, Letter, Share, YesNo};
use crate::model::agency::AgencyKind;

pub mod excluded;
mod party;
mod standing;

pub use party::{Party, Who};
pub use standing::is_spent;

/// What a verb is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Show, list, search, count: nothing leaves the reader's screen.
    Look,
    /// Claim, note, label, status, link, hold, recuse, redact: the readers' own record, sealed to them.
    Record,
    /// Write into the mailbox that the receipt code opens.
    Reply,
    /// Call, visit or write in the way that the source named.
    Contact,
    /// Leave word with whoever picks up.
    LeaveMessage,
    /// Hand to another agency.
    Refer(Scope),
    /// Write a file. Its scope is what the form of the file can hold.
    Export(Scope),
    /// Enter phones, plates and names into a system that other agencies search.
    Deconflict,
    /// Report what a statute makes these readers report: the few fields it needs, whatever was asked about sharing.
    MandatedReport,
    /// Have the tip deleted.
    Delete,
}

/// How much of the tip goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Places, people who do it, times, what can be checked. No contact, no story, nothing of the person harmed.
    Facts,
    /// Everything.
    All,
}

/// Where it goes.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// Nowhere: to the reader's own agency, which has it already.
    Own,
    /// To somebody else.
    Party(&'a Party),
}

/// How things stand with the tip, beside what the letter says.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Who is at the keyboard.
    pub me: Who,
    /// Whether a legal hold keeps it.
    pub is_held: bool,
    /// Whether the source has since asked for less, and no member has decided yet.
    pub is_waiting: bool,
    /// Whether the reader's agency was given it under a consent that has ended.
    pub is_consent_over: bool,
    /// In whose hands the code is, by which the source reads what is written back.
    pub code: Code,
    /// What members have said about going against a wish.
    pub overrides: Vec<Override>,
}

/// In whose hands a receipt code is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Code {
    /// In the source's, as far as anybody knows.
    #[default]
    Theirs,
    /// In others', as two members say.
    Lost,
}

/// One member's word, kept as a case event, that a wish must be crossed this once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Who says so.
    pub by: Who,
    /// For what.
    pub act: Act,
    /// To whom; none for the own agency or nobody.
    pub target: Option<String>,
    /// Why.
    pub reason: String,
}

/// Whether a verb may go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Allowed,
    /// It may not.
    Stop(Stop),
}

/// Why a verb may not go on. Says nothing to a reader of themselves: whoever the source named must not learn it here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// `share` is "none".
    #[error("the source asked that nothing is passed on before they were asked")]
    ShareNothing,
    /// `share` was not answered, or with a word that nobody knows: as if it were "none".
    #[error("the source did not say what may be passed on: ask them first")]
    ShareUnanswered,
    /// `share` is "facts", and this is more.
    #[error("the source lets the facts be passed on, and not a word about themselves")]
    FactsOnly,
    /// What must not see it fits whom it would go to.
    #[error("the source named who must not see this, and {0} fits that")]
    Excluded(String),
    /// It may fit whom it would go to: nobody says what they do.
    #[error("the source named who must not see this, and nothing says whether {0} is of that kind")]
    KindUnsaid(String),
    /// It fits the person at the keyboard, or cannot be told apart from them.
    #[error("the source named people who must not see this: a colleague of another agency has to do it")]
    Unsettled,
    /// The source does not want to be contacted, or did not say.
    #[error("the source does not want to be contacted")]
    NoContact,
    /// Whoever has found the code reads it.
    #[error("two members say that the code is in other hands: whoever has it reads what you write")]
    CodeLost,
    /// Only the mailbox is safe.
    #[error("the source can be reached by their code only")]
    CodeOnly,
    /// No message may be left.
    #[error("the source asked that no message is left")]
    NoMessage,
    /// The source has since asked for less, and nobody has decided yet.
    #[error("the source has asked for less since then, and no member has decided about it")]
    Waiting,
    /// The consent under which it was passed on has ended.
    #[error("the consent under which your agency was given this has ended")]
    ConsentOver,
    /// A hold keeps it.
    #[error("a legal hold keeps this tip")]
    Held,
    /// No law makes anyone report it.
    #[error("the source says that nobody is under 18, so that no law makes you report it")]
    NotMandated,
}

impl Stop {
    /// Whether two people of two agencies may go on all the same. Where no wish is crossed there is nothing to override.
    pub const fn can_be_overridden(&self) -> bool {
        !matches!(self, Self::Held | Self::NotMandated | Self::KindUnsaid(_))
    }
}

impl Verdict {
    /// As a result, for `?`.
    pub fn allowed(self) -> Result<(), Stop> {
        match self {
            Self::Allowed => Ok(()),
            Self::Stop(stop) => Err(stop),
        }
    }
}

impl From<Stop> for Failure {
    fn from(stop: Stop) -> Self {
        let hint = match &stop {
            Stop::Held => {
                "each agency that holds it must lift its hold first: `desk hold --lift`; `desk show` says which"
            }
            Stop::NotMandated => "pass it on as the source allows, with `--share`",
            Stop::KindUnsaid(_) => {
                "nothing was done; `desk show` has what the source wrote; say what they do: `--kind police`, or which of \
                 help-line, child-welfare, prosecutor and other they are"
            }
            Stop::ConsentOver => {
                "ask whoever offered it to you for a new consent: `desk show` says whom; nothing was done"
            }
            _ => "nothing was done; two people of two agencies can decide otherwise, each with `--override REASON`",
        };
        Self::new(Exit::Policy, &stop).hint(hint)
    }
}

/// Whether `act` may go on for this letter, now, to that target. Stops first at what weighs most.
pub fn check(act: Act, letter: &Letter, standing: &Standing, target: Target<'_>) -> Verdict {
    let Some(stop) = stop(act, letter, standing, target) else { return Verdict::Allowed };
    let is_overridden = stop.can_be_overridden() && overridden(act, letter, standing, target);
    if is_overridden { Verdict::Allowed } else { Verdict::Stop(stop) }
}

fn stop(act: Act, letter: &Letter, standing: &Standing, target: Target<'_>) -> Option<Stop> {
    if matches!(act, Act::Look | Act::Record) {
        return None;
    }
    if act == Act::Delete && standing.is_held {
        return Some(Stop::Held);
    }
    if excluded::names(letter, &standing.me.person) {
        return Some(Stop::Unsettled);
    }
    if let Target::Party(party) = target
        && excluded::fits(letter, party)
    {
        return Some(Stop::Excluded(party.name.clone()));
    }
    if let Target::Party(party) = target
        && !party.is_kind_said
        && excluded::names_anyone(letter)
    {
        return Some(Stop::KindUnsaid(party.name.clone()));
    }
    if act == Act::Deconflict && excluded::fits_kind(letter, SEARCHED_BY) {
        return Some(Stop::Excluded("whoever searches such systems".to_owned()));
    }
    match act {
        Act::Look | Act::Record | Act::Delete => None,
        Act::Reply if standing.code == Code::Lost => Some(Stop::CodeLost),
        Act::Reply | Act::Contact | Act::LeaveMessage => contact(act, letter),
        Act::MandatedReport => (letter.answers.minor == Some(YesNo::No)).then_some(Stop::NotMandated),
        Act::Refer(_) | Act::Export(_) if matches!(target, Target::Own) => None,
        Act::Refer(scope) | Act::Export(scope) => share(scope, letter, standing, target),
        Act::Deconflict => share(Scope::Facts, letter, standing, target),
    }
}

fn share(scope: Scope, letter: &Letter, standing: &Standing, target: Target<'_>) -> Option<Stop> {
    if standing.is_waiting {
        return Some(Stop::Waiting);
    }
    // Whom the source picked has the tip from the source.
    if let Target::Party(Party { number: Some(number), .. }) = target
        && letter.readers.contains(number)
    {
        return None;
    }
    if standing.is_consent_over {
        return Some(Stop::ConsentOver);
    }
    match (letter.answers.share.as_ref(), scope) {
        (Some(Share::All), _) | (Some(Share::Facts), Scope::Facts) => None,
        (Some(Share::Facts), Scope::All) => Some(Stop::FactsOnly),
        (Some(Share::Nothing), _) => Some(Stop::ShareNothing),
        (Some(Share::Other(_)) | None, _) => Some(Stop::ShareUnanswered),
    }
}

fn contact(act: Act, letter: &Letter) -> Option<Stop> {
    let Some(contact) = &letter.answers.contact else { return Some(Stop::NoContact) };
    match (&contact.mode, act) {
        (ContactMode::Never | ContactMode::Other(_), _) => Some(Stop::NoContact),
        // A reply waits in the mailbox until whoever has the code looks: it reaches out to nobody.
        (_, Act::Reply) => None,
        (ContactMode::Code, _) => Some(Stop::CodeOnly),
        (ContactMode::OtherWay, Act::LeaveMessage) if contact.message_ok != Some(YesNo::Yes) => Some(Stop::NoMessage),
        (ContactMode::OtherWay, _) => None,
    }
}

/// Two persons of two agencies, each with a reason, for this very act and target. Whom the source excluded has no say.
fn overridden(act: Act, letter: &Letter, standing: &Standing, target: Target<'_>) -> bool {
    let name = match target {
        Target::Own => None,
        Target::Party(party) => Some(&party.name),
    };
    let has_say = |who: &Who| {
        let is_target = matches!(target, Target::Party(party) if party.number == Some(who.agency));
        !is_target && !excluded::names(letter, &who.person) && !excluded::fits_kind(letter, who.kind)
    };
    let said: Vec<&Who> = standing
        .overrides
        .iter()
        .filter(|said| said.act == act && said.target.as_ref() == name && !said.reason.trim().is_empty())
        .map(|said| &said.by)
        .filter(|who| has_say(who))
        .collect();
    let differs = |one: &Who, other: &Who| one.agency != other.agency && one.person != other.person;
    said.iter().any(|one| said.iter().any(|other| differs(one, other)))
}

/// Who searches the systems that phones and plates are entered into, beside whoever enters them.
const SEARCHED_BY: AgencyKind = AgencyKind::Police;

#[cfg(test)]
#[path = "wishes/tests.rs"]
mod tests;
