use super::*;
use crate::crypto::event::{Author, Event, FORMAT, Kind, SignedEvent, Unknown};
use crate::model::hex::Sha256Hash;
use ed25519_dalek::SigningKey;
use proptest::prelude::*;

mod new_keys;

const NOW: u64 = 1_795_485_599;
const HOUR: u64 = 3600;
const TIP: TipId = TipId([1; 32]);

/// People and their agencies: two of agency 0, one of agency 1, one of agency 2.
const PEOPLE: [(&str, u16); 4] = [("mia", 0), ("ned", 0), ("pam", 1), ("rae", 2)];

/// Writes events as members do, each after what its author has seen.
#[derive(Clone, Default)]
struct Thread {
    events: Vec<NamedEvent>,
}

impl Thread {
    fn write(&mut self, person: &str, at: u64, what: Kind) -> EventHash {
        let named = self.next(person, at, what);
        self.events.push(named.clone());
        named.hash
    }

    fn next(&self, person: &str, at: u64, what: Kind) -> NamedEvent {
        let case = self.case();
        let agency = PEOPLE.iter().find(|(name, _)| *name == person).unwrap().1;
        let author = Author { member: format!("{person}-1"), person: person.into(), agency: AgencyNumber(agency) };
        let previous = case.last_of(&author.member).map(|named| named.hash);
        let heads = case.heads;
        let event = Event { format: FORMAT, tip: TIP, author, at, keyring: 2, heads, previous, log: None, what };
        SignedEvent::new(&event, &SigningKey::from_bytes(&[5; 32])).read().unwrap()
    }

    /// What another wrote who had seen only what was there when `self` was as now.
    fn merge(&mut self, other: &Self) {
        self.events
            .extend(other.events.iter().filter(|named| !self.events.contains(named)).cloned().collect::<Vec<_>>());
    }

    fn case(&self) -> Case {
        Case::fold(TIP, self.events.clone())
    }
}

fn claim(until: u64) -> Kind {
    Kind::Claim { until }
}

fn note(text: &str) -> Kind {
    Kind::Note { text: text.into() }
}

fn hash(byte: u8) -> Sha256Hash {
    crate::model::hex::Hex([byte; 32])
}

fn status(status: SetStatus) -> Kind {
    Kind::Status { status, reason: None, text: None }
}

fn refer(to: u16) -> Kind {
    Kind::offer_of_all(AgencyNumber(to))
}

fn recuse(whole_agency: bool) -> Kind {
    Kind::Recuse { reason: "I know them".into(), whole_agency }
}

fn rekey(byte: u8, without: &[Excluded]) -> Kind {
    Kind::Rekey { thread: TipId([byte; 32]), without: without.to_vec(), capsules: vec![] }
}

#[test]
fn a_claim_is_seen_by_all_and_ends_two_hours_after_the_last_word() {
    let mut thread = Thread::default();
    thread.write("mia", NOW, claim(NOW + 2 * HOUR));
    assert_eq!(thread.case().claimed_by(NOW + HOUR).unwrap().stamp.by.person, "mia");
    assert_eq!(thread.case().status(NOW + HOUR), Status::Claimed);
    assert_eq!(thread.case().status(NOW + 2 * HOUR), Status::New);
    thread.write("mia", NOW + HOUR, note("called the motel"));
    assert!(thread.case().claimed_by(NOW + 3 * HOUR - 1).is_some());
    assert!(thread.case().claimed_by(NOW + 3 * HOUR).is_none());
    thread.write("pam", NOW + 2 * HOUR, note("me too"));
    assert!(thread.case().claimed_by(NOW + 3 * HOUR).is_none(), "another's words move nothing");
}

#[test]
fn a_claim_on_what_another_holds_changes_nothing_and_one_on_what_has_lapsed_does() {
    let mut thread = Thread::default();
    thread.write("mia", NOW, claim(NOW + 2 * HOUR));
    let refused = thread.write("pam", NOW + HOUR, claim(NOW + 3 * HOUR));
    assert_eq!(thread.case().void[&refused], Void::Claimed);
    assert_eq!(thread.case().claimed_by(NOW + HOUR).unwrap().stamp.by.person, "mia");
    thread.write("pam", NOW + 2 * HOUR, claim(NOW + 4 * HOUR));
    assert_eq!(thread.case().claimed_by(NOW + 3 * HOUR).unwrap().stamp.by.person, "pam");
}

#[test]
fn of_two_claims_at_one_time_every_desk_shows_the_same_one() {
    let (mut one, mut other) = (Thread::default(), Thread::default());
    let claims = [one.write("mia", NOW, claim(NOW + HOUR)), other.write("pam", NOW, claim(NOW + HOUR))];
    let (seen_by_one, seen_by_other) = (one.clone(), other.clone());
    one.merge(&seen_by_other);
    other.merge(&seen_by_one);
    let first = *claims.iter().min().unwrap();
    assert!(one.case() == other.case());
    assert_eq!(one.case().claim.unwrap().stamp.event, first);
    assert_eq!(one.case().events.len(), 2);
}

#[test]
fn only_the_holder_releases_and_hands_over() {
    let mut thread = Thread::default();
    thread.write("mia", NOW, claim(NOW + HOUR));
    let refused = thread.write("pam", NOW, Kind::Release);
    assert_eq!(thread.case().void[&refused], Void::NotTheirs);
    thread.write("mia", NOW, Kind::Assign { to: "ned-1".into(), person: "ned".into(), until: NOW + HOUR });
    assert_eq!(thread.case().claimed_by(NOW).unwrap().stamp.by.member, "ned-1");
    thread.write("ned", NOW, Kind::Release);
    assert!(thread.case().claim.is_none());
}

#[test]
fn the_status_goes_from_new_to_closed_and_closing_ends_the_claim() {
    let mut thread = Thread::default();
    assert_eq!(thread.case().status(NOW), Status::New);
    thread.write("mia", NOW, claim(NOW + HOUR));
    thread.write("mia", NOW, status(SetStatus::Assessing));
    assert_eq!(thread.case().status(NOW), Status::Assessing);
    let offer = thread.write("mia", NOW, refer(1));
    assert_eq!(thread.case().status(NOW), Status::Assessing, "it stays until someone accepts");
    thread.write("pam", NOW, Kind::Accept { referral: offer, contact: None });
    assert_eq!(thread.case().status(NOW), Status::Referred);
    thread.write("pam", NOW, status(SetStatus::Acting));
    assert_eq!(thread.case().status(NOW), Status::Acting);
    thread.write("pam", NOW, status(SetStatus::Closed));
    assert_eq!(thread.case().status(NOW), Status::Closed);
    assert!(thread.case().claim.is_some(), "no other agency ends a claim");
    thread.write("mia", NOW, status(SetStatus::Closed));
    assert!(thread.case().claim.is_none());
}

#[test]
fn another_agency_closes_nothing_for_one_that_does_not_know_of_it() {
    let closed_for = |thread: &Thread| [0, 1].map(|agency| thread.case().is_closed_for(AgencyNumber(agency)));
    let mut thread = Thread::default();
    thread.write("mia", NOW, claim(NOW + HOUR));
    thread.write("mia", NOW, note("she is fifteen"));
    let mut apart = thread.clone();
    thread.write("pam", NOW, status(SetStatus::Closed));
    assert_eq!(closed_for(&thread), [false, true]);
    apart.write("mia", NOW + HOUR, note("called the school"));
    thread.merge(&apart);
    assert_eq!(closed_for(&thread), [false, true], "who wrote that knew of nothing");
    thread.write("mia", NOW + 2 * HOUR, Kind::Opened { letter: crate::model::hex::Hex([0; 32]) });
    assert_eq!(closed_for(&thread), [false, true], "no person has to know of what a desk writes");
    thread.write("mia", NOW + 2 * HOUR, note("the police closed it: right"));
    assert_eq!(closed_for(&thread), [true, true]);

    let mut passed_on = Thread::default();
    let offer = passed_on.write("mia", NOW, refer(1));
    passed_on.write("pam", NOW, status(SetStatus::Closed));
    assert_eq!(closed_for(&passed_on), [false, true]);
    let mut accepted = Thread::default();
    accepted.write("mia", NOW, refer(1));
    assert_eq!(accepted.case().referrals[0].stamp.event, offer);
    accepted.write("pam", NOW, Kind::Accept { referral: offer, contact: None });
    accepted.write("pam", NOW, status(SetStatus::Closed));
    assert_eq!(closed_for(&accepted), [true, true], "whoever accepted it from them closes it for them");
}

#[test]
fn only_the_agency_that_was_asked_answers_an_offer_and_only_once() {
    let mut thread = Thread::default();
    let offer = thread.write("mia", NOW, refer(1));
    let by_another = thread.write("rae", NOW, Kind::Accept { referral: offer, contact: None });
    assert_eq!(thread.case().void[&by_another], Void::NotTheirs);
    let early = thread.write("pam", NOW, Kind::Return { referral: offer, reason: "no".into() });
    assert_eq!(thread.case().void[&early], Void::NotTheirs);
    thread.write("pam", NOW, Kind::Accept { referral: offer, contact: Some("front desk".into()) });
    let late = thread.write("pam", NOW, Kind::Decline { referral: offer, reason: "no".into() });
    assert_eq!(thread.case().void[&late], Void::NotTheirs);
    assert_eq!(thread.case().referrals[0].state.as_str(), "accepted");
    thread.write("pam", NOW, Kind::Return { referral: offer, reason: "out of our county".into() });
    assert_eq!(thread.case().referrals[0].state.as_str(), "returned");
    assert!(thread.case().has_left("pam", AgencyNumber(1)) && thread.case().needs_rekey());
}

#[test]
fn who_leaves_works_on_it_no_more_and_a_new_key_is_due_until_there_is_one() {
    let mut thread = Thread::default();
    thread.write("mia", NOW, claim(NOW + HOUR));
    thread.write("mia", NOW, recuse(false));
    let case = thread.case();
    assert!(case.claim.is_none() && case.needs_rekey());
    assert!(case.has_left("mia", AgencyNumber(0)) && !case.has_left("ned", AgencyNumber(0)));
    thread.write("ned", NOW, rekey(7, &[Excluded::Person("mia".into())]));
    assert!(!thread.case().needs_rekey());
    assert_eq!(thread.case().threads.last().unwrap().thread, TipId([7; 32]));
    let after = thread.write("mia", NOW, note("I am back"));
    assert_eq!(thread.case().void[&after], Void::Left);
    assert!(thread.case().faults.contains(&Fault::AfterLeaving { event: after }));
    assert!(thread.case().notes.is_empty());
}

#[test]
fn what_one_person_alone_cannot_do_takes_another_and_an_objection_stops_it() {
    let mut thread = Thread::default();
    let asked = thread.write("mia", NOW, Kind::Delete { reason: "a flood".into() });
    let twice = thread.write("mia", NOW, Kind::Countersign { event: asked });
    assert_eq!(thread.case().void[&twice], Void::NotTheirs);
    thread.write("ned", NOW, Kind::Countersign { event: asked });
    assert!(thread.case().deletions[0].is_signed_by_two() && !thread.case().deletions[0].is_signed_by_two_agencies());
    thread.write("pam", NOW, Kind::Countersign { event: asked });
    assert!(thread.case().deletions[0].is_signed_by_two_agencies());
    let objection = thread.write("rae", NOW, Kind::Object { event: asked, reason: "wait".into() });
    assert!(!thread.case().deletions[0].is_signed_by_two());
    thread.write("rae", NOW, Kind::Withdraw { event: objection, reason: None });
    assert!(thread.case().deletions[0].is_signed_by_two());
    thread.write("mia", NOW, Kind::Withdraw { event: asked, reason: None });
    assert!(!thread.case().deletions[0].is_open());
}

#[test]
fn two_machines_of_one_person_count_as_one_for_a_wish_that_is_crossed() {
    let mut thread = Thread::default();
    let crossing = Kind::Override { wish: "share".into(), verb: "refer".into(), to: None, reason: "danger".into() };
    let asked = thread.write("mia", NOW, crossing);
    for agency in [0, 1] {
        // Also where the same person stands in two agencies.
        let mut event = thread.next("mia", NOW, Kind::Countersign { event: asked }).event;
        event.author = Author { member: "mia-2".into(), person: "mia".into(), agency: AgencyNumber(agency) };
        event.previous = None;
        let named = SignedEvent::new(&event, &SigningKey::from_bytes(&[6; 32])).read().unwrap();
        thread.events.push(named.clone());
        let case = thread.case();
        assert_eq!(case.void[&named.hash], Void::NotTheirs);
        assert!(!case.overrides[0].is_signed_by_two() && !case.overrides[0].is_signed_by_two_agencies());
    }
    thread.write("pam", NOW, Kind::Countersign { event: asked });
    assert!(thread.case().overrides[0].is_signed_by_two_agencies());
}

#[test]
fn one_agency_cannot_lift_the_hold_of_another() {
    let mut thread = Thread::default();
    thread.write("mia", NOW, Kind::Hold { on: true, reason: "court".into() });
    thread.write("pam", NOW, Kind::Hold { on: false, reason: "no".into() });
    assert!(thread.case().is_held());
    thread.write("ned", NOW, Kind::Hold { on: false, reason: "done".into() });
    assert!(!thread.case().is_held());
}

#[test]
fn an_event_that_was_taken_away_is_missed() {
    let mut thread = Thread::default();
    let first = thread.write("mia", NOW, note("one"));
    let second = thread.write("pam", NOW, note("two"));
    thread.events.remove(0);
    let case = thread.case();
    assert!(case.faults.contains(&Fault::Missing { named_by: second, missing: first }));
    assert_eq!(case.notes.len(), 1, "what is there is still shown");
}

#[test]
fn two_events_of_one_author_after_the_same_one_are_a_fork() {
    let mut thread = Thread::default();
    thread.write("mia", NOW, note("one"));
    let forked = [thread.next("mia", NOW, note("two")), thread.next("mia", NOW, note("three"))];
    thread.events.extend(forked);
    assert!(matches!(thread.case().faults.first(), Some(Fault::Forked { .. })));
}

#[test]
fn an_event_that_follows_anothers_own_is_named() {
    let mut thread = Thread::default();
    let of_mia = thread.write("mia", NOW, note("one"));
    let mut event = thread.next("pam", NOW, note("two")).event;
    event.previous = Some(of_mia);
    let forged = SignedEvent::new(&event, &SigningKey::from_bytes(&[5; 32])).read().unwrap();
    thread.events.push(forged.clone());
    assert!(thread.case().faults.contains(&Fault::OtherChain { event: forged.hash }));
}

#[test]
fn two_agencies_that_opened_different_letters_are_told() {
    let mut thread = Thread::default();
    thread.write("mia", NOW, Kind::Opened { letter: hash(1) });
    thread.write("ned", NOW, Kind::Opened { letter: hash(1) });
    assert!(thread.case().faults.is_empty());
    let event = thread.write("pam", NOW, Kind::Opened { letter: hash(2) });
    assert!(thread.case().faults.contains(&Fault::OtherLetter { event }));
}

#[test]
fn an_unknown_kind_keeps_its_place_and_changes_nothing() {
    let mut thread = Thread::default();
    thread.write("mia", NOW, note("one"));
    let unknown = thread.write("pam", NOW, Kind::Unknown(Unknown { kind: "vote".into() }));
    thread.write("mia", NOW, note("two"));
    let case = thread.case();
    assert_eq!(case.unknown, [unknown]);
    assert_eq!(case.events[1].hash, unknown);
    assert!(case.faults.is_empty());
}

/// Any of the things that members may write, some of them nonsense.
fn any_kind() -> impl Strategy<Value = Kind> {
    let label = || prop::collection::vec("[ab]", 0..2);
    prop_oneof![
        (0..4 * HOUR).prop_map(|after| claim(NOW + after)),
        Just(Kind::Release),
        Just(note("x")),
        (label(), label()).prop_map(|(add, remove)| Kind::Label { add, remove }),
        prop_oneof![Just(SetStatus::New), Just(SetStatus::Acting), Just(SetStatus::Closed)].prop_map(status),
        any::<bool>().prop_map(recuse),
        (0..3_u16).prop_map(refer),
        any::<bool>().prop_map(|on| Kind::Hold { on, reason: "r".into() }),
        (0..3_u16, any::<u8>()).prop_map(|(agency, byte)| rekey(byte, &[Excluded::Agency(AgencyNumber(agency))])),
        Just(Kind::Delete { reason: "r".into() }),
        Just(Kind::Unknown(Unknown { kind: "vote".into() })),
    ]
}

proptest! {
    /// Two desks write without seeing each other, then all is delivered in any order, some of it twice.
    #[test]
    fn any_delivery_order_gives_the_same_case(
        shared in prop::collection::vec((0..4_usize, 0..HOUR, any_kind()), 0..4),
        one in prop::collection::vec((0..2_usize, 0..HOUR, any_kind()), 0..5),
        other in prop::collection::vec((2..4_usize, 0..HOUR, any_kind()), 0..5),
        order in any::<prop::sample::Index>(),
        seed in any::<u64>(),
    ) {
        let mut first = Thread::default();
        for (person, after, what) in shared {
            first.write(PEOPLE[person].0, NOW + after, what);
        }
        let mut second = first.clone();
        for (person, after, what) in one {
            first.write(PEOPLE[person].0, NOW + after, what);
        }
        for (person, after, what) in other {
            second.write(PEOPLE[person].0, NOW + after, what);
        }
        first.merge(&second);
        let expected = first.case();
        let mut shuffled = first.events.clone();
        let len = shuffled.len();
        if len > 0 {
            shuffled.rotate_left(order.index(len));
            let mut state = seed;
            for at in (1..len).rev() {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                shuffled.swap(at, usize::try_from(state >> 33).unwrap() % (at + 1));
            }
            shuffled.push(shuffled[0].clone());
        }
        prop_assert!(Case::fold(TIP, shuffled) == expected);
        prop_assert_eq!(expected.events.len(), len);
        let place = |hash: &EventHash| expected.events.iter().position(|named| named.hash == *hash).unwrap();
        for named in &expected.events {
            for head in &named.event.heads {
                prop_assert!(place(head) < place(&named.hash), "an event stands before one that its author had seen");
            }
        }
    }
}
