use super::*;
use crate::crypto::shape::{LongBech32, RECIPIENT_PREFIX};
use crate::crypto::sign::{Purpose, public_key, verifies};
use crate::model::hex::Hex;
use ed25519_dalek::SigningKey;

mod history;
mod inside;
mod recovered;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn admin(id: &str, agency: u16, seed: u8) -> Admin {
    Admin {
        id: id.into(),
        agency: AgencyNumber(agency),
        key: public_key(&key(seed)),
        proof: prove_admin(&key(seed), id, AgencyNumber(agency)),
    }
}

fn member(id: &str, agency: u16, seed: u8) -> Member {
    let mut member = Member {
        id: id.into(),
        person: id.into(),
        agency: AgencyNumber(agency),
        roles: vec![Role::Reader],
        key: public_key(&key(seed)),
        recipient: recipient(id),
        proof: Hex([0; 64]),
    };
    member.proof = prove_member(&key(seed), &member);
    member
}

/// What looks like a recipient and differs for each name. Nothing can be sealed to it.
fn recipient(name: &str) -> String {
    let mut key = [0; 1216];
    key[..name.len()].copy_from_slice(name.as_bytes());
    bech32::encode_lower::<LongBech32>(RECIPIENT_PREFIX, &key).unwrap()
}

fn agency(number: u16, kind: AgencyKind) -> Agency {
    Agency {
        number: AgencyNumber(number),
        kind,
        status: AgencyStatus::Open,
        epoch: 0,
        recipient: None,
        one_member: false,
        share_holders: vec![],
    }
}

/// Admins a (agency 0), b (agency 1), c (agency 0); threshold 2; members m, n of agency 0.
fn first_draft() -> Draft {
    Draft {
        public: Public {
            format: 1,
            site: Hex([1; 16]),
            version: 0,
            previous: None,
            issued: day("2026-11-01"),
            expires: day("2027-02-01"),
            agencies: vec![agency(0, AgencyKind::HelpLine), agency(1, AgencyKind::Police)],
            admins: vec![admin("a", 0, 1), admin("b", 1, 2), admin("c", 0, 3)],
            threshold: 2,
            recovery: Recovery { admins: vec![], threshold: 2, delay_days: 30 },
            languages: BTreeMap::new(),
            pages: BTreeMap::new(),
            staff: Hex([0; 32]),
        },
        staff: Staff {
            salt: Hex([2; 16]),
            members: vec![member("m", 0, 11), member("n", 0, 12)],
            agency_keys: vec![],
            priority: vec![],
            clocks: vec![],
            retention: BTreeMap::new(),
        },
        words: BTreeMap::new(),
    }
}

fn signed_by(draft: Draft, signers: &[(&str, u8)]) -> SignedVersion {
    let mut version = draft.freeze();
    for (id, seed) in signers {
        version.add_signature(id, &key(*seed));
    }
    version
}

fn first() -> Version {
    first_with(|_| ()).unwrap()
}

fn first_with(change: impl FnOnce(&mut Draft)) -> Result<Version, KeyringError> {
    let mut draft = first_draft();
    change(&mut draft);
    let signed = signed_by(draft, &[("a", 1), ("b", 2)]);
    verify_first(&signed, &hash_of(&signed.public))
}

fn next_with(change: impl FnOnce(&mut Draft)) -> Result<Version, KeyringError> {
    after(&first(), change)
}

fn after(before: &Version, change: impl FnOnce(&mut Draft)) -> Result<Version, KeyringError> {
    let mut draft = Draft::following(before);
    change(&mut draft);
    verify_next(before, &signed_by(draft, &[("a", 1), ("b", 2)]))
}

/// Agency 0's next key.
fn give_key(draft: &mut Draft, made: (&str, u8), opened: &[(&str, u8)]) {
    let epoch = draft.public.agencies[0].epoch + 1;
    give_this_key(draft, recipient(&format!("epoch {epoch}")), made, opened);
}

fn give_this_key(draft: &mut Draft, recipient: String, made: (&str, u8), opened: &[(&str, u8)]) {
    let epoch = draft.public.agencies[0].epoch + 1;
    let name = AgencyKeyName { agency: AgencyNumber(0), epoch, recipient };
    draft.public.agencies[0].epoch = epoch;
    draft.public.agencies[0].recipient = Some(name.recipient.clone());
    let sealed_to: Vec<String> = draft.staff.readers(AgencyNumber(0)).map(|reader| reader.id.clone()).collect();
    draft.staff.agency_keys.push(AgencyKey {
        agency: name.agency,
        epoch,
        recipient: name.recipient.clone(),
        made: Statement { member: made.0.into(), signature: name.sign_made(&sealed_to, &key(made.1)) },
        sealed_to,
        opened: opened
            .iter()
            .map(|(id, seed)| Statement { member: (*id).into(), signature: name.sign_opened(&key(*seed)) })
            .collect(),
        retired: None,
    });
}

#[test]
fn a_chain_signed_by_admins_of_two_agencies_is_taken() {
    let zero = signed_by(first_draft(), &[("a", 1), ("b", 2)]);
    let genesis = hash_of(&zero.public);
    let draft = Draft::following(&verify_first(&zero, &genesis).unwrap());
    let one = signed_by(draft, &[("b", 2), ("c", 3)]);
    assert_eq!(verify_chain(&genesis, &[zero, one]).unwrap().public.version, 1);
}

#[test]
fn another_sites_version_0_is_refused() {
    let zero = signed_by(first_draft(), &[("a", 1), ("b", 2)]);
    assert!(matches!(verify_first(&zero, &Hex([9; 32])), Err(KeyringError::OtherGenesis(_))));
}

#[test]
fn a_bad_signature_is_refused_even_beside_enough_good_ones() {
    let version = signed_by(Draft::following(&first()), &[("a", 1), ("b", 2), ("c", 99)]);
    assert_eq!(verify_next(&first(), &version), Err(KeyringError::BadSignature("c".into())));
}

#[test]
fn a_signature_by_an_admin_whom_only_the_new_version_names_is_refused() {
    let mut draft = Draft::following(&first());
    draft.public.admins.push(admin("d", 1, 4));
    let version = signed_by(draft, &[("a", 1), ("d", 4)]);
    assert_eq!(verify_next(&first(), &version), Err(KeyringError::BadSignature("d".into())));
}

#[test]
fn too_few_signatures_are_refused() {
    let version = signed_by(Draft::following(&first()), &[("a", 1)]);
    assert_eq!(verify_next(&first(), &version), Err(KeyringError::TooFewSignatures { found: 1, needed: 2 }));
}

#[test]
fn one_admin_who_signs_twice_is_refused() {
    let mut version = signed_by(Draft::following(&first()), &[("a", 1)]);
    version.signatures.push(version.signatures[0].clone());
    assert_eq!(verify_next(&first(), &version), Err(KeyringError::SignedTwice("a".into())));
}

#[test]
fn signers_of_one_agency_only_are_refused() {
    let version = signed_by(Draft::following(&first()), &[("a", 1), ("c", 3)]);
    assert_eq!(verify_next(&first(), &version), Err(KeyringError::OneAgency));
}

#[test]
fn a_gap_in_the_chain_is_refused() {
    assert_eq!(next_with(|draft| draft.public.version = 2), Err(KeyringError::Gap { found: 2, expected: 1 }));
}

#[test]
fn a_fork_of_the_chain_is_refused() {
    assert_eq!(next_with(|draft| draft.public.previous = Some(Hex([7; 32]))), Err(KeyringError::Fork(1)));
    assert_eq!(next_with(|draft| draft.public.version = 0), Err(KeyringError::Fork(0)));
}

#[test]
fn a_version_older_than_the_newest_seen_is_refused() {
    let newest = next_with(|_| ()).unwrap();
    let old = signed_by(first_draft(), &[("a", 1), ("b", 2)]);
    assert_eq!(verify_next(&newest, &old), Err(KeyringError::RolledBack { found: 0, known: 1 }));
}

#[test]
fn a_new_admin_without_proof_of_possession_is_refused() {
    let outcome = next_with(|draft| {
        let mut stranger = admin("d", 1, 4);
        stranger.key = public_key(&key(5));
        draft.public.admins.push(stranger);
    });
    assert_eq!(outcome, Err(KeyringError::NoPossession("d".into())));
}

#[test]
fn a_member_whose_recipient_was_swapped_is_refused() {
    let outcome = next_with(|draft| draft.staff.members[0].recipient = recipient("other"));
    assert_eq!(outcome, Err(KeyringError::NoPossession("m".into())));
}

#[test]
fn an_expired_version_is_told_apart() {
    let version = first();
    assert_eq!(version.check_not_expired(day("2027-02-01")), Ok(()));
    assert_eq!(version.check_not_expired(day("2027-02-02")), Err(KeyringError::Expired(day("2027-02-01"))));
    assert!(version.takes_tips_on(day("2027-02-08")));
    assert!(!version.takes_tips_on(day("2027-02-09")));
}

#[test]
fn an_unknown_format_says_update() {
    let error = next_with(|draft| draft.public.format = 2).unwrap_err();
    assert_eq!(error, KeyringError::UnknownFormat(2));
    assert!(error.to_string().contains("update"));
}

#[test]
fn two_agencies_with_one_number_are_refused() {
    let outcome = next_with(|draft| draft.public.agencies.push(agency(1, AgencyKind::Prosecutor)));
    assert_eq!(outcome, Err(KeyringError::AgencyNumber(AgencyNumber(1))));
}

#[test]
fn a_number_is_never_given_again() {
    let with_third = next_with(|draft| draft.public.agencies.push(agency(2, AgencyKind::Prosecutor))).unwrap();
    let mut draft = Draft::following(&with_third);
    draft.public.agencies.pop();
    let taken_away = verify_next(&with_third, &signed_by(draft, &[("a", 1), ("b", 2)]));
    assert_eq!(taken_away, Err(KeyringError::NumberReused(AgencyNumber(2))));
    let given_again = next_with(|draft| draft.public.agencies[1].kind = AgencyKind::Prosecutor);
    assert_eq!(given_again, Err(KeyringError::NumberReused(AgencyNumber(1))));
}

#[test]
fn an_epoch_is_never_skipped() {
    let outcome = next_with(|draft| {
        give_key(draft, ("m", 11), &[("n", 12)]);
        draft.public.agencies[0].epoch = 2;
    });
    assert_eq!(outcome, Err(KeyringError::Epoch(AgencyNumber(0))));
}

#[test]
fn a_threshold_under_two_or_out_of_reach_is_refused() {
    for threshold in [0, 1, 4] {
        assert_eq!(next_with(|draft| draft.public.threshold = threshold), Err(KeyringError::Threshold(threshold)));
    }
    let one_agency = next_with(|draft| draft.public.admins.retain(|admin| admin.agency.0 == 0));
    assert_eq!(one_agency, Err(KeyringError::Threshold(2)));
}

#[test]
fn one_key_cannot_serve_two_roles() {
    let outcome = next_with(|draft| draft.staff.members.push(member("a", 1, 1)));
    assert_eq!(outcome, Err(KeyringError::Twice("a".into())));
}

#[test]
fn documents_that_were_not_signed_are_refused() {
    let mut version = signed_by(Draft::following(&first()), &[("a", 1), ("b", 2)]);
    version.staff = first_draft().freeze().staff.replace("\"person\":\"m\"", "\"person\":\"x\"");
    assert_eq!(verify_next(&first(), &version), Err(KeyringError::OtherDocument("staff")));
    let mut spaced = signed_by(Draft::following(&first()), &[("a", 1), ("b", 2)]);
    spaced.public.push(' ');
    assert_eq!(verify_next(&first(), &spaced), Err(KeyringError::NotCanonical("public")));
}

#[test]
fn the_genesis_as_words_is_its_first_132_bits() {
    assert_eq!(words_of(&Hex([0; 32])), ["abandon"; 12].join(" "));
    assert_eq!(words_of(&Hex([255; 32])), ["zoo"; 12].join(" "));
    let mut hash = [0; 32];
    hash[1] = 0b0010_0000; // the lowest bit of the first word
    assert!(words_of(&Hex(hash)).starts_with("ability abandon"));
}
