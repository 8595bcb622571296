use super::*;
use crate::crypto::event::{Author, Event, Kind as EventKind, NamedEvent};
use crate::crypto::letter::{Answers, Contact, ContactMode, Route, Share};
use crate::desk::cache::{Known, KnownTip, ThreadSecret};
use crate::desk::inbox::{Inbox, Rules, Viewer};
use crate::desk::wishes::{Code, Override, Who};
use crate::model::agency::{AgencyKind, AgencyNumber};
use crate::model::hex::Hex;

const TEXT: &str = "a white van with plate AB 12345, call 860-555-0101, @big_mike, big@example.org, www.example.com/ad";

fn police() -> Party {
    Party {
        number: Some(AgencyNumber(2)),
        kind: AgencyKind::Police,
        is_kind_said: true,
        name: "State police (2)".into(),
        people: vec!["dana".into()],
    }
}

/// Of child welfare, which needs no client's consent.
fn maria() -> Who {
    Who { person: "maria".into(), agency: AgencyNumber(0), kind: AgencyKind::ChildWelfare }
}

fn today() -> Day {
    "2026-11-24".parse().unwrap()
}

fn standing() -> Standing {
    Standing {
        me: maria(),
        is_held: false,
        is_waiting: false,
        is_consent_over: false,
        code: Code::Theirs,
        overrides: Vec::new(),
    }
}

/// A tip of this number whose source says all that and lets this be shared.
fn tip(number: u8, share: Option<Share>, change: impl FnOnce(&mut Answers)) -> KnownTip {
    let id = TipId([number; 32]);
    let mut letter = Letter::new(id, "2026-11-24T01:45Z".into(), "en".into(), Route::Full, vec![AgencyNumber(0)]);
    letter.answers = Answers { suspects: Some(TEXT.into()), share, ..Answers::default() };
    change(&mut letter.answers);
    KnownTip::new(number.into(), "2026-11-24".parse().unwrap(), ThreadSecret::new("x"), letter)
}

fn inbox(tips: Vec<KnownTip>) -> Inbox {
    let viewer = Viewer { agency: AgencyNumber(0), person: "maria".into(), now: 1_795_485_599 };
    Inbox::new(Known { tips, ..Known::default() }, viewer, &Rules::default())
}

fn taking(inbox: &Inbox, standing: &Standing) -> Taking {
    Taking::of(inbox.tips.iter().map(|entry| (entry, &*entry.tip.letter, standing.clone())), &police(), today())
}

fn of(tip: KnownTip) -> Taking {
    taking(&inbox(vec![tip]), &standing())
}

#[test]
fn phones_plates_user_names_and_addresses_take_part_as_they_are_compared() {
    let found = of(tip(1, Some(Share::Facts), |_| ()));
    assert_eq!(
        found.values(),
        ["phone 8605550101", "plate AB12345", "email big@example.org", "handle big_mike"],
        "and no web address"
    );
    assert_eq!((found.tips, found.stopped, found.too_many), (1, 0, 0));
    assert_eq!((found.held[1].written.as_str(), found.held[1].tips.as_slice()), ("AB 12345", &[TipId([1; 32])][..]));
}

#[test]
fn what_its_source_keeps_back_takes_no_part() {
    for (what, tip) in [
        ("none", tip(1, Some(Share::Nothing), |_| ())),
        ("not answered", tip(1, None, |_| ())),
        ("an unknown word", tip(1, Some(Share::Other("most".into())), |_| ())),
        ("the police", tip(1, Some(Share::All), |answers| answers.exclude_text = Some("no cops".into()))),
        ("one of them", tip(1, Some(Share::All), |answers| answers.exclude_text = Some("Dana".into()))),
        ("who compares", tip(1, Some(Share::All), |answers| answers.exclude_text = Some("Maria".into()))),
    ] {
        let found = of(tip);
        assert_eq!((found.values(), found.tips, found.stopped), (vec![], 0, 1), "{what}");
    }
    let waits = Standing { is_waiting: true, ..standing() };
    let found = taking(&inbox(vec![tip(1, Some(Share::All), |_| ())]), &waits);
    assert_eq!((found.tips, found.stopped), (0, 1), "less was asked for since");
}

#[test]
fn no_two_members_can_cross_a_wish_for_this() {
    let said = |person: &str, agency, kind| Override {
        by: Who { person: person.into(), agency: AgencyNumber(agency), kind },
        act: Act::Refer(Scope::Facts),
        target: Some("State police (2)".into()),
        reason: "a life".into(),
    };
    let overrides = vec![said("maria", 0, AgencyKind::HelpLine), said("grace", 1, AgencyKind::ChildWelfare)];
    let crossed = Standing { overrides, ..standing() };
    let letter = tip(1, Some(Share::Nothing), |_| ()).letter;
    let facts = check(Act::Refer(Scope::Facts), &letter, &crossed, Target::Party(&police()));
    assert_eq!(facts, Verdict::Allowed, "the facts could be referred");
    let case = Case::empty(letter.id);
    assert_eq!(
        takes_part(&letter, &case, (&letter, &crossed), (&police(), today())),
        Err(Out::Stopped(Stop::ShareNothing))
    );
}

#[test]
fn of_a_source_that_lets_facts_go_nothing_of_its_story_takes_part_and_never_how_to_reach_it() {
    let contact = |answers: &mut Answers| {
        answers.story = Some("my number is 203-555-0199".into());
        answers.suspects = None;
        let mode = ContactMode::OtherWay;
        let how = Some("text 475-555-0123".into());
        answers.contact = Some(Contact { mode, how, when: None, ask_for: None, message_ok: None, cover_story: None });
    };
    assert_eq!(of(tip(1, Some(Share::Facts), contact)).values(), Vec::<String>::new());
    assert_eq!(of(tip(1, Some(Share::All), contact)).values(), ["phone 2035550199"]);
}

fn case(what: Vec<EventKind>) -> Case {
    let author = Author { member: "mia".into(), person: "maria".into(), agency: AgencyNumber(0) };
    let named = (1_u8..).zip(what).map(|(number, what)| {
        let heads = if number == 1 { Vec::new() } else { vec![Hex([number - 1; 32])] };
        let author = author.clone();
        let event =
            Event { format: 1, tip: TipId([1; 32]), author, at: 1, keyring: 0, heads, previous: None, log: None, what };
        NamedEvent { hash: Hex([number; 32]), event }
    });
    Case::fold(TipId([1; 32]), named)
}

#[test]
fn what_was_withheld_from_others_takes_no_part() {
    let mut inbox = inbox(vec![tip(1, Some(Share::Facts), |answers| answers.checkable = Some("plate CD 6789".into()))]);
    let redact = EventKind::Redact { fields: vec!["suspects".into()], spans: vec![], reason: None };
    *inbox.tips[0].case = case(vec![redact]);
    assert_eq!(taking(&inbox, &standing()).values(), ["plate CD6789"]);
}

#[test]
fn what_was_closed_as_telling_of_nothing_and_what_the_other_agency_holds_takes_no_part() {
    let letter = tip(1, Some(Share::All), |_| ()).letter;
    let closed = |reason| EventKind::Status { status: SetStatus::Closed, reason: Some(reason), text: None };
    let part = |letter: &Letter, case: &Case| takes_part(letter, case, (letter, &standing()), (&police(), today()));
    for reason in [CloseReason::Junk, CloseReason::False, CloseReason::Test, CloseReason::Unfounded] {
        assert_eq!(part(&letter, &case(vec![closed(reason)])), Err(Out::Closed), "{reason:?}");
    }
    assert_eq!(part(&letter, &case(vec![closed(CloseReason::Acted)])), Ok(Scope::All));
    let opened_again = EventKind::Status { status: SetStatus::Assessing, reason: None, text: None };
    assert_eq!(part(&letter, &case(vec![closed(CloseReason::Junk), opened_again])), Ok(Scope::All));
    let mut theirs = (*letter).clone();
    theirs.readers.push(AgencyNumber(2));
    assert_eq!(part(&theirs, &Case::empty(theirs.id)), Err(Out::Theirs));
}

/// A partner under VAWA or VOCA passes on nothing, "even hashed or encrypted", without written consent that has an end.
#[test]
fn of_a_help_line_only_what_it_has_written_consent_for_takes_part_and_only_until_that_ends() {
    let letter = tip(1, Some(Share::All), |_| ()).letter;
    let label = |label: &str| EventKind::Label { add: vec![label.to_owned()], remove: vec![] };
    let part = |kind, what: Vec<EventKind>| {
        let standing = Standing { me: Who { kind, ..maria() }, ..standing() };
        takes_part(&letter, &case(what), (&letter, &standing), (&police(), today()))
    };
    for kind in [AgencyKind::HelpLine, AgencyKind::Other] {
        assert_eq!(part(kind, vec![]), Err(Out::NoConsent));
        assert_eq!(part(kind, vec![label("compare-until:2026-11-24")]), Ok(Scope::All));
        for bad in ["compare-until:2026-11-23", "compare-until:", "compare-until:soon", "compare"] {
            assert_eq!(part(kind, vec![label(bad)]), Err(Out::NoConsent), "{bad}");
        }
        let taken_back = EventKind::Label { add: vec![], remove: vec!["compare-until:2026-11-24".to_owned()] };
        assert_eq!(part(kind, vec![label("compare-until:2026-11-24"), taken_back]), Err(Out::NoConsent));
    }
    let standing = Standing { me: Who { kind: AgencyKind::Other, agency: AgencyNumber(1), ..maria() }, ..standing() };
    let theirs = case(vec![label("compare-until:2027-01-31")]);
    let part = takes_part(&letter, &theirs, (&letter, &standing), (&police(), today()));
    assert_eq!(part, Err(Out::NoConsent), "another agency's word for its own clients");
}

#[test]
fn a_number_that_stands_in_tip_after_tip_takes_no_part_and_the_newest_come_first() {
    let many = |count: u8| inbox((1..=count).map(|number| tip(number, Some(Share::Facts), |_| ())).collect());
    assert_eq!(taking(&many(25), &standing()).values().len(), 4);
    assert_eq!(taking(&many(26), &standing()).values().len(), 0);
    let numbers = |from: u32| {
        let list: Vec<String> =
            (from..from + 600).map(|number| format!("860-{:03}-{:04}", number / 10_000, number % 10_000)).collect();
        move |answers: &mut Answers| answers.suspects = Some(list.join(" ; "))
    };
    let [old, new] =
        [(1, 2_000_000), (2, 3_000_000)].map(|(number, from)| tip(number, Some(Share::Facts), numbers(from)));
    let found = taking(&inbox(vec![old, new]), &standing());
    assert_eq!((found.held.len(), found.too_many), (VALUES, 1_200 - VALUES));
    let of_new = found.held.iter().filter(|held| held.tips == [TipId([2; 32])]).count();
    assert_eq!(of_new, 600);
}
