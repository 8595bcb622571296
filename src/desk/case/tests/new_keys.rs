//! New keys of a thread, after somebody has left.

use super::*;

#[test]
fn nobody_can_be_shut_out_who_has_not_left() {
    let mut thread = Thread::default();
    thread.write("pam", NOW, recuse(true));
    let bad =
        thread.write("mia", NOW, rekey(7, &[Excluded::Agency(AgencyNumber(1)), Excluded::Agency(AgencyNumber(2))]));
    let case = thread.case();
    assert!(case.faults.contains(&Fault::ShutOut { event: bad }));
    assert!(case.threads.is_empty() && case.needs_rekey());
    let idle = thread.write("mia", NOW, rekey(8, &[]));
    assert_eq!(thread.case().void[&idle], Void::NoCause);
}

#[test]
fn a_new_key_without_a_device_that_was_taken_out_counts_and_is_due_once() {
    let mut thread = Thread::default();
    let gone = Excluded::Member("ned".into());
    thread.write("pam", NOW, recuse(true));
    thread.write("mia", NOW, rekey(7, &[Excluded::Agency(AgencyNumber(1)), gone.clone()]));
    let again = thread.write("rae", NOW, rekey(8, &[Excluded::Agency(AgencyNumber(1)), gone]));
    let case = thread.case();
    assert_eq!(case.threads.iter().map(|thread| thread.thread).collect::<Vec<_>>(), [TipId([7; 32])]);
    assert_eq!(case.void[&again], Void::NoCause);
    assert!(case.faults.is_empty() && !case.needs_rekey());
}

#[test]
fn of_two_new_keys_at_one_time_all_take_the_same_one() {
    let mut one = Thread::default();
    one.write("pam", NOW, recuse(true));
    let mut other = one.clone();
    let without = [Excluded::Agency(AgencyNumber(1))];
    one.write("mia", NOW, rekey(7, &without));
    other.write("rae", NOW, rekey(8, &without));
    let seen = other.clone();
    other.merge(&one);
    one.merge(&seen);
    assert!(one.case() == other.case());
    assert_eq!(one.case().threads.len(), 1);
}

#[test]
fn a_new_key_that_was_not_given_to_everyone_counts_no_more_once_somebody_says_so() {
    let mut thread = Thread::default();
    thread.write("pam", NOW, recuse(true));
    let without = [Excluded::Agency(AgencyNumber(1))];
    let to_nobody = thread.write("rae", NOW, rekey(7, &without));
    assert!(!thread.case().needs_rekey());
    let says = thread.write("mia", NOW, Kind::Object { event: to_nobody, reason: "not given".into() });
    let case = thread.case();
    assert!(case.threads.is_empty() && case.needs_rekey());
    assert_eq!(case.faults, BTreeSet::from([Fault::KeptBack { event: to_nobody, says }]));
    thread.write("rae", NOW, rekey(7, &without));
    assert!(thread.case().threads.is_empty(), "the same key does not come back");
    thread.write("mia", NOW, rekey(8, &without));
    assert_eq!(thread.case().threads.last().unwrap().thread, TipId([8; 32]));
    let late = thread.write("pam", NOW, Kind::Object { event: to_nobody, reason: "too".into() });
    assert_eq!(thread.case().void[&late], Void::Left);
    let twice = thread.write("ned", NOW, Kind::Object { event: to_nobody, reason: "too".into() });
    assert_eq!(thread.case().void[&twice], Void::NoSuch);
    assert_eq!(thread.case().threads.len(), 1);
}

#[test]
fn who_has_left_stops_no_new_key() {
    let mut thread = Thread::default();
    thread.write("pam", NOW, recuse(true));
    let made = thread.write("rae", NOW, rekey(7, &[Excluded::Agency(AgencyNumber(1))]));
    thread.write("pam", NOW, Kind::Object { event: made, reason: "not given".into() });
    assert_eq!(thread.case().threads.len(), 1);
}
