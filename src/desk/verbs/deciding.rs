//! What one member cannot do alone, and what they can take back: `desk redact`, `countersign`, `object`, `withdraw`,
//! `delete`.

use super::refer::state_of;
use super::session::Session;
use super::working::one;
use crate::crypto::event::{EventHash, Kind, Span};
use crate::crypto::letter::Letter;
use crate::crypto::statement::{DeletionAsked, DeletionObjected, DeletionSeconded, Statement as _};
use crate::desk::cache::KnownTip;
use crate::desk::case::{Case, Referral, ReferralState, Request};
use crate::desk::cli::{CountersignArgs, DeleteArgs, ObjectArgs, RedactArgs, WithdrawArgs};
use crate::desk::client::ClientError;
use crate::desk::context::{Context, block_on};
use crate::desk::failure::{Exit, Failure};
use crate::desk::fields;
use crate::desk::notices::today;
use crate::desk::output::{Line, Style};
use crate::desk::random;
use crate::desk::wishes::Act;
use crate::model::hex::{Hex, Sha256Hash};
use crate::wire::{DeletionAct, DeletionPost, DeletionRecord};

/// Characters of an event's name that are typed at least.
const MIN_EVENT: usize = 4;

/// `desk redact`.
pub fn redact(args: RedactArgs, context: &mut Context) -> Result<(), Failure> {
    one(&args.id, context, "what you marked goes to no other agency from now on", |_, tip| {
        let mut spans = Vec::new();
        for words in &args.words {
            let found = places(&tip.letter, words);
            if found.is_empty() {
                let what = format!("{words:?} stands nowhere in this tip");
                return Err(Failure::new(Exit::NotFound, &what).hint("`desk show` has the words as they are"));
            }
            spans.extend(found);
        }
        Ok(Kind::Redact { fields: args.field, spans, reason: args.reason })
    })
}

/// Every place where words stand in the source's text, by characters. Capitals do not matter.
fn places(letter: &Letter, words: &str) -> Vec<Span> {
    let small = |text: &str| -> Vec<char> { text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect() };
    let wanted = small(words.trim());
    let mut found = Vec::new();
    for field in fields::FREE {
        for text in fields::values(letter, field).into_iter().flatten() {
            let text = small(text);
            let is_there = |at: &usize| !wanted.is_empty() && text[*at..].starts_with(&wanted);
            found.extend((0..text.len()).filter(is_there).filter_map(|at| {
                let (start, end) = (u32::try_from(at).ok()?, u32::try_from(at + wanted.len()).ok()?);
                Some(Span { field: field.to_owned(), start, end })
            }));
        }
    }
    found
}

/// `desk withdraw`.
pub fn withdraw(args: WithdrawArgs, context: &mut Context) -> Result<(), Failure> {
    one(&args.id, context, "taken back", |session, tip| {
        let case = session.case(tip.letter.id);
        let event = event(&case, &args.event)?;
        let is_mine = case.event(&event).is_some_and(|named| named.event.author.person == session.me.person);
        let can_be = |kind: &Kind| {
            use Kind::{Delete, Object, Override, Redact, Refer};
            matches!(kind, Refer { .. } | Override { .. } | Redact { .. } | Object { .. } | Delete { .. })
        };
        if !is_mine {
            return Err(Failure::new(Exit::Policy, "only who wrote it can take it back")
                .hint("`desk object` stands against an override or a deletion; a note answers anything else"));
        }
        if !case.event(&event).is_some_and(|named| can_be(&named.event.what)) {
            return Err(Failure::new(Exit::Usage, "this event is none that can be taken back").hint(
                "offers, overrides, redactions, objections and requests to delete can be; a note is answered with a note",
            ));
        }
        if let Some(offer) = case.referrals.iter().find(|offer| offer.stamp.event == event) {
            withdraw_offer(session, tip, offer, args.reason.clone())?;
        }
        Ok(Kind::Withdraw { event, reason: args.reason })
    })
}

/// Refuses where the offer was answered. What was offered as a new tip is taken back there, too, where those look who got it.
fn withdraw_offer(
    session: &mut Session<'_>,
    tip: &KnownTip,
    offer: &Referral,
    reason: Option<String>,
) -> Result<(), Failure> {
    let state = state_of(session, offer);
    if !matches!(state, ReferralState::Offered | ReferralState::Withdrawn { .. }) {
        return Err(Failure::new(Exit::Conflict, &format!("the offer is {} already", state.as_str()))
            .hint("who accepted a tip can give it back (`desk return`): speak with them"));
    }
    if offer.new_tip.is_none() {
        let text = "a whole tip that was offered stays open to the agency that it was offered to: speak with them, and write nothing on it that they must not read";
        session.context.output.note(&Line::new().with(Style::Bold, "note: ").with(Style::Plain, text));
    }
    let Some(copy) = offer.new_tip.filter(|copy| *copy != tip.letter.id) else { return Ok(()) };
    let is_it = |there: &Referral| {
        there.new_tip == Some(copy)
            && there.stamp.by.person == session.me.person
            && matches!(there.state, ReferralState::Offered)
    };
    let Some(there) = session.case(copy).referrals.into_iter().find(is_it) else { return Ok(()) };
    let copy = session.tip(&copy.to_string())?;
    session.write(&copy, Kind::Withdraw { event: there.stamp.event, reason }).map(drop)
}

/// `desk countersign`.
pub fn countersign(args: &CountersignArgs, context: &mut Context) -> Result<(), Failure> {
    let mut session = Session::open(context)?;
    session.must_be_online()?;
    let tip = session.tip(&args.id)?;
    let case = session.case(tip.letter.id);
    let event = event(&case, &args.event)?;
    if let Some(request) = case.deletions.iter().find(|request| request.stamp.event == event) {
        can_second(&session, &case, request)?;
        let question = "Everything of it will be gone, for every agency, in 14 days.";
        session.confirm_tip(&tip, question, args.confirm.as_deref())?;
        second(&mut session, &tip, &case, request)?;
        return session.end();
    }
    let Some(request) = case.overrides.iter().find(|request| request.stamp.event == event) else {
        return Err(Failure::new(Exit::Usage, "this event is neither an override nor a request to delete")
            .hint("`desk show` names those that wait for a second word"));
    };
    if request.stamp.by.person == session.me.person || request.stamp.by.agency == session.me.agency {
        return Err(Failure::new(Exit::Policy, "someone of another agency than its author's has to sign it")
            .hint("ask a reader of the other agency to give this command at their desk"));
    }
    if !request.is_open() {
        return Err(Failure::new(Exit::Conflict, "it was objected to, or taken back")
            .hint("`desk show` says by whom; it can be asked for anew"));
    }
    let question = format!("{} may then go against what the source asked for.", request.stamp.by.person);
    session.confirm_tip(&tip, &question, args.confirm.as_deref())?;
    session.write(&tip, Kind::Countersign { event })?;
    let short = session.short(tip.letter.id);
    session.say(&format!("{short}: signed; {} can go on", request.stamp.by.person))?;
    session.end()
}

/// `desk delete`: asks for it, or says so too.
pub fn delete(args: DeleteArgs, context: &mut Context) -> Result<(), Failure> {
    let mut session = Session::open(context)?;
    session.must_be_online()?;
    let tip = session.tip(&args.id)?;
    let short = session.short(tip.letter.id);
    session.may(Act::Delete, &tip, None, None)?;
    let case = session.case(tip.letter.id);
    let open = case.deletions.iter().find(|request| request.is_open());
    match open {
        Some(request) if request.stamp.by.person == session.me.person => {
            return Err(Failure::new(Exit::Conflict, "you have asked for it already").hint(
                "someone else of its readers has to say so, too: `desk delete` at their desk; \
                 `desk withdraw` takes it back",
            ));
        }
        Some(request) if !request.countersigned.is_empty() => {
            return Err(Failure::new(
                Exit::Conflict,
                "two have agreed already: it goes when every desk has had 14 days",
            ));
        }
        _ => {}
    }
    let question =
        format!("Everything of {short} will be gone, for every agency, 14 days after a second member agrees.");
    session.confirm_tip(&tip, &question, args.confirm.as_deref())?;
    if let Some(request) = open {
        second(&mut session, &tip, &case, request)?;
        return session.end();
    }
    let (nonce, day) = (Hex(random::bytes()), today(session.now));
    let site = session.profile.site()?.genesis;
    let asked = DeletionAsked { site, tip: tip.letter.id, member: session.me.id.clone(), nonce, day };
    let act = DeletionAct::Ask { nonce, day, signature: asked.sign(&session.identity.signing) };
    post(&session, &tip, act)?;
    session.write(&tip, Kind::Delete { reason: args.reason })?;
    session.say(&format!("{short}: asked for; it counts when a second member says so, too"))?;
    session.end()
}

/// Fails where this member's word for a deletion would count for nothing.
fn can_second(session: &Session<'_>, case: &Case, request: &Request<String>) -> Result<(), Failure> {
    let by = &request.stamp.by;
    if by.person == session.me.person {
        return Err(Failure::new(Exit::Policy, "you have asked for it: someone else has to agree")
            .hint("`desk delete` at another reader's desk; `desk withdraw` takes it back"));
    }
    let agencies: std::collections::BTreeSet<_> = case.events.iter().map(|named| named.event.author.agency).collect();
    if by.agency == session.me.agency && agencies.iter().any(|agency| *agency != by.agency) {
        return Err(Failure::new(Exit::Policy, "two agencies work on this tip: someone of another one has to agree")
            .hint("ask a reader of the other agency to give this command at their desk"));
    }
    if !request.is_open() {
        return Err(Failure::new(Exit::Conflict, "it was objected to, or taken back")
            .hint("`desk show` says by whom; it can be asked for anew"));
    }
    Ok(())
}

/// The second word for a deletion.
fn second(session: &mut Session<'_>, tip: &KnownTip, case: &Case, request: &Request<String>) -> Result<(), Failure> {
    can_second(session, case, request)?;
    session.may(Act::Delete, tip, None, None)?;
    let by = &request.stamp.by;
    let record = request_of(session, tip, Some(&by.member))?;
    let (request_hash, day) = (record.asked.hash(), today(session.now));
    let said = DeletionSeconded { request: request_hash, member: session.me.id.clone(), day };
    let signature = said.sign(&session.identity.signing);
    post(session, tip, DeletionAct::Second { request: request_hash, day, signature })?;
    session.write(tip, Kind::Countersign { event: request.stamp.event })?;
    let short = session.short(tip.letter.id);
    session.say(&format!(
        "{short}: two have agreed; every desk is told, and it goes in 14 days at the earliest unless someone objects"
    ))
}

/// `desk object`.
pub fn object(args: ObjectArgs, context: &mut Context) -> Result<(), Failure> {
    let mut session = Session::open(context)?;
    session.must_be_online()?;
    let tip = session.tip(&args.id)?;
    let case = session.case(tip.letter.id);
    let meant = match &args.event {
        Some(typed) => Some(event(&case, typed)?),
        None => case.deletions.iter().find(|request| request.is_open()).map(|request| request.stamp.event),
    };
    if let Some(request) = case.overrides.iter().find(|request| Some(request.stamp.event) == meant) {
        session.write(&tip, Kind::Object { event: request.stamp.event, reason: args.reason })?;
    } else {
        // The server may know of a request whose event was not written, or is held back.
        let deletion = case.deletions.iter().find(|request| Some(request.stamp.event) == meant);
        let asker = deletion.map(|request| request.stamp.by.member.as_str());
        let record = request_of(&session, &tip, asker)?;
        let (request, day) = (record.asked.hash(), today(session.now));
        let said = DeletionObjected { request, member: session.me.id.clone(), day };
        let signature = said.sign(&session.identity.signing);
        post(&session, &tip, DeletionAct::Object { request, day, signature })?;
        let kind = match deletion {
            Some(deletion) => Kind::Object { event: deletion.stamp.event, reason: args.reason },
            None => Kind::Note { text: format!("objected to its deletion: {}", args.reason) },
        };
        session.write(&tip, kind)?;
    }
    let short = session.short(tip.letter.id);
    session.say(&format!("{short}: objected; it counts for nothing now"))?;
    session.end()
}

/// The open request that the server has about a tip, as it was truly signed by its author: of this member where it is known
/// who asked.
fn request_of(session: &Session<'_>, tip: &KnownTip, asker: Option<&str>) -> Result<DeletionRecord, Failure> {
    let site = session.profile.site()?.genesis;
    let key_of = |id: &str| session.version.staff.members.iter().find(|member| member.id == id).map(|found| found.key);
    let token = token(tip)?;
    let client = &session.client;
    let all = block_on(async { Ok(client.deletions(tip.letter.id, token).await?) })?;
    let is_true = |record: &&DeletionRecord| {
        let DeletionAsked { site: of, tip: about, member, .. } = &record.asked;
        *of == site
            && *about == tip.letter.id
            && asker.is_none_or(|asker| asker == member)
            && key_of(member).is_some_and(|key| record.asked.is_by(&key, &record.signature))
    };
    let open = all.requests.iter().filter(|record| !record.objected).find(is_true);
    open.cloned().ok_or_else(|| {
        Failure::new(Exit::NotFound, "the server has no open request to delete this tip that its author has signed")
            .hint("there may never have been one, or it is older than 30 days, was objected to or taken back: then nothing is deleted")
    })
}

fn post(session: &Session<'_>, tip: &KnownTip, act: DeletionAct) -> Result<(), Failure> {
    let (client, token) = (&session.client, token(tip)?);
    let sent = block_on(async { Ok(client.deletion(tip.letter.id, &DeletionPost { token, act }).await) })?;
    sent.map(drop).map_err(|error| match error {
        ClientError::Gone => Failure::new(Exit::NotFound, "it is gone already"),
        ClientError::Conflict => Failure::new(
            Exit::Conflict,
            "the server takes no such word now: someone objected, it is older than 30 days, or there are too many requests",
        ),
        ClientError::Refused => Failure::new(Exit::Other, "the server's clock and this machine's are days apart")
            .hint("`desk doctor` compares them"),
        error => error.into(),
    })
}

fn token(tip: &KnownTip) -> Result<Hex<32>, Failure> {
    let key = tip.thread_key().ok_or_else(|| Failure::new(Exit::NoKey, "the key of this tip is gone"))?;
    Ok(Hex(key.custody_token().0))
}

/// The event that someone means by the beginning of its name.
pub(super) fn event(case: &Case, typed: &str) -> Result<EventHash, Failure> {
    let typed = typed.trim().to_lowercase();
    let hint = "`desk show` names each event before its author";
    if typed.len() < MIN_EVENT {
        return Err(Failure::new(Exit::Usage, &format!("{typed:?} is too short for an event")).hint(hint));
    }
    let hashes = case.events.iter().map(|named| named.hash);
    let found: Vec<Sha256Hash> = hashes.filter(|hash| hash.to_string().starts_with(&typed)).collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(Failure::new(Exit::NotFound, &format!("no event on this tip begins with {typed:?}")).hint(hint)),
        _ => Err(Failure::new(Exit::Usage, &format!("{typed:?} fits {} events", found.len())).hint("type more of it")),
    }
}
