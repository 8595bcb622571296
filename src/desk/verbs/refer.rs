//! `desk refer`, `accept`, `decline`, `return`: a tip goes to another agency when that says yes, and both see how it stands.

use super::contact::{REVEALS, reveals_contact};
use super::session::{Crosses, Session};
use super::working::one;
use crate::crypto::capsule::{self, Capsule};
use crate::crypto::compose::{Draft, Readership, compose};
use crate::crypto::event::{EventHash, Kind, Shared};
use crate::crypto::hybrid::HybridRecipient;
use crate::crypto::keyring::{Version, words_of};
use crate::crypto::letter::{Answers, Letter};
use crate::desk::cache::KnownTip;
use crate::desk::case::{Case, Referral, ReferralState};
use crate::desk::cli::{AcceptArgs, ReferArgs, RefuseArgs, ShareWord};
use crate::desk::context::{Context, block_on};
use crate::desk::events::rekey::holders;
use crate::desk::export::AskedFor;
use crate::desk::export::withhold::letter_for;
use crate::desk::failure::{Exit, Failure};
use crate::desk::moment;
use crate::desk::names::AgencyNames;
use crate::desk::wishes::{Act, Party, Scope};
use crate::model::agency::AgencyNumber;
use crate::model::hex::Hex;
use crate::model::tip::TipId;
use crate::wire::NewReferral;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub(super) mod consent;

const HOUR: u64 = 3_600;

/// Every agency with the key that it can be sealed to.
type Recipients = Vec<(AgencyNumber, Option<HybridRecipient>)>;

/// `desk refer`.
pub fn refer(args: &ReferArgs, context: &mut Context) -> Result<(), Failure> {
    let mut session = Session::open(context)?;
    session.must_be_online()?;
    let tip = session.tip(&args.id)?;
    let case = session.case(tip.letter.id);
    let names = session.names()?;
    let to = agency(&session.version, &names, &args.to)?;
    let short = session.short(tip.letter.id);
    let name = names.name(to);
    let recipients = recipients(&session.version);
    refuse(&case, &tip.letter, to, &session, &recipients, &name)?;
    let scope = if args.share == ShareWord::All { Scope::All } else { Scope::Facts };
    let party = Party::agency(&session.version, to);
    let reason = args.override_reason.as_deref().filter(|_| !args.dry_run);
    let crosses = reason.map(|reason| Crosses { reason, confirm: args.confirm.as_deref() });
    let is_crossed = session.may(Act::Refer(scope), &tip, party.as_ref(), crosses)?;
    let asked = session.asked_for(&tip); // whoever has it next cannot open what the source asked for later
    let letter = &asked.now;
    exclusion_stays(&asked)?;
    // Whoever has left still holds the first key, and what is marked must not go along: then a new tip goes.
    let consent = consent::given(args, letter)?;
    let is_as_sent = asks_the_same(letter, &tip.letter) && !asked.is_marked;
    let is_whole = scope == Scope::All && case.left.is_empty() && is_as_sent;
    let what = match (scope, is_whole) {
        (Scope::Facts, _) => "the facts, as a new tip",
        (Scope::All, true) => "all of it",
        (Scope::All, false) if !asked.is_marked => "all of it, as a new tip",
        (Scope::All, false) => "all of it but what is marked, as a new tip",
    };
    consent::note_none(&mut session, &consent);
    if args.dry_run {
        return session.say(&format!("{short}: would be offered to {name}: {what}; nothing was done"));
    }
    let question = format!("Offer {short} to {name}: {what}?");
    let reveals = scope == Scope::All && reveals_contact(&asked.unmarked);
    if (reveals || args.confirm.is_some()) && !is_crossed {
        session.confirm_tip(&tip, &format!("{question} {REVEALS}"), args.confirm.as_deref())?;
    } else {
        session.context.confirm(&question, args.yes || is_crossed, "--yes")?;
    }
    session.context.acting.record(tip.letter.id, Some(to.to_string()))?; // before anything is given away
    let deadline = session.now + u64::from(args.within) * HOUR;
    let contact = args.contact.clone().or_else(|| Some(session.me.person.clone()));
    let withheld = asked.is_marked;
    let offer = |new_tip| Kind::Refer {
        to,
        share: if scope == Scope::All { Shared::All } else { Shared::Facts },
        purpose: args.purpose.clone(),
        reason: args.reason.clone(),
        new_tip,
        deadline: Some(deadline),
        contact: contact.clone(),
        consent_until: consent.until,
        consent_by: consent.by.clone(),
        withheld,
    };
    if is_whole {
        seal_to(&session, &tip, to, &recipients)?;
        session.write(&tip, offer(None))?;
    } else {
        let id = put_new(&session, &asked, (scope, to), &recipients)?;
        session.refresh()?;
        let new = session.tip(&id.to_string())?;
        session.write(&new, offer(Some(id)))?;
        session.write(&tip, offer(Some(id)))?;
    }
    session.say(&format!("{short}: offered to {name}: {what}; answer asked for by {}", moment::shown(deadline)))?;
    session.end()
}

/// What makes an offer senseless, whatever the source asked for.
fn refuse(
    case: &Case,
    letter: &Letter,
    to: AgencyNumber,
    session: &Session<'_>,
    recipients: &Recipients,
    name: &str,
) -> Result<(), Failure> {
    if to == session.me.agency {
        return Err(Failure::new(Exit::Usage, "that is your own agency").hint("hand it to a colleague: `desk assign`"));
    }
    if case.left.contains(&crate::crypto::event::Excluded::Agency(to)) {
        return Err(Failure::new(Exit::Conflict, &format!("{name} has left this tip")));
    }
    let to_them = case.referrals.iter().filter(|offer| offer.to == to).map(|offer| (offer, state_of(session, offer)));
    let is_open = |state: &ReferralState| matches!(state, ReferralState::Offered | ReferralState::Accepted { .. });
    if let Some((offer, state)) = to_them.into_iter().find(|(_, state)| is_open(state)) {
        let what = format!("it is {} to {name} already, by {}", state.as_str(), offer.stamp.by.person);
        return Err(Failure::new(Exit::Conflict, &what).hint("`desk show` says how it stands"));
    }
    if holders(case, letter).contains(&to) {
        let hint = "speak with them, or write a note: they see it";
        return Err(Failure::new(Exit::Conflict, &format!("{name} has this tip from the source")).hint(hint));
    }
    if !recipients.iter().any(|(number, key)| *number == to && key.is_some()) {
        return Err(Failure::new(
            Exit::NoKey,
            &format!("{name} has no key yet, so that nothing can be sealed to them"),
        ));
    }
    Ok(())
}

/// What became of an offer. Where a new tip was made for it, that stands there.
pub(super) fn state_of(session: &Session<'_>, offer: &Referral) -> ReferralState {
    let there = offer.new_tip.and_then(|copy| {
        let is_it = |there: &Referral| {
            there.new_tip == Some(copy) && (there.to, there.stamp.by.agency) == (offer.to, offer.stamp.by.agency)
        };
        session.case(copy).referrals.into_iter().find(is_it).map(|offer| offer.state)
    });
    there.unwrap_or_else(|| offer.state.clone())
}

/// Gives the tip's own key to one more agency, among decoys for all others.
fn seal_to(session: &Session<'_>, tip: &KnownTip, to: AgencyNumber, recipients: &Recipients) -> Result<(), Failure> {
    let (Some(thread), Some(letter_sha256)) = (tip.thread_key(), tip.sealed) else {
        return Err(Failure::new(Exit::NoKey, "the key of this tip is gone from this machine")
            .hint("move `cache/segments` of the profile away: desk brings all again"));
    };
    let token = Hex(thread.custody_token().0);
    let id = tip.letter.id;
    let capsule = Capsule { id, letter_sha256, thread };
    let sealed = |(number, key): &(AgencyNumber, Option<HybridRecipient>)| match key {
        Some(key) if *number == to => capsule.seal(key),
        _ => capsule::decoy(),
    };
    let capsules = recipients.iter().map(|agency| STANDARD.encode(sealed(agency))).collect();
    let client = &session.client;
    let keyring = session.version.public.version;
    let sent = block_on(async { Ok(client.refer(id, &NewReferral { token, keyring, capsules }).await) })?;
    sent.map(drop).map_err(|error| match error {
        crate::desk::client::ClientError::Conflict => {
            Failure::new(Exit::Conflict, "this tip was passed on as often as a tip can be")
                .hint("the facts can still go, as a new tip: `--share facts`")
        }
        error => error.into(),
    })
}

/// Whether both name the same people who must not see it, and the same way to the source. What may be shared is asked before.
fn asks_the_same(one: &Letter, other: &Letter) -> bool {
    let [one, other] = [one, other].map(|letter| &letter.answers);
    (&one.exclude_text, &one.contact) == (&other.exclude_text, &other.contact)
}

/// Fails where it is marked who must not see the tip: that agency could not keep to it. USERS.md E3.
fn exclusion_stays(asked: &AskedFor) -> Result<(), Failure> {
    if asked.unmarked.answers.exclude_text == asked.now.answers.exclude_text {
        return Ok(());
    }
    let what = "what the source wrote of who must not see this is marked, and whoever has the tip next has to know it";
    Err(Failure::new(Exit::Policy, what)
        .hint("nothing was done; take the mark back (`desk show` names it, `desk withdraw ID EVENT`), or mark words in one field alone"))
}

/// Sends what may go as a new tip for both agencies.
fn put_new(
    session: &Session<'_>,
    asked: &AskedFor,
    (scope, to): (Scope, AgencyNumber),
    recipients: &Recipients,
) -> Result<TipId, Failure> {
    // Whoever has it next must know who must not see it.
    let exclude_text = asked.now.answers.exclude_text.clone();
    let (letter, _) = letter_for(scope, &asked.unmarked, asked.is_marked);
    let answers = Answers { exclude_text, ..letter.answers };
    let draft = Draft { created: letter.created, lang: letter.lang, route: letter.route, answers };
    let site = words_of(&session.profile.site()?.genesis);
    let readership = Readership { keyring: session.version.public.version, site: &site, agencies: recipients };
    let composed = compose(draft, &readership, &[session.me.agency, to]);
    let composed = composed.map_err(|error| Failure::new(Exit::Other, &error))?;
    let client = &session.client;
    block_on(async { Ok(client.put_tip(composed.id, composed.tar).await?) })?;
    Ok(composed.id)
}

fn recipients(version: &Version) -> Recipients {
    let agencies = version.public.agencies.iter();
    agencies.map(|agency| (agency.number, agency.recipient.as_ref().and_then(|key| key.parse().ok()))).collect()
}

/// The agency that someone means by its number or by words of its name.
pub(super) fn agency(version: &Version, names: &AgencyNames, typed: &str) -> Result<AgencyNumber, Failure> {
    let all: Vec<AgencyNumber> = version.public.agencies.iter().map(|agency| agency.number).collect();
    let wanted = typed.trim().to_lowercase();
    let is_meant = |number: &AgencyNumber| match wanted.parse::<u16>() {
        Ok(typed) => number.0 == typed,
        Err(_) => names.name(*number).to_lowercase().contains(&wanted),
    };
    let meant: Vec<AgencyNumber> = all.iter().copied().filter(is_meant).collect();
    if let [one] = meant.as_slice() {
        return Ok(*one);
    }
    let known: Vec<String> = all.iter().map(|number| names.name(*number)).collect();
    let what = if meant.is_empty() { "no agency" } else { "more than one agency" };
    let failure = Failure::new(Exit::NotFound, &format!("{typed:?} names {what}"));
    Err(failure.hint(&format!("there are {}", known.join(", "))))
}

/// `desk accept`.
pub fn accept(args: AcceptArgs, context: &mut Context) -> Result<(), Failure> {
    one(&args.id, context, "accepted; those who offered it see that", |session, tip| {
        let referral = offer(session, tip, &Answer::ToOffer)?;
        consent::must_last(session.case(tip.letter.id).consent_of(session.me.agency), session.now)?;
        let contact = args.contact.or_else(|| Some(session.me.person.clone()));
        Ok(Kind::Accept { referral, contact })
    })
}

/// `desk decline`.
pub fn decline(args: &RefuseArgs, context: &mut Context) -> Result<(), Failure> {
    one(&args.id, context, "declined; your agency reads nothing that comes after", |session, tip| {
        let referral = offer(session, tip, &Answer::ToOffer)?;
        leaving(session, tip, args)?;
        Ok(Kind::Decline { referral, reason: args.reason.clone() })
    })
}

/// `desk return`.
pub fn give_back(args: &RefuseArgs, context: &mut Context) -> Result<(), Failure> {
    one(&args.id, context, "given back; your agency reads nothing that comes after", |session, tip| {
        let referral = offer(session, tip, &Answer::GivenBack)?;
        leaving(session, tip, args)?;
        Ok(Kind::Return { referral, reason: args.reason.clone() })
    })
}

fn leaving(session: &mut Session<'_>, tip: &KnownTip, args: &RefuseArgs) -> Result<(), Failure> {
    let question = "Your whole agency reads nothing that comes after, and nobody can undo it.";
    session.confirm_tip(tip, question, args.confirm.as_deref())
}

/// What is done with an offer.
enum Answer {
    /// It is accepted or declined.
    ToOffer,
    /// What was accepted is given back.
    GivenBack,
}

/// The newest offer to our agency, where it can be answered so.
fn offer(session: &Session<'_>, tip: &KnownTip, answer: &Answer) -> Result<EventHash, Failure> {
    use ReferralState::{Accepted, Offered};
    let case = session.case(tip.letter.id);
    let Some(newest) = case.referrals.iter().rev().find(|referral| referral.to == session.me.agency) else {
        return Err(Failure::new(Exit::NotFound, "nothing of this tip was offered to your agency")
            .hint("`desk show` says what was offered to whom"));
    };
    let hint = match (answer, &newest.state) {
        (Answer::ToOffer, Offered) | (Answer::GivenBack, Accepted { .. }) => return Ok(newest.stamp.event),
        (Answer::ToOffer, Accepted { .. }) => "`desk return` gives it back",
        (Answer::GivenBack, Offered) => "`desk decline` refuses what nobody has accepted yet",
        _ => "whoever offered it can offer it anew",
    };
    Err(Failure::new(Exit::Conflict, &format!("it is {} already", newest.state.as_str())).hint(hint))
}
