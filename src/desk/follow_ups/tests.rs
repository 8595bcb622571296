use super::*;
use crate::crypto::event::{Author, Event, Kind, NamedEvent, Span};
use crate::crypto::hybrid::HybridIdentity;
use crate::crypto::letter::{Answers, Contact, Route, WrittenBy};
use crate::crypto::sign::public_key;
use crate::crypto::thread::ThreadKey;
use crate::desk::cache::ThreadSecret;
use crate::model::agency::AgencyNumber;
use crate::model::hex::Hex;
use crate::model::tip::TipId;
use ed25519_dalek::SigningKey;

#[path = "tests/lost.rs"]
mod lost;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// The tip of this number, as a form with this key wrote it.
fn tip(number: u8, by: &SigningKey, change: impl FnOnce(&mut Answers)) -> KnownTip {
    let thread = ThreadKey::from_identity(HybridIdentity::from_seed([number; 32]));
    let readers = vec![AgencyNumber(0)];
    let mut letter = Letter::new(thread.id(), "2026-11-24T01:45Z".into(), "en".into(), Route::Full, readers);
    change(&mut letter.answers);
    let plain = WrittenBy { key: by, nonce: [number; 32] }.to_padded_json(&letter).unwrap();
    let letter = Letter::from_padded_json(&plain).unwrap();
    let day = "2026-11-24".parse().unwrap();
    KnownTip::new(u64::from(number), day, ThreadSecret::of(&thread), letter).opened_as(&plain)
}

fn first(share: Share) -> KnownTip {
    tip(1, &key(1), |answers| {
        answers.follow_up_key = Some(public_key(&key(1)).to_string());
        answers.share = Some(share);
        answers.contact = Some(contact(ContactMode::OtherWay));
    })
}

fn contact(mode: ContactMode) -> Contact {
    Contact { mode, how: None, when: None, ask_for: None, message_ok: None, cover_story: None }
}

fn asking(number: u8, share: Share) -> KnownTip {
    tip(number, &key(1), |answers| answers.share = Some(share))
}

/// A case with one label, or none.
fn case(label: Option<String>) -> Case {
    written(label.map(|label| Kind::Label { add: vec![label], remove: Vec::new() }))
}

/// A case in which one thing was written, or nothing.
fn written(what: Option<Kind>) -> Case {
    by(what.map(|what| ("mia", what)))
}

/// A case in which these persons wrote these things, in this order.
fn by<'a>(what: impl IntoIterator<Item = (&'a str, Kind)>) -> Case {
    let id = TipId([1; 32]);
    let named = (1_u8..).zip(what).map(|(number, (person, what))| {
        let author = Author { member: person.into(), person: person.into(), agency: AgencyNumber(0) };
        let heads = (1..number).last().map(|before| Hex([before; 32])).into_iter().collect();
        let (previous, log, at) = (None, None, number.into());
        let event = Event { format: 1, tip: id, author, at, keyring: 0, heads, previous, log, what };
        NamedEvent { hash: Hex([number; 32]), event }
    });
    Case::fold(id, named)
}

#[test]
fn letters_with_the_same_code_are_one_thread_and_others_are_not() {
    let all = [first(Share::All), asking(2, Share::All), tip(3, &key(3), |_| ()), asking(4, Share::Facts)];
    let ids = |tips: Vec<&KnownTip>| tips.into_iter().map(|tip| tip.seq).collect::<Vec<_>>();
    assert_eq!(ids(of(&all[0], all.iter())), [2, 4]);
    for (at, expected) in [(0, None), (1, Some(1)), (2, None), (3, Some(1))] {
        assert_eq!(first_of(&all[at], all.iter()).map(|tip| tip.seq), expected);
    }
    // Who lacks the first letter cannot tell that the others belong together.
    assert!(all[1..].iter().all(|tip| of(tip, all.iter()).is_empty()));
    assert!(all[1..].iter().all(|tip| first_of(tip, all[1..].iter()).is_none()));
}

/// However many are brought at once, and in which order.
#[test]
fn a_list_knows_who_follows_whom_whichever_of_the_two_came_first() {
    let all = [asking(2, Share::All), first(Share::All), tip(3, &key(3), |_| ()), asking(4, Share::Facts)];
    let expected: HashSet<_> = [&all[0], &all[3]].map(|tip| (tip.letter.id, all[1].letter.id)).into();
    for batches in [vec![4], vec![1, 3], vec![2, 2], vec![1, 1, 1, 1]] {
        let (mut known, mut rest) = (Known::default(), all.to_vec());
        for size in batches {
            let new: Vec<KnownTip> = rest.drain(..size).collect();
            known.links.extend(find(&known, &new));
            known.tips.extend(new);
        }
        assert_eq!(known.links.into_iter().collect::<HashSet<_>>(), expected);
    }
}

/// Whether lists found every link, some or none.
#[test]
fn what_a_source_wrote_is_found_for_many_tips_at_once() {
    let all = [first(Share::All), asking(2, Share::All), tip(3, &key(3), |_| ()), asking(4, Share::Facts)];
    let ids = |numbers: &[usize]| numbers.iter().map(|at| all[*at].letter.id).collect::<HashSet<_>>();
    let links = find(&Known::default(), &all);
    for known_links in 0..=links.len() {
        let links = links[..known_links].iter().copied().collect();
        let known = Known { tips: all.to_vec(), links, ..Known::default() };
        for (asked, at, expected) in [
            (&[0, 2][..], 0, &[1, 2, 4][..]),
            (&[0, 2], 2, &[3]),
            (&[3], 3, &[1, 2, 4]),
            (&[1, 2, 3], 1, &[1, 2, 4]),
            (&[2], 0, &[]),
        ] {
            let threads = Threads::of(&known, &ids(asked));
            let seen: Vec<u64> = threads.around(all[at].letter.id).iter().map(|tip| tip.seq).collect();
            assert_eq!(seen, expected, "{asked:?} {at} {known_links}");
        }
    }
}

#[test]
fn one_tip_brings_those_that_belong_to_it_and_no_others() {
    let all = [first(Share::All), asking(2, Share::All), tip(3, &key(3), |_| ()), asking(4, Share::Facts)];
    let known = Known { tips: all.to_vec(), ..Known::default() };
    let of = |tip: &KnownTip| beside(&known, &tip.letter.id.prefix(8));
    let ids = |tips: &[&KnownTip]| tips.iter().map(|tip| tip.letter.id).collect::<HashSet<_>>();
    assert_eq!(of(&all[0]), ids(&[&all[0], &all[1], &all[3]]));
    assert_eq!(of(&all[1]), ids(&[&all[0], &all[1]]));
    assert_eq!(of(&all[2]), ids(&[&all[2]]));
}

fn assert_belongs_to_nothing(forged: &KnownTip) {
    let first = first(Share::Nothing);
    assert!(of(&first, std::iter::once(forged)).is_empty());
    assert!(first_of(forged, std::iter::once(&first)).is_none());
    assert_eq!(of(&first, std::iter::once(&asking(3, Share::All))).len(), 1, "a true one does");
}

/// It knows neither the key nor its public half.
#[test]
fn what_an_agency_forges_that_was_not_picked_belongs_to_nothing() {
    assert_belongs_to_nothing(&tip(2, &key(9), |answers| answers.share = Some(Share::All)));
}

/// They know the public half: a right link, signed by a key of their own or not at all.
#[test]
fn what_staff_forge_who_know_the_tip_belongs_to_nothing() {
    let mac = asking(3, Share::All).letter.answers.link.as_ref().unwrap().mac;
    let mut signed = tip(3, &key(9), |answers| answers.share = Some(Share::All));
    signed.letter.answers.link.as_mut().unwrap().mac = mac;
    signed.opened = None;
    let mut unsigned = signed.clone();
    unsigned.letter.answers.link.as_mut().unwrap().signature = None;
    for forged in [signed, unsigned] {
        assert!(is_linked(&forged.letter, &public_key(&key(1))));
        assert_belongs_to_nothing(&forged);
    }
}

/// It has true ones to copy: under another id, with another word, with the link that another has.
#[test]
fn what_the_server_forges_of_true_ones_belongs_to_nothing() {
    let mut replayed = asking(3, Share::All);
    replayed.letter.id = TipId([8; 32]);
    let mut changed = asking(4, Share::Facts);
    changed.letter.answers.share = Some(Share::All);
    changed.opened = changed.opened.map(|plain| plain.replace("facts", "all"));
    let mut moved = tip(5, &key(9), |answers| answers.share = Some(Share::All));
    moved.letter.answers.link = asking(3, Share::All).letter.answers.link.clone();
    for forged in [replayed, changed, moved] {
        assert_belongs_to_nothing(&forged);
    }
}

#[test]
fn nobody_who_knows_the_key_puts_a_first_letter_of_their_own_before_what_follows() {
    let mut false_first = tip(9, &key(9), |answers| answers.follow_up_key = Some(public_key(&key(1)).to_string()));
    false_first.seq = 0;
    let all = [false_first, first(Share::All), asking(2, Share::Facts)];
    assert!(of(&all[0], all.iter()).is_empty());
    assert_eq!(first_of(&all[2], all.iter()).map(|tip| tip.seq), Some(1));
}

#[test]
fn a_later_letter_is_passed_on_no_further_than_the_first_one_allows() {
    let all = [first(Share::Nothing), asking(2, Share::All), asking(3, Share::Facts)];
    let counts = |label: Option<String>| standing(&all[1], all.iter(), |_| case(label));
    assert_eq!(counts(None).letter.answers.share, Some(Share::Nothing));
    assert_eq!(counts(None).letter.id, all[1].letter.id);
    assert_eq!(counts(Some(format!("{CONFIRMED}{}", name(&all[1])))).letter.answers.share, Some(Share::All));
    let less = [first(Share::All), asking(2, Share::All), asking(3, Share::Facts)];
    assert!(standing(&less[1], less.iter(), |_| case(None)).is_waiting);
}

#[test]
fn whoever_must_not_see_it_by_a_later_letter_is_named_at_once() {
    let later = tip(2, &key(1), |answers| answers.exclude_text = Some("officer X".into()));
    let counts = |label: Option<String>| {
        let now = wishes(&first(Share::All).letter, &[&later], &case(label));
        (now.letter.answers.exclude_text, now.is_waiting)
    };
    assert_eq!(counts(None), (Some("officer X".into()), true));
    assert_eq!(counts(Some(format!("{CONFIRMED}{}", name(&later)))), (Some("officer X".into()), false));
    // Who lifts it may be whom it names, so that nobody does alone.
    assert_eq!(counts(Some(format!("{DECIDED}{}", name(&later)))), (Some("officer X".into()), false));
}

/// Whoever finds the code can name everybody: without a way back no member could ever act again.
#[test]
fn two_members_lift_what_a_later_letter_says_of_who_must_not_see_it_and_none_does_twice() {
    let later = tip(2, &key(1), |answers| answers.exclude_text = Some("mia, ned and pam".into()));
    let put = |person| (person, Kind::Label { add: vec![format!("{DECIDED}{}", name(&later))], remove: Vec::new() });
    let take = |person| (person, Kind::Label { add: Vec::new(), remove: vec![format!("{DECIDED}{}", name(&later))] });
    let now = |said: &[(&str, Kind)]| {
        let now = wishes(&first(Share::All).letter, &[&later], &by(said.iter().cloned()));
        (now.asked[0], now.letter.answers.exclude_text.is_some(), now.is_waiting)
    };
    assert_eq!(now(&[put("mia"), put("ned")]), (Asked::Lifted, false, false));
    assert_eq!(now(&[put("mia"), put("mia")]), (Asked::Less, true, true));
    assert_eq!(now(&[put("mia"), take("pam"), put("ned")]), (Asked::Less, true, true));
}

#[test]
fn whom_a_later_letter_names_says_nothing_about_it_alone() {
    let later = tip(2, &key(1), |answers| {
        answers.exclude_text = Some("officer Ned".into());
        answers.share = Some(Share::All);
    });
    for start in [LESS, DECIDED, CONFIRMED] {
        let label =
            |person| (person, Kind::Label { add: vec![format!("{start}{}", name(&later))], remove: Vec::new() });
        let asked = |said| wishes(&first(Share::Facts).letter, &[&later], &by([label(said)])).asked[0];
        assert_eq!(asked("ned"), Asked::Both, "{start}");
        assert_ne!(asked("mia"), Asked::Both, "{start}");
    }
}

#[test]
fn less_waits_for_a_decision_and_more_counts_for_nothing_before_it_was_confirmed() {
    use Asked::{Confirmed, Decided, Less, More, Narrowed, Nothing};
    use Share::{All, Facts, Nothing as Never};
    let label = |start: &str| Some(format!("{start}{}", name(&asking(2, All))));
    for (was, said, label, asked, is_waiting, counts) in [
        (All, Facts, None, Less, true, All),
        (Facts, Never, None, Less, true, Facts),
        (All, Never, label(DECIDED), Decided, false, All),
        (All, Never, label(CONFIRMED), Confirmed, false, Never),
        (All, Facts, label(LESS), Narrowed, false, Facts),
        (Never, All, label(LESS), More, false, Never),
        (Never, All, None, More, false, Never),
        (Never, All, label(DECIDED), Decided, false, Never),
        (Facts, All, label(CONFIRMED), Confirmed, false, All),
        (Facts, Facts, None, Nothing, false, Facts),
    ] {
        let later = asking(2, said);
        let now = wishes(&first(was).letter, &[&later], &case(label));
        assert_eq!((now.asked, now.is_waiting), (vec![asked], is_waiting));
        assert_eq!(now.letter.answers.share, Some(counts));
    }
}

#[test]
fn another_contact_counts_once_confirmed_and_a_way_that_is_taken_back_is_not_used_from_then_on() {
    use ContactMode::{Code, Never, OtherWay};
    let calls = |message_ok| Contact { how: Some("call 555-0101".into()), message_ok, ..contact(OtherWay) };
    let yes = || calls(Some(YesNo::Yes));
    let theirs = || Contact { how: Some("call 555-0199".into()), ..yes() };
    for (was, said, asked, counts_now) in [
        (yes(), contact(Never), Asked::Less, contact(Never)),
        // He holds the telephone now: whoever calls to confirm it speaks to him.
        (yes(), contact(Code), Asked::Less, contact(Code)),
        (yes(), calls(Some(YesNo::No)), Asked::Less, calls(Some(YesNo::No))),
        (yes(), calls(None), Asked::Less, calls(None)),
        (yes(), yes(), Asked::Nothing, yes()),
        (calls(Some(YesNo::No)), yes(), Asked::More, calls(Some(YesNo::No))),
        (yes(), theirs(), Asked::More, yes()),
        (yes(), Contact { message_ok: Some(YesNo::No), ..theirs() }, Asked::More, yes()),
        (contact(Code), yes(), Asked::More, contact(Code)),
        (contact(Never), contact(Code), Asked::More, contact(Never)),
    ] {
        let mut start = first(Share::All).letter;
        start.answers.contact = Some(was.clone());
        let later = tip(2, &key(1), |answers| answers.contact = Some(said.clone()));
        let now = |start_of: Option<&str>| {
            let now = wishes(&start, &[&later], &case(start_of.map(|start| format!("{start}{}", name(&later)))));
            (now.asked[0], now.is_waiting, now.letter.answers.contact.unwrap())
        };
        assert_eq!(now(None), (asked, asked == Asked::Less, counts_now), "{was:?} {said:?}");
        if asked != Asked::Nothing {
            assert_eq!(now(Some(DECIDED)), (Asked::Decided, false, was.clone()));
            assert_eq!(now(Some(CONFIRMED)), (Asked::Confirmed, false, said.clone()));
        }
    }
}

#[test]
fn nothing_is_less_than_no_answer() {
    let mut start = first(Share::All).letter;
    start.answers.share = None;
    let later = asking(2, Share::Nothing);
    let now = |label| wishes(&start, &[&later], &case(label));
    assert_eq!((now(None).asked[0], now(None).is_waiting), (Asked::Less, true));
    let counts = now(Some(format!("{LESS}{}", name(&later))));
    assert_eq!((counts.asked[0], counts.letter.answers.share), (Asked::Narrowed, Some(Share::Nothing)));
}

/// Who asks it may be anybody who has the code, and the answer is what they are known by.
#[test]
fn the_question_that_staff_ask_is_that_of_the_first_letter() {
    let start = tip(1, &key(1), |answers| {
        answers.follow_up_key = Some(public_key(&key(1)).to_string());
        answers.check_question = Some("what is my dog called?".into());
    });
    let later = tip(2, &key(1), |answers| answers.check_question = Some("what is my number?".into()));
    let all = [start, later];
    for tip in &all {
        let asked = [
            standing(tip, all.iter(), |_| case(None)).letter.answers.check_question,
            unmarked(tip, all.iter(), |_| case(None)).0.answers.check_question,
        ];
        assert_eq!(asked, [0; 2].map(|_| Some("what is my dog called?".to_owned())));
    }
}

/// Whoever finds the code asks for less, which anyone would grant, and for a telephone number of theirs beside it.
#[test]
fn a_letter_that_asks_for_less_and_for_more_brings_the_more_in_by_no_word_about_the_less() {
    let theirs = Contact { how: Some("call 555-0199".into()), ..contact(ContactMode::OtherWay) };
    let later = tip(2, &key(1), |answers| {
        answers.exclude_text = Some("officer X".into());
        answers.share = Some(Share::All);
        answers.contact = Some(theirs);
    });
    let now = |start: Option<&str>| {
        let label = start.map(|start| format!("{start}{}", name(&later)));
        let now = wishes(&first(Share::Nothing).letter, &[&later], &case(label));
        let Answers { exclude_text, share, contact, .. } = now.letter.answers;
        assert_eq!(exclude_text.as_deref(), Some("officer X"), "{start:?}");
        (now.asked[0], now.is_waiting, share.unwrap(), contact.unwrap().how)
    };
    assert_eq!(now(None), (Asked::Both, true, Share::Nothing, None));
    assert_eq!(now(Some(LESS)), (Asked::Narrowed, false, Share::Nothing, None));
    assert_eq!(now(Some(DECIDED)), (Asked::Decided, false, Share::Nothing, None));
    assert_eq!(now(Some(CONFIRMED)), (Asked::Confirmed, false, Share::All, Some("call 555-0199".into())));
}

/// Two ids that begin alike are found in seconds.
#[test]
fn a_word_about_one_letter_is_none_about_another_whose_id_begins_alike() {
    let later = asking(2, Share::All);
    let short = later.letter.id.prefix(8).to_lowercase();
    for label in [format!("{CONFIRMED}{short}"), format!("{CONFIRMED}{}", &name(&later)[..25])] {
        assert_eq!(wishes(&first(Share::Nothing).letter, &[&later], &case(Some(label))).asked, [Asked::More]);
    }
}

#[test]
fn what_is_marked_in_one_letter_goes_with_no_other_of_its_thread() {
    let start = tip(1, &key(1), |answers| {
        answers.follow_up_key = Some(public_key(&key(1)).to_string());
        answers.exclude_text = Some("my uncle".into());
        answers.contact = Some(contact(ContactMode::Code));
    });
    let later = tip(2, &key(1), |answers| {
        answers.exclude_text = Some("officer Jane Roe".into());
        answers.contact = Some(Contact { how: Some("call 555-0101".into()), ..contact(ContactMode::OtherWay) });
    });
    let span = Span { field: "exclude_text".into(), start: 8, end: 16 };
    let redact = || Kind::Redact { fields: vec!["contact".into()], spans: vec![span.clone()], reason: None };
    let confirm = Some(format!("{CONFIRMED}{}", name(&later)));
    let case = |id| if id == later.letter.id { written(Some(redact())) } else { case(confirm.clone()) };
    let all = [start, later.clone()];
    assert_eq!(
        standing(&all[0], all.iter(), case).letter.answers.exclude_text.as_deref(),
        Some("my uncle\nofficer Jane Roe")
    );
    for tip in &all {
        let (letter, is_marked) = unmarked(tip, all.iter(), case);
        assert!(is_marked && letter.id == tip.letter.id);
        assert_eq!(letter.answers.exclude_text.as_deref(), Some("my uncle\nofficer █████"), "{}", tip.seq);
        assert!(letter.answers.contact.is_none(), "{}", tip.seq);
    }
    let nothing = |_| written(None);
    let (letter, is_marked) = unmarked(&all[0], all.iter(), nothing);
    assert!(!is_marked && letter.answers.exclude_text.unwrap().ends_with("Roe"));
}
