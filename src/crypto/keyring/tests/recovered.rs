use super::*;

/// The site, with recovery admins r and t (agency 0) and s (agency 1), of whom two must sign, and this delay.
fn first_with_recovery(delay_days: u32) -> Version {
    first_with(|draft| {
        let admins = vec![admin("r", 0, 21), admin("s", 1, 22), admin("t", 0, 23)];
        draft.public.recovery = Recovery { admins, threshold: 2, delay_days };
    })
    .unwrap()
}

/// A version with x and y in the place of a and b, so many days later.
fn replaced(before: &Version, days: u32) -> Draft {
    let mut draft = Draft::following(before);
    draft.public.issued = before.public.issued.plus(days);
    draft.public.expires = draft.public.issued.plus(90);
    draft.public.admins = vec![admin("x", 0, 31), admin("y", 1, 32), admin("c", 0, 3)];
    draft
}

fn recovered(draft: Draft, signers: &[(&str, u8)]) -> SignedVersion {
    let mut version = draft.freeze();
    for (id, seed) in signers {
        version.add_recovery_signature(id, &key(*seed));
    }
    version
}

const BOTH: [(&str, u8); 2] = [("r", 21), ("s", 22)];

#[test]
fn recovery_admins_of_two_agencies_replace_lost_admins_who_then_sign_what_follows() {
    let before = first_with_recovery(30);
    let after = verify_next(&before, &recovered(replaced(&before, 30), &BOTH)).unwrap();
    assert!(after.admin(&public_key(&key(31))).is_some() && after.admin(&public_key(&key(1))).is_none());
    let by_new = signed_by(Draft::following(&after), &[("x", 31), ("y", 32)]);
    assert!(verify_next(&after, &by_new).is_ok());
    let by_old = signed_by(Draft::following(&after), &[("a", 1), ("b", 2)]);
    assert_eq!(verify_next(&after, &by_old), Err(KeyringError::BadSignature("a".into())));
}

#[test]
fn recovery_admins_too_few_or_of_one_agency_replace_nobody() {
    let before = first_with_recovery(30);
    let sign = |signers: &[(&str, u8)]| verify_next(&before, &recovered(replaced(&before, 30), signers));
    assert_eq!(sign(&[("r", 21)]), Err(KeyringError::TooFewSignatures { found: 1, needed: 2 }));
    assert_eq!(sign(&[("r", 21), ("t", 23)]), Err(KeyringError::OneAgency));
    assert_eq!(sign(&[("r", 21), ("x", 31)]), Err(KeyringError::BadSignature("x".into())), "a new admin");
    assert_eq!(sign(&[("r", 21), ("b", 2)]), Err(KeyringError::BadSignature("b".into())), "an admin among them");
}

#[test]
fn a_recovery_admins_signature_counts_for_nothing_else() {
    let before = first_with_recovery(30);
    let as_admins = signed_by(replaced(&before, 30), &BOTH);
    assert_eq!(verify_next(&before, &as_admins), Err(KeyringError::BadSignature("r".into())));
    let mut helped = signed_by(Draft::following(&before), &[("a", 1)]);
    helped.add_recovery_signature("s", &key(22));
    assert!(verify_next(&before, &helped).is_err());
}

#[test]
fn a_site_without_recovery_admins_has_nobody_who_replaces_admins() {
    let before = first();
    let outcome = verify_next(&before, &recovered(replaced(&before, 30), &BOTH));
    assert_eq!(outcome, Err(KeyringError::BadSignature("r".into())));
}

#[test]
fn recovery_admins_change_nothing_but_the_admins() {
    let before = first_with_recovery(30);
    let changes: [fn(&mut Draft); 7] = [
        |draft| draft.public.threshold = 3,
        |draft| draft.public.recovery.threshold = 3,
        |draft| draft.public.agencies.push(agency(2, AgencyKind::Other)),
        |draft| draft.staff.members[0].roles.clear(),
        |draft| draft.staff.members.push(member("z", 0, 40)),
        |draft| draft.staff.retention.extend([("x".into(), 1)]),
        |draft| {
            let hash = Hex([1; 32]);
            draft.public.pages.insert("en".into(), PageHashes { html: hash, script: hash, offline: hash });
        },
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let mut draft = replaced(&before, 30);
        change(&mut draft);
        let outcome = verify_next(&before, &recovered(draft, &BOTH));
        assert_eq!(outcome, Err(KeyringError::RecoveredMore), "{number}");
    }
    let mut salted = replaced(&before, 30);
    salted.staff.salt = Hex([9; 16]);
    assert!(verify_next(&before, &recovered(salted, &BOTH)).is_ok());
}

#[test]
fn nobody_is_replaced_before_the_delay_is_over_and_that_is_never_under_a_week() {
    for (delay_days, first_day) in [(30, 30), (0, MIN_RECOVERY_DAYS)] {
        let before = first_with_recovery(delay_days);
        let outcome = verify_next(&before, &recovered(replaced(&before, first_day - 1), &BOTH));
        let from = before.public.issued.plus(first_day);
        assert_eq!(outcome, Err(KeyringError::RecoveredTooSoon(from)));
        assert!(verify_next(&before, &recovered(replaced(&before, first_day), &BOTH)).is_ok());
    }
}

#[test]
fn a_version_of_the_admins_stops_the_replacement_for_good() {
    let before = first_with_recovery(30);
    let replacement = recovered(replaced(&before, 30), &BOTH);
    let alive = verify_next(&before, &signed_by(Draft::following(&before), &[("a", 1), ("b", 2)])).unwrap();
    assert_eq!(verify_next(&alive, &replacement), Err(KeyringError::Fork(1)));
}
