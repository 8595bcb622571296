//! How things stand with a tip, from what members have written on it.

use super::party::{Party, Who};
use super::{Act, Code, Override, Scope, Standing};
use crate::crypto::event::{EventHash, Kind, Shared};
use crate::crypto::keyring::Version;
use crate::desk::case::{Case, Crossing, Request};
use crate::desk::follow_ups::is_code_lost;
use crate::desk::pointers;

/// Every act that a wish can stand against, as it is written in an event.
const ACTS: [(Act, &str); 10] = [
    (Act::Reply, "reply"),
    (Act::Contact, "contact"),
    (Act::LeaveMessage, "leave-message"),
    (Act::Refer(Scope::Facts), "refer-facts"),
    (Act::Refer(Scope::All), "refer-all"),
    (Act::Export(Scope::Facts), "export-facts"),
    (Act::Export(Scope::All), "export-all"),
    (Act::Deconflict, "deconflict"),
    (Act::MandatedReport, "mandated-report"),
    (Act::Delete, "delete"),
];

impl Act {
    /// As it is written in an event; none for what no wish stands against.
    pub fn word(self) -> Option<&'static str> {
        ACTS.iter().find(|(act, _)| *act == self).map(|(_, word)| *word)
    }

    fn of_word(word: &str) -> Option<Self> {
        ACTS.iter().find(|(_, known)| *known == word).map(|(act, _)| *act)
    }
}

impl Standing {
    /// For one who is at the keyboard, at this time in seconds since 1970.
    pub fn of(case: &Case, version: &Version, me: Who, now: u64) -> Self {
        let overrides = case.overrides.iter().filter(|request| request.is_open() && !is_spent(case, version, request));
        Self {
            is_held: case.is_held(),
            is_waiting: false, // `follow_ups` says so
            is_consent_over: case.consent_of(me.agency).is_some_and(|until| until <= now),
            code: if is_code_lost(case) { Code::Lost } else { Code::Theirs },
            overrides: overrides.flat_map(|request| words(request, version)).collect(),
            me,
        }
    }
}

/// Everyone's word for it: its author's and those of who signed beside them. Who is a member no longer has none.
fn words(request: &Request<Crossing>, version: &Version) -> Vec<Override> {
    let Some(act) = Act::of_word(&request.what.verb) else { return Vec::new() };
    let stamps = std::iter::once(&request.stamp).chain(&request.countersigned);
    let by = stamps.filter_map(|stamp| Who::member(version, &stamp.by.member));
    by.map(|by| Override { by, act, target: request.what.to.clone(), reason: request.what.reason.clone() }).collect()
}

/// Whether what it was for was done after it: a wish is crossed once.
pub fn is_spent(case: &Case, version: &Version, request: &Request<Crossing>) -> bool {
    let after = |event: &EventHash| case.events.iter().position(|named| named.hash == *event);
    let start = after(&request.stamp.event).unwrap_or(0);
    let is_done = |what: &Kind| match what {
        Kind::Refer { to, share, .. } => {
            let scope = if *share == Shared::All { Scope::All } else { Scope::Facts };
            let name = Party::agency(version, *to).map(|party| party.name);
            Act::Refer(scope).word() == Some(request.what.verb.as_str()) && name == request.what.to
        }
        Kind::Reply { .. } => Act::Reply.word() == Some(request.what.verb.as_str()),
        Kind::Disclose { to, form, .. } => {
            let is_export =
                request.what.verb.starts_with("export") || Act::MandatedReport.word() == Some(&request.what.verb);
            let is_of_it = if is_export {
                form.starts_with("export")
            } else {
                // Two agencies compare what they hold, or a sheet goes to a system that does.
                Act::Deconflict.word() == Some(&request.what.verb)
                    && [pointers::FORM, "export, deconflict"].contains(&form.as_str())
            };
            is_of_it && Some(to) == request.what.to.as_ref()
        }
        _ => false,
    };
    case.events[start..].iter().any(|named| !case.void.contains_key(&named.hash) && is_done(&named.event.what))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::event::{Author, Event, NamedEvent};
    use crate::crypto::keyring::{Draft, Spent, hash_of};
    use crate::crypto::letter::{Letter, Route, Share};
    use crate::desk::wishes::{Target, Verdict, check};
    use crate::model::agency::{AgencyKind, AgencyNumber};
    use crate::model::hex::Hex;
    use crate::model::tip::TipId;
    use serde_json::json;

    /// The help line (0) with Maria and Tom, child welfare (1) with Grace, and the police (2), in a site of few words.
    fn version() -> Version {
        let (hash, signature) = ("5a".repeat(32), "c3".repeat(64));
        let agency = |number: u16, kind: &str| json!({ "number": number, "kind": kind, "status": "open", "epoch": 0, "one_member": false, "share_holders": [] });
        let member = |id: &str, agency: u16| json!({ "id": id, "person": id, "agency": agency, "roles": ["reader"], "key": hash, "recipient": "x", "proof": signature });
        let draft = json!({
            "public": {
                "format": 1, "site": "11".repeat(16), "version": 3, "previous": hash, "issued": "2026-11-01",
                "expires": "2027-02-01", "agencies": [agency(0, "help_line"), agency(1, "child_welfare"), agency(2, "police")],
                "admins": [], "threshold": 2, "recovery": { "admins": [], "threshold": 2, "delay_days": 30 },
                "languages": {}, "pages": {}, "staff": hash,
            },
            "staff": {
                "salt": "22".repeat(16), "members": [member("maria", 0), member("tom", 0), member("grace", 1)],
                "agency_keys": [], "priority": [], "clocks": [], "retention": {},
            },
            "words": {},
        });
        let Draft { public, staff, words } = serde_json::from_value(draft).unwrap();
        Version { hash: hash_of("x"), public, staff, words, spent: Spent::default() }
    }

    fn case(events: &[(&str, Kind)]) -> Case {
        let named = (1_u8..).zip(events).map(|(number, (person, what))| {
            let agency = AgencyNumber(u16::from(*person == "grace"));
            let heads = if number == 1 { Vec::new() } else { vec![Hex([number - 1; 32])] };
            let author = Author { member: (*person).into(), person: (*person).into(), agency };
            let (tip, what) = (TipId([7; 32]), what.clone());
            let event = Event { format: 1, tip, author, at: 1, keyring: 0, heads, previous: None, log: None, what };
            NamedEvent { hash: Hex([number; 32]), event }
        });
        Case::fold(TipId([7; 32]), named)
    }

    fn asks() -> Kind {
        let to = Party::agency(&version(), AgencyNumber(2)).map(|party| party.name);
        Kind::Override { wish: "share".into(), verb: "refer-facts".into(), to, reason: "a life".into() }
    }

    fn refers(share: Shared) -> Kind {
        let (purpose, reason) = ("look".into(), "a life".into());
        let (new_tip, deadline, contact, consent_until, consent_by) = (None, None, None, None, None);
        Kind::Refer {
            to: AgencyNumber(2),
            share,
            purpose,
            reason,
            new_tip,
            deadline,
            contact,
            consent_until,
            consent_by,
            withheld: false,
        }
    }

    /// Whether Maria may pass the facts on to the police although the source said no, after these events.
    fn goes(events: &[(&str, Kind)]) -> bool {
        let version = version();
        let mut letter = Letter::new(TipId([7; 32]), String::new(), "en".into(), Route::Full, vec![AgencyNumber(0)]);
        letter.answers.share = Some(Share::Nothing);
        let standing = Standing::of(&case(events), &version, Who::member(&version, "maria").unwrap(), 1);
        let police = Party::agency(&version, AgencyNumber(2)).unwrap();
        assert_eq!(police.kind, AgencyKind::Police);
        check(Act::Refer(Scope::Facts), &letter, &standing, Target::Party(&police)) == Verdict::Allowed
    }

    #[test]
    fn two_agencies_words_in_events_cross_a_wish_once_and_fewer_do_not() {
        let signed = Kind::Countersign { event: Hex([1; 32]) };
        let object = Kind::Object { event: Hex([1; 32]), reason: "no".into() };
        let withdraw = Kind::Withdraw { event: Hex([1; 32]), reason: None };
        assert!(goes(&[("maria", asks()), ("grace", signed.clone())]));
        assert!(goes(&[("maria", asks()), ("grace", asks())]));
        assert!(goes(&[("maria", asks()), ("grace", signed.clone()), ("maria", refers(Shared::All))]));
        for (what, events) in [
            ("nobody", vec![]),
            ("one alone", vec![("maria", asks())]),
            ("two of one agency", vec![("maria", asks()), ("tom", signed.clone())]),
            ("one twice", vec![("maria", asks()), ("maria", signed.clone())]),
            ("objected to", vec![("maria", asks()), ("grace", signed.clone()), ("tom", object)]),
            ("taken back", vec![("maria", asks()), ("grace", signed.clone()), ("maria", withdraw)]),
            ("done already", vec![("maria", asks()), ("grace", signed), ("maria", refers(Shared::Facts))]),
        ] {
            assert!(!goes(&events), "{what}");
        }
    }

    #[test]
    fn what_was_given_away_spends_the_word_for_just_that() {
        let disclosed = |form: &str, to: &str| Kind::Disclose {
            to: to.into(),
            what: "facts".into(),
            why: "the law".into(),
            form: form.into(),
        };
        let spent = |verb: &str, done: Kind| {
            let (wish, to) = ("share".into(), Some("police".to_owned()));
            let asked = Kind::Override { wish, verb: verb.into(), to, reason: "a life".into() };
            let case = case(&[("maria", asked), ("maria", done)]);
            is_spent(&case, &version(), &case.overrides[0])
        };
        for (verb, form) in [
            ("export-all", "export, json"),
            ("mandated-report", "export, dcf136"),
            ("deconflict", pointers::FORM),
            ("deconflict", "export, deconflict"),
        ] {
            assert!(spent(verb, disclosed(form, "police")), "{verb}");
            assert!(!spent(verb, disclosed(form, "NCMEC")), "{verb}: somebody else");
        }
        assert!(!spent("deconflict", disclosed("export, json", "police")));
        assert!(!spent("mandated-report", disclosed(pointers::FORM, "police")));
    }

    #[test]
    fn every_act_that_a_wish_can_stop_has_a_word_and_reads_back() {
        for (act, word) in ACTS {
            assert_eq!((act.word(), Act::of_word(word)), (Some(word), Some(act)));
        }
        assert_eq!((Act::Look.word(), Act::of_word("x")), (None, None));
    }
}
