//! What a version may not undo.

use super::*;

const AGENCY: AgencyNumber = AgencyNumber(0);

/// Agency 0 has its first key.
fn with_key() -> Version {
    next_with(|draft| give_key(draft, ("m", 11), &[("n", 12)])).unwrap()
}

/// Agency 0 has its second key.
fn with_two_keys() -> Version {
    after(&with_key(), |draft| give_key(draft, ("n", 12), &[("m", 11)])).unwrap()
}

/// Two people stay in agency 0 whoever of it leaves, and two are in agency 1.
fn more_members() -> Version {
    let more = [member("o", 0, 13), member("q", 1, 14), member("r", 1, 15)];
    first_with(|draft| draft.staff.members.extend(more)).unwrap()
}

/// The same person with other properties, and the proof that goes with them.
fn changed(member: &Member, seed: u8, change: impl FnOnce(&mut Member)) -> Member {
    let mut member = member.clone();
    change(&mut member);
    member.key = public_key(&key(seed));
    member.proof = prove_member(&key(seed), &member);
    member
}

fn second_device(seed: u8) -> Member {
    changed(&member("m", 0, seed), seed, |member| member.id = "m-2".into())
}

#[test]
fn an_agency_key_needs_its_maker_and_a_second_member() {
    assert!(next_with(|draft| give_key(draft, ("m", 11), &[("n", 12)])).is_ok());
    let refused = Err(KeyringError::NoStatement(AGENCY));
    assert_eq!(next_with(|draft| give_key(draft, ("m", 11), &[])), refused);
    assert_eq!(next_with(|draft| give_key(draft, ("m", 11), &[("m", 11)])), refused);
    assert_eq!(next_with(|draft| give_key(draft, ("m", 12), &[("n", 12)])), refused);
    assert_eq!(next_with(|draft| give_key(draft, ("m", 11), &[("n", 11)])), refused);
}

#[test]
fn a_false_statement_beside_true_ones_is_refused() {
    let outcome = next_with(|draft| give_key(draft, ("m", 11), &[("n", 12), ("p", 99)]));
    assert_eq!(outcome, Err(KeyringError::NoStatement(AGENCY)));
}

#[test]
fn two_devices_of_one_person_are_not_two_members() {
    let alone = first_with(|draft| draft.staff.members[1] = second_device(13));
    assert_eq!(alone, Err(KeyringError::OneMember(AGENCY)));
    let before = first_with(|draft| draft.staff.members.push(second_device(13))).unwrap();
    let outcome = after(&before, |draft| give_key(draft, ("m", 11), &[("m-2", 13)]));
    assert_eq!(outcome, Err(KeyringError::NoStatement(AGENCY)));
}

#[test]
fn members_who_came_with_the_key_have_no_word_in_it() {
    let invented = |draft: &mut Draft| {
        draft.staff.members = vec![member("x", 0, 31), member("y", 0, 32)];
        give_key(draft, ("x", 31), &[("y", 32)]);
    };
    let refused = Err(KeyringError::NoStatement(AGENCY));
    assert_eq!(next_with(invented), refused);
    assert_eq!(first_with(|draft| give_key(draft, ("m", 11), &[("n", 12)])), refused);
    let one_invented = next_with(|draft| {
        draft.staff.members.push(member("x", 0, 31));
        give_key(draft, ("m", 11), &[("x", 31)]);
    });
    assert_eq!(one_invented, refused);
}

#[test]
fn members_who_leave_with_the_key_have_no_word_in_it() {
    let outcome = next_with(|draft| {
        draft.staff.members.remove(1);
        draft.staff.members.push(member("x", 0, 31));
        give_key(draft, ("m", 11), &[("n", 12)]);
    });
    assert_eq!(outcome, Err(KeyringError::NoStatement(AGENCY)));
}

#[test]
fn an_agency_of_one_makes_its_key_alone_only_if_it_was_one_before() {
    let seize = |draft: &mut Draft| {
        draft.staff.members.truncate(1);
        draft.public.agencies[0].one_member = true;
        give_key(draft, ("m", 11), &[]);
    };
    assert_eq!(next_with(seize), Err(KeyringError::NoStatement(AGENCY)));
    let alone = next_with(|draft| {
        draft.staff.members.truncate(1);
        draft.public.agencies[0].one_member = true;
    });
    assert!(after(&alone.unwrap(), |draft| give_key(draft, ("m", 11), &[])).is_ok());
}

#[test]
fn a_member_keeps_key_person_and_agency() {
    let old = member("m", 0, 11);
    let others = [
        changed(&old, 41, |_| ()),
        changed(&old, 11, |member| member.person = "somebody".into()),
        changed(&old, 11, |member| member.agency = AgencyNumber(1)),
    ];
    for other in others {
        let outcome = after(&more_members(), |draft| draft.staff.members[0] = other);
        assert_eq!(outcome, Err(KeyringError::OtherIdentity("m".into())));
    }
    let recipient_only = changed(&old, 11, |member| member.recipient = recipient("rolled"));
    assert!(after(&more_members(), |draft| draft.staff.members[0] = recipient_only).is_ok());
}

#[test]
fn an_admin_keeps_key_and_agency() {
    for other in [admin("c", 0, 43), admin("c", 1, 3)] {
        let outcome = next_with(|draft| draft.public.admins[2] = other);
        assert_eq!(outcome, Err(KeyringError::OtherIdentity("c".into())));
    }
    let recovery = [admin("r", 0, 21), admin("s", 1, 22), admin("t", 0, 23)];
    let before = first_with(|draft| draft.public.recovery.admins = recovery.into()).unwrap();
    for other in [admin("r", 0, 41), admin("r", 1, 21)] {
        let outcome = after(&before, |draft| draft.public.recovery.admins[0] = other);
        assert_eq!(outcome, Err(KeyringError::OtherIdentity("r".into())));
    }
}

#[test]
fn who_was_taken_away_never_comes_back_by_id_or_key() {
    let before = more_members();
    let gone = after(&before, |draft| draft.staff.members.retain(|member| member.id != "n")).unwrap();
    let later = after(&gone, |_| ()).unwrap();
    for back in [member("n", 0, 12), member("n", 0, 42), member("fresh", 0, 12)] {
        let id = back.id.clone();
        let outcome = after(&later, |draft| draft.staff.members.push(back));
        assert_eq!(outcome, Err(KeyringError::CameBack(id)));
    }
    let renamed = after(&before, |draft| draft.staff.members[1] = member("fresh", 0, 12));
    assert_eq!(renamed, Err(KeyringError::CameBack("fresh".into())));
    let as_admin = after(&later, |draft| draft.public.admins.push(admin("d", 1, 12)));
    assert_eq!(as_admin, Err(KeyringError::CameBack("d".into())));
}

#[test]
fn an_admin_who_was_taken_away_never_comes_back() {
    let gone = next_with(|draft| draft.public.admins.truncate(2)).unwrap();
    let outcome = after(&gone, |draft| draft.public.admins.push(admin("c", 0, 3)));
    assert_eq!(outcome, Err(KeyringError::CameBack("c".into())));
}

#[test]
fn the_record_of_a_key_is_never_changed_or_taken_away() {
    let refused = Err(KeyringError::KeyRecord { agency: AGENCY, epoch: 1 });
    let changes: [fn(&mut Draft); 7] = [
        |draft| draft.staff.agency_keys.clear(),
        |draft| draft.staff.agency_keys.swap(0, 1),
        |draft| draft.staff.agency_keys[0].recipient = recipient("other"),
        |draft| draft.staff.agency_keys[0].epoch = 7,
        |draft| draft.staff.agency_keys[0].agency = AgencyNumber(1),
        |draft| draft.staff.agency_keys[0].made.member = "n".into(),
        |draft| draft.staff.agency_keys[0].opened.clear(),
    ];
    for change in changes {
        assert_eq!(after(&with_two_keys(), change), refused);
    }
}

#[test]
fn a_key_is_retired_once_on_one_day() {
    let retire = |draft: &mut Draft, on: Option<&str>| draft.staff.agency_keys[0].retired = on.map(day);
    let retired = after(&with_two_keys(), |draft| retire(draft, Some("2026-11-20"))).unwrap();
    let refused = Err(KeyringError::KeyRecord { agency: AGENCY, epoch: 1 });
    for other in [None, Some("2026-11-21")] {
        assert_eq!(after(&retired, |draft| retire(draft, other)), refused);
    }
    assert!(after(&retired, |_| ()).is_ok());
}

#[test]
fn a_key_in_use_is_not_retired() {
    let retire = |draft: &mut Draft| draft.staff.agency_keys[0].retired = Some(day("2026-11-20"));
    assert_eq!(after(&with_key(), retire), Err(KeyringError::RetiredInUse(AGENCY)));
    let closed = after(&with_key(), |draft| {
        retire(draft);
        draft.public.agencies[0].status = AgencyStatus::Closed;
    });
    let reopened = after(&closed.unwrap(), |draft| draft.public.agencies[0].status = AgencyStatus::Open);
    assert_eq!(reopened, Err(KeyringError::RetiredInUse(AGENCY)));
}

#[test]
fn a_key_is_recorded_when_its_agency_begins_to_use_it_and_only_then() {
    let record = |draft: &mut Draft, change: fn(&mut AgencyKey)| {
        let mut key = draft.staff.agency_keys.last().unwrap().clone();
        change(&mut key);
        draft.staff.agency_keys.push(key);
    };
    let outcome = |change: fn(&mut AgencyKey)| after(&with_key(), |draft| record(draft, change));
    let refused = |agency, epoch| Err(KeyringError::KeyOutOfPlace { agency: AgencyNumber(agency), epoch });
    assert_eq!(outcome(|_| ()), refused(0, 1));
    assert_eq!(outcome(|key| key.epoch = 2), refused(0, 2));
    assert_eq!(outcome(|key| key.agency = AgencyNumber(1)), refused(1, 1));
    assert_eq!(outcome(|key| key.agency = AgencyNumber(9)), refused(9, 1));
    let before_the_first = outcome(|key| (key.agency, key.epoch) = (AgencyNumber(1), 0));
    assert_eq!(before_the_first, refused(1, 0));
    let twice = after(&with_key(), |draft| {
        give_key(draft, ("m", 11), &[("n", 12)]);
        record(draft, |_| ());
    });
    assert_eq!(twice, refused(0, 2));
    let retired_at_once = after(&with_key(), |draft| {
        give_key(draft, ("m", 11), &[("n", 12)]);
        draft.public.agencies[0].status = AgencyStatus::Closed;
        draft.staff.agency_keys[1].retired = Some(day("2026-11-20"));
    });
    assert_eq!(retired_at_once, refused(0, 2));
}

#[test]
fn a_key_that_an_agency_had_before_is_no_new_key() {
    let again = |draft: &mut Draft| give_this_key(draft, recipient("epoch 1"), ("m", 11), &[("n", 12)]);
    assert_eq!(after(&with_key(), again), Err(KeyringError::KeyAgain { agency: AGENCY, epoch: 2 }));
    assert_eq!(after(&with_two_keys(), again), Err(KeyringError::KeyAgain { agency: AGENCY, epoch: 3 }));
}

#[test]
fn a_key_that_was_made_for_somebody_who_is_out_now_is_no_new_key() {
    let with_o = more_members();
    let give = |draft: &mut Draft| give_key(draft, ("m", 11), &[("n", 12)]);
    let goes = |draft: &mut Draft| draft.staff.members.retain(|member| member.id != "o");
    assert!(after(&with_o, give).is_ok());
    let refused = Err(KeyringError::MadeForOneOut { agency: AGENCY, epoch: 1, id: "o".into() });
    let at_once = after(&with_o, |draft| {
        give(draft);
        goes(draft);
    });
    assert_eq!(at_once, refused);
    let made = after(&with_o, give).unwrap().staff.agency_keys[0].clone();
    let late = |before: &Version, change: fn(&mut Draft)| {
        after(before, |draft| {
            change(draft);
            draft.public.agencies[0].epoch = 1;
            draft.public.agencies[0].recipient = Some(made.recipient.clone());
            draft.staff.agency_keys.push(made.clone());
        })
    };
    assert_eq!(late(&after(&with_o, goes).unwrap(), |_| ()), refused);
    let reads_no_more = after(&with_o, |draft| {
        draft.staff.members.iter_mut().find(|member| member.id == "o").unwrap().roles.clear();
    });
    assert_eq!(late(&reads_no_more.unwrap(), |_| ()), refused);
    let of_another_word = after(&with_o, |draft| {
        give(draft);
        goes(draft);
        draft.staff.agency_keys[0].sealed_to.retain(|id| id != "o");
    });
    assert_eq!(of_another_word, Err(KeyringError::NoStatement(AGENCY)), "the maker has signed for whom it was made");
}
