//! `desk deconflict`: two agencies learn which phones, plates and the like both hold, and whom to ask. Every run carries on what
//! waits for this agency and begins what is due; the other agency's next run does the same.

use super::refer::agency;
use super::session::Session;
use super::show::one;
use crate::crypto::hybrid::HybridRecipient;
use crate::crypto::keyring::{Role, Version};
use crate::desk::agency_keys::{self, AgencyKeys};
use crate::desk::cli::DeconflictArgs;
use crate::desk::client::{ClientError, Garbled};
use crate::desk::context::{Context, block_on};
use crate::desk::failure::{Exit, Failure};
use crate::desk::inbox::{Entry, Inbox};
use crate::desk::names::AgencyNames;
use crate::desk::notices::today;
use crate::desk::output::{Line, Style};
use crate::desk::pointers::{CONSENT, Memory, Out, Page, Reading, Taking, Turn, takes_part, talks, turn};
use crate::desk::wishes::{Party, Standing, Who};
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::Sha256Hash;
use exchange::Desk;

mod exchange;
mod show;

/// Another agency, and what takes part with it.
struct Partner {
    number: AgencyNumber,
    party: Party,
    recipient: HybridRecipient,
    taking: Taking,
}

/// Carries on, begins, and says what is known.
pub fn run(args: &DeconflictArgs, context: &mut Context) -> Result<(), Failure> {
    let mut session = Session::open(context)?;
    session.must_be_online()?;
    let (inbox, names) = (session.inbox()?, session.names()?);
    let with = args.with.as_deref().map(|typed| agency(&session.version, &names, typed)).transpose()?;
    let today = today(session.now);
    let partners = partners(&session, &inbox, with, today)?;
    let only = args.tip.as_deref().map(|typed| one(&inbox, typed)).transpose()?;
    if let Some(entry) = only {
        session.context.acting.mention(&[entry.tip.letter.id]);
        may(entry, &partners, &session, today)?;
    } else {
        session.context.acting.mention_all(partners.iter().map(|partner| partner.taking.tips).max().unwrap_or(0));
    }
    session.context.acting.mention_target(with.map(|number| number.to_string()), None);

    let site = session.profile.site()?.genesis;
    let keys = keys(&session)?;
    let mut memory = Memory::read(&session.profile, &session.identity.device)?;
    bring(&mut session, &mut memory, &keys, (site, today))?;
    let hidden = memory.hidden().next(); // now: what is sent from here on is listed the next time
    if args.sending.dry_run {
        let version = session.version.clone();
        let reading = Reading { site, version: &version, me: session.me.agency, keys: &keys.keys, today };
        let all = talks(&memory.said(&reading), session.me.agency);
        let turns: Vec<_> =
            partners.iter().map(|partner| turn(&all, (session.me.agency, partner.number), today)).collect();
        show::plan(&partners, &turns, args, session.context)?;
        return session.end();
    }
    let mut desk = Desk { session: &mut session, memory: &mut memory, keys: &keys, site, today };
    let mut faults = desk.go_on(&partners, args.sending.yes)?;
    let (found, states) = desk.results(&partners, &mut faults)?;
    let found: Vec<_> =
        found.into_iter().filter(|found| only.is_none_or(|entry| entry.tip.letter.id == found.tip)).collect();
    session.context.acting.mention_list(&found.iter().map(|found| found.tip).collect::<Vec<_>>());
    show::results(&found, &states, (&inbox, args), session.context)?;
    ends(hidden, &faults)?;
    session.end()
}

/// What the server or another agency has done that they cannot have done by mistake.
fn ends(hidden: Option<Day>, faults: &[String]) -> Result<(), Failure> {
    if let Some(day) = hidden {
        let what = format!("the server does not list what this desk sent to another agency on {day}");
        return Err(Failure::new(Exit::Integrity, &what)
            .hint("ask those who run the server; the exchange begins anew in a week"));
    }
    let Some(name) = faults.first() else { return Ok(()) };
    let what = format!("{name} has sent an answer that was not made as it must be");
    Err(Failure::new(Exit::Integrity, &what).hint("nothing was said to them; speak with them, and with your admins"))
}

/// The agencies that can be compared with, and what takes part with each.
fn partners(
    session: &Session<'_>,
    inbox: &Inbox,
    with: Option<AgencyNumber>,
    today: Day,
) -> Result<Vec<Partner>, Failure> {
    let version = session.version.clone();
    let own = session.me.agency;
    if with == Some(own) {
        return Err(Failure::new(Exit::Usage, "that is your own agency").hint("`desk similar` compares your own tips"));
    }
    let me = Who::member(&version, &session.me.id)
        .ok_or_else(|| Failure::new(Exit::Other, "the keyring does not name your agency"))?;
    let entries: Vec<&Entry> = inbox.tips.iter().collect();
    let wishes = session.wishes_of(&entries);
    let partner = |number: AgencyNumber, recipient: HybridRecipient| {
        let party = Party::agency(&version, number)?;
        let tips = entries.iter().zip(&wishes).map(|(entry, wishes)| {
            let standing = Standing::of(&entry.case, &version, me.clone(), session.now);
            (*entry, &wishes.letter, Standing { is_waiting: wishes.is_waiting, ..standing })
        });
        let taking = Taking::of(tips, &party, today);
        Some(Partner { number, party, recipient, taking })
    };
    let found: Vec<Partner> = others(&version, own)
        .filter(|(number, _)| with.is_none_or(|with| with == *number))
        .filter_map(|(number, recipient)| partner(number, recipient))
        .collect();
    if found.is_empty() {
        let what = match with {
            Some(number) => format!("{} has no key or no reader yet", AgencyNames::of(&version).name(number)),
            None => "there is no other agency that could compare".to_owned(),
        };
        return Err(
            Failure::new(Exit::NoKey, &what).hint("`desk export --form deconflict` prints a sheet for other systems")
        );
    }
    Ok(found)
}

/// Open agencies but our own that have a key and a reader.
fn others(version: &Version, own: AgencyNumber) -> impl Iterator<Item = (AgencyNumber, HybridRecipient)> {
    let reads = |number: AgencyNumber| {
        version.staff.members.iter().any(|member| member.agency == number && member.roles.contains(&Role::Reader))
    };
    let agencies = version.public.agencies.iter();
    agencies.filter(move |agency| agency.number != own && reads(agency.number)).filter_map(|agency| {
        let recipient = agency.recipient.as_ref()?.parse().ok()?;
        Some((agency.number, recipient))
    })
}

/// Fails where a tip may be compared with none of these agencies.
fn may(entry: &Entry, partners: &[Partner], session: &Session<'_>, today: Day) -> Result<(), Failure> {
    let wishes = session.wishes(&entry.tip);
    let me = Who::member(&session.version, &session.me.id)
        .ok_or_else(|| Failure::new(Exit::Other, "the keyring does not name your agency"))?;
    let standing =
        Standing { is_waiting: wishes.is_waiting, ..Standing::of(&entry.case, &session.version, me, session.now) };
    let mut first = None;
    for partner in partners {
        match takes_part(&entry.tip.letter, &entry.case, (&wishes.letter, &standing), (&partner.party, today)) {
            Ok(_) => return Ok(()),
            Err(out) => {
                first.get_or_insert((out, &partner.party.name));
            }
        }
    }
    let Some((out, name)) = first else { return Ok(()) };
    Err(match out {
        Out::Stopped(stop) => {
            Failure::new(Exit::Policy, &stop).hint("it is compared with nobody whom its source keeps it from")
        }
        Out::NoConsent => {
            let what =
                "your agency may be bound to pass on nothing of a client's, coded or not, without written consent";
            let hint =
                format!("where there is one, say until when it is good: `desk label ID --add {CONSENT}2027-01-31`");
            Failure::new(Exit::Policy, what).hint(&hint)
        }
        Out::Theirs => Failure::new(Exit::Conflict, &format!("{name} holds this tip, too")).hint("speak with them"),
        Out::Closed => Failure::new(Exit::Conflict, "it was closed as one that tells of nothing")
            .hint("`desk status --to assessing` opens it again"),
    })
}

fn keys(session: &Session<'_>) -> Result<AgencyKeys, Failure> {
    let identity = session.profile.identity(session.identity.roots())?; // it may have rolled just now
    let client = &session.client;
    let secrets = block_on(async { Ok(client.secrets().await?) })?;
    let keys = agency_keys::open_own(&session.version, &session.me, &identity, &secrets);
    if keys.keys.is_empty() {
        return Err(
            Failure::new(Exit::NoKey, "you have no key of your agency yet").hint("`desk keys` says how to get one")
        );
    }
    Ok(keys)
}

/// Reads what is new of the server's list, and remembers it before anything is said to anybody.
fn bring(
    session: &mut Session<'_>,
    memory: &mut Memory,
    keys: &AgencyKeys,
    (site, today): (Sha256Hash, Day),
) -> Result<(), Failure> {
    let version = session.version.clone();
    let reading = Reading { site, version: &version, me: session.me.agency, keys: &keys.keys, today };
    let (client, after) = (&session.client, memory.read);
    let passed_over = block_on(async {
        let mut stream = client.pointers_after(after).await?;
        let mut passed_over = Vec::new();
        loop {
            let batch = stream.next_batch(8).await?;
            for (place, sealed) in &batch.entries {
                if place.seq <= memory.read {
                    return Err(ClientError::from(Garbled::Order).into());
                }
                let page = Page { seq: place.seq, sealed };
                passed_over.extend(memory.take(&page, &reading).and_then(Result::err));
            }
            if let Some(end) = batch.end {
                memory.end(end)?;
                return Ok(passed_over);
            }
        }
    })?;
    memory.write(&session.profile, &session.identity.device, today)?;
    for why in passed_over {
        let text = format!("note: a message between agencies counts for nothing: {why}");
        session.context.output.note(&Line::new().with(Style::Alarm, &text));
    }
    Ok(())
}

/// Whether something is to be sent.
fn is_ours(turn: &Turn<'_>, partner: &Partner) -> bool {
    match turn {
        Turn::Begin => !partner.taking.held.is_empty(),
        Turn::Answer(_) | Turn::Finish(_) => true,
        Turn::Wait | Turn::TooSoon(_) => false,
    }
}
