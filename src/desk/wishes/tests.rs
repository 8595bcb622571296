use super::*;
use crate::crypto::letter::{Contact, Route};
use crate::model::agency::AgencyNumber;
use crate::model::tip::TipId;

const ACTS: [Act; 12] = [
    Act::Look,
    Act::Record,
    Act::Reply,
    Act::Contact,
    Act::LeaveMessage,
    Act::Refer(Scope::Facts),
    Act::Refer(Scope::All),
    Act::Export(Scope::Facts),
    Act::Export(Scope::All),
    Act::Deconflict,
    Act::MandatedReport,
    Act::Delete,
];

/// Sealed to the help line (0) alone, and all may be passed on.
fn letter(change: impl FnOnce(&mut Letter)) -> Letter {
    let mut letter = Letter::new(TipId([1; 32]), String::new(), "en".into(), Route::Full, vec![AgencyNumber(0)]);
    letter.answers.share = Some(Share::All);
    letter.answers.contact = Some(contact_by(ContactMode::Code));
    change(&mut letter);
    letter
}

fn contact_by(mode: ContactMode) -> Contact {
    Contact { mode, how: None, when: None, ask_for: None, message_ok: None, cover_story: None }
}

fn excluding(text: &str) -> Letter {
    letter(|letter| letter.answers.exclude_text = Some(text.into()))
}

fn who(person: &str, agency: u16, kind: AgencyKind) -> Who {
    Who { person: person.into(), agency: AgencyNumber(agency), kind }
}

fn standing() -> Standing {
    Standing {
        me: who("maria", 0, AgencyKind::HelpLine),
        is_held: false,
        is_waiting: false,
        is_consent_over: false,
        code: Code::Theirs,
        overrides: Vec::new(),
    }
}

fn police() -> Party {
    Party {
        number: Some(AgencyNumber(2)),
        kind: AgencyKind::Police,
        is_kind_said: true,
        name: "State police (2)".into(),
        people: vec!["dana".into(), "omar".into()],
    }
}

fn lawyers() -> Party {
    Party { number: Some(AgencyNumber(3)), ..Party::outside("Lawyers (3)", AgencyKind::Other) }
}

/// One letter for each act: what stops it, `.` where nothing does.
fn row(letter: &Letter, standing: &Standing, target: Target<'_>) -> String {
    ACTS.map(|act| match check(act, letter, standing, target) {
        Verdict::Allowed => '.',
        Verdict::Stop(stop) => match stop {
            Stop::ShareNothing => 'n',
            Stop::ShareUnanswered => 'u',
            Stop::FactsOnly => 'f',
            Stop::Excluded(_) => 'x',
            Stop::KindUnsaid(_) => 'k',
            Stop::Unsettled => 's',
            Stop::NoContact => 'c',
            Stop::CodeOnly => 'r',
            Stop::CodeLost => 'l',
            Stop::NoMessage => 'm',
            Stop::Waiting => 'w',
            Stop::ConsentOver => 'e',
            Stop::Held => 'h',
            Stop::NotMandated => 'a',
        },
    })
    .into_iter()
    .collect()
}

#[test]
fn every_act_against_every_wish_is_as_the_table_says() {
    let (own, police, lawyers) = (Target::Own, &police(), &lawyers());
    let unsaid = &Party::unsaid("Bridgeport PD");
    let called = &Party::outside("Friends of the Bridgeport Police", AgencyKind::Other);
    let share = |share| letter(|letter| letter.answers.share = share);
    let mode = |mode| letter(|letter| letter.answers.contact = Some(contact_by(mode)));
    let message = |ok| {
        let by = Contact { message_ok: ok, ..contact_by(ContactMode::OtherWay) };
        letter(|letter| letter.answers.contact = Some(by))
    };
    let picked = |answer| {
        letter(|letter| {
            letter.readers.push(AgencyNumber(2));
            letter.answers.share = answer;
        })
    };
    let minor = |answer| letter(|letter| letter.answers.minor = Some(answer));
    // look record | reply contact message | refer facts all | export facts all | deconflict mandated delete
    let table: Vec<(&str, Letter, Target<'_>, &str)> = vec![
        ("all, to those not picked", share(Some(Share::All)), Target::Party(police), "...rr......."),
        ("all, for ourselves", share(Some(Share::All)), own, "...rr......."),
        ("facts, to those not picked", share(Some(Share::Facts)), Target::Party(police), "...rr.f.f..."),
        ("facts, for ourselves", share(Some(Share::Facts)), own, "...rr......."),
        ("none, to those not picked", share(Some(Share::Nothing)), Target::Party(police), "...rrnnnnn.."),
        ("none, for ourselves", share(Some(Share::Nothing)), own, "...rr....n.."),
        ("not answered", share(None), Target::Party(police), "...rruuuuu.."),
        ("an unknown word", share(Some(Share::Other("most".into()))), Target::Party(police), "...rruuuuu.."),
        ("none, to those picked", picked(Some(Share::Nothing)), Target::Party(police), "...rr......."),
        ("not answered, to those picked", picked(None), Target::Party(police), "...rr......."),
        ("police excluded, to police", excluding("no cops please"), Target::Party(police), "..xxxxxxxxxx"),
        ("police excluded, to others", excluding("no cops please"), Target::Party(lawyers), "...rr....x.."),
        ("police excluded, for ourselves", excluding("no cops please"), own, "...rr....x.."),
        ("one of them excluded", excluding("Officer DANA"), Target::Party(police), "..xxxxxxxxxx"),
        ("a name of theirs excluded", excluding("some lawyers"), Target::Party(lawyers), "..xxxxxxxxxx"),
        ("police excluded, to whom nobody knows", excluding("no cops"), Target::Party(unsaid), "..kkkkkkkkkk"),
        ("police excluded, to whom is called so", excluding("no cops"), Target::Party(called), "..xxxxxxxxxx"),
        ("others excluded, to whom is called police", excluding("no DCF"), Target::Party(called), "...rr......."),
        ("one by name, to whom nobody knows", excluding("my uncle Ray"), Target::Party(unsaid), "..kkkkkkkkkk"),
        ("a name of theirs, to whom nobody knows", excluding("Bridgeport"), Target::Party(unsaid), "..xxxxxxxxxx"),
        ("nobody excluded, to whom nobody knows", excluding("  "), Target::Party(unsaid), "...rr......."),
        ("somebody else excluded", excluding("my uncle Ray"), Target::Party(police), "...rr......."),
        ("the reader excluded, to others", excluding("Maria who works there"), Target::Party(lawyers), "..ssssssssss"),
        ("the reader excluded, for themselves", excluding("Maria"), own, "..ssssssssss"),
        ("no contact", mode(ContactMode::Never), own, "..ccc......."),
        ("contact in an unknown way", mode(ContactMode::Other("owl".into())), own, "..ccc......."),
        ("contact not answered", letter(|letter| letter.answers.contact = None), own, "..ccc......."),
        ("contact their way", mode(ContactMode::OtherWay), own, "....m......."),
        ("a message is unsafe", message(Some(YesNo::Unsure)), own, "....m......."),
        ("a message is safe", message(Some(YesNo::Yes)), own, "............"),
        ("nobody under 18", minor(YesNo::No), Target::Party(lawyers), "...rr.....a."),
        ("perhaps under 18", minor(YesNo::Unsure), Target::Party(lawyers), "...rr......."),
    ];
    for (wish, letter, target, wanted) in table {
        assert_eq!(row(&letter, &standing(), target), wanted, "{wish}");
    }
}

#[test]
fn a_hold_keeps_a_tip_a_narrower_wish_waits_for_a_decision_and_a_consent_ends() {
    let held = Standing { is_held: true, ..standing() };
    let waiting = Standing { is_waiting: true, ..standing() };
    let all = letter(|_| ());
    assert_eq!(row(&all, &held, Target::Own), "...rr......h");
    assert_eq!(row(&all, &waiting, Target::Party(&police())), "...rrwwwww..");
    let lost = Standing { code: Code::Lost, ..standing() };
    assert_eq!(row(&all, &lost, Target::Own), "..lrr.......");
    let over = Standing { is_consent_over: true, ..standing() };
    assert_eq!(row(&all, &over, Target::Party(&police())), "...rreeeee..");
}

fn said(by: Who, act: Act, target: &Party, reason: &str) -> Override {
    Override { by, act, target: Some(target.name.clone()), reason: reason.into() }
}

/// Whether facts may go to the lawyers although nothing may be passed on, after so much was said.
fn goes(letter: &Letter, overrides: Vec<Override>) -> bool {
    let standing = Standing { overrides, ..standing() };
    check(Act::Refer(Scope::Facts), letter, &standing, Target::Party(&lawyers())) == Verdict::Allowed
}

#[test]
fn two_people_of_two_agencies_with_reasons_override_and_nobody_less() {
    let none = letter(|letter| letter.answers.share = Some(Share::Nothing));
    let facts = Act::Refer(Scope::Facts);
    let one = || said(who("maria", 0, AgencyKind::HelpLine), facts, &lawyers(), "a life");
    let by = |who| said(who, facts, &lawyers(), "a life");
    let grace = who("grace", 1, AgencyKind::ChildWelfare);
    assert!(goes(&none, vec![one(), by(grace.clone())]));
    let too_little: [(&str, Vec<Override>); 8] = [
        ("alone", vec![one()]),
        ("twice alone", vec![one(), one()]),
        ("two of one agency", vec![one(), by(who("tom", 0, AgencyKind::HelpLine))]),
        ("one person in two agencies", vec![one(), by(who("maria", 1, AgencyKind::ChildWelfare))]),
        ("who would get it", vec![one(), by(who("lee", 3, AgencyKind::Other))]),
        ("for something else", vec![one(), said(grace.clone(), Act::Refer(Scope::All), &lawyers(), "a life")]),
        ("for somebody else", vec![one(), said(grace.clone(), facts, &police(), "a life")]),
        ("without a reason", vec![one(), said(grace, facts, &lawyers(), "  ")]),
    ];
    for (what, overrides) in too_little {
        assert!(!goes(&none, overrides), "{what}");
    }
}

#[test]
fn whom_the_source_excluded_has_no_say_in_an_override() {
    let facts = Act::Refer(Scope::Facts);
    let by = |who| said(who, facts, &lawyers(), "a life");
    let none = |text: &str| {
        letter(|letter| {
            letter.answers.share = Some(Share::Nothing);
            letter.answers.exclude_text = Some(text.into());
        })
    };
    let maria = || by(who("maria", 0, AgencyKind::HelpLine));
    assert!(!goes(&none("no police"), vec![maria(), by(who("dana", 2, AgencyKind::Police))]));
    assert!(!goes(&none("Grace is his wife"), vec![maria(), by(who("grace", 1, AgencyKind::ChildWelfare))]));
    assert!(goes(&none("Ray"), vec![maria(), by(who("grace", 1, AgencyKind::ChildWelfare))]));
}

#[test]
fn a_hold_and_a_law_that_is_not_there_cannot_be_overridden() {
    let overrides = [who("maria", 0, AgencyKind::HelpLine), who("grace", 1, AgencyKind::ChildWelfare)]
        .map(|by| Override { by, act: Act::Delete, target: None, reason: "full disk".into() });
    let held = Standing { is_held: true, overrides: overrides.into(), ..standing() };
    assert_eq!(check(Act::Delete, &letter(|_| ()), &held, Target::Own), Verdict::Stop(Stop::Held));
}

#[test]
fn the_words_for_the_police_are_known_in_many_languages_and_in_other_words_are_not_found() {
    for text in [
        "LA POLICÍA",
        "un policía",
        "警察不行",
        "không cho cảnh sát",
        "полиция",
        "الشرطة",
        "lapolis yo",
        "경찰은 안돼요",
    ] {
        assert!(excluded::fits(&excluding(text), &police()), "{text}");
    }
    for text in ["copper street", "my boss", "polite people", "", "  "] {
        assert!(!excluded::fits(&excluding(text), &police()), "{text}");
    }
}

#[test]
fn a_stop_never_tells_readers_that_they_themselves_were_named() {
    let text = Stop::Unsettled.to_string();
    assert!(!text.contains("you") && !text.contains("reader"), "{text}");
    let failure = Failure::from(Stop::Unsettled);
    assert_eq!((failure.exit, failure.what), (Exit::Policy, text));
}
