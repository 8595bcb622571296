use super::*;
use crate::crypto::shape::{LongBech32, RECIPIENT_PREFIX, is_hybrid_recipient};
use crate::desk::enrolment::Enrolment;
use crate::wire::{KeyRecord, NewKey, NewOpened, OpenedRecord};

const AGENCY: AgencyNumber = AgencyNumber(0);

/// Has the looks of a recipient, and no key behind it.
fn hollow() -> String {
    let text = bech32::encode_lower::<LongBech32>(RECIPIENT_PREFIX, &[0xff; 1216]).unwrap();
    assert!(is_hybrid_recipient(&text));
    text
}

fn today() -> Day {
    "2026-11-24".parse().unwrap()
}

fn member(identity: &Identity, id: &str) -> Member {
    Enrolment::of_member(identity, id, id, AGENCY).into_member().unwrap()
}

/// Version 0 of two admins and two members, the identities of all, and the draft of the next version.
pub(super) fn site() -> (Version, [Identity; 4], Draft) {
    let people = [(); 4].map(|()| Identity::generate());
    let admin =
        |at: usize, id, agency| Enrolment::of_admin(&people[at], id, AgencyNumber(agency)).into_admin().unwrap();
    let new = NewSite {
        agencies: vec![AgencyKind::HelpLine, AgencyKind::Police],
        admins: vec![admin(0, "ada", 0), admin(1, "bea", 1)],
        threshold: 2,
        valid_days: 90,
    };
    let mut draft = first_draft(new, today());
    add_member(&mut draft, member(&people[2], "mia")).unwrap();
    add_member(&mut draft, member(&people[3], "ned")).unwrap();
    let zero = freeze(draft).read().unwrap();
    let next = next_draft(&zero, today(), 90);
    (zero, people, next)
}

/// What the server keeps of a key that mia made and ned confirmed.
fn secrets(people: &[Identity; 4], recipient: &str) -> Secrets {
    let name = AgencyKeyName { agency: AGENCY, epoch: 1, recipient: recipient.to_owned() };
    let sealed_to = vec!["mia".to_owned(), "ned".to_owned()];
    let signature = name.sign_made(&sealed_to, &people[2].signing);
    let made = NewKey { name: name.clone(), sealed_to, signature, copies: Vec::new() };
    let opened = NewOpened { name: name.clone(), signature: name.sign_opened(&people[3].signing) };
    Secrets {
        keys: vec![KeyRecord { member: "mia".into(), key: made }],
        opened: vec![OpenedRecord { member: "ned".into(), opened }],
        retired: Vec::new(),
    }
}

fn bad(outcome: Result<impl std::fmt::Debug, AdminError>) -> String {
    match outcome {
        Err(AdminError::Keyring(KeyringError::BadRecipient(whose))) => whose,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_key_that_nothing_can_be_sealed_to_is_not_taken() {
    let (_, people, mut draft) = site();
    let hollow = secrets(&people, &hollow());
    assert_eq!(bad(take_agency_key(&mut draft, &hollow, AGENCY)), "agency 0, epoch 1");
    let (taken, refused) = take_agency_keys(&mut draft, &hollow);
    assert_eq!((taken, refused.len()), (vec![], 1));
    let mut shouted = secrets(&people, &Identity::generate().recipient().to_uppercase());
    assert_eq!(bad(take_agency_key(&mut draft, &shouted, AGENCY)), "agency 0, epoch 1");
    let good = secrets(&people, &Identity::generate().recipient());
    shouted.keys.extend(good.keys);
    shouted.opened.extend(good.opened);
    assert!(take_agency_key(&mut draft, &shouted, AGENCY).is_ok());
}

#[test]
fn a_key_that_was_made_for_somebody_who_is_out_is_not_taken_whatever_the_server_says_of_it() {
    let (_, people, mut draft) = site();
    revoke::revoke(&mut draft, "ned", false).unwrap();
    let mut stored = secrets(&people, &Identity::generate().recipient());
    let refused = take_agency_key(&mut draft, &stored, AGENCY);
    assert!(
        matches!(&refused, Err(AdminError::MadeForOneOut { by, id, .. }) if (&**by, &**id) == ("mia", "ned")),
        "{refused:?}"
    );
    stored.keys[0].key.sealed_to.pop();
    let unsigned = take_agency_key(&mut draft, &stored, AGENCY);
    assert!(matches!(unsigned, Err(AdminError::NoKeyReady(AGENCY))), "{unsigned:?}");
}

#[test]
fn a_member_to_whom_nothing_can_be_sealed_is_not_added() {
    let (_, _, mut draft) = site();
    let stranger = Member { recipient: hollow(), ..member(&Identity::generate(), "pam") };
    assert_eq!(bad(add_member(&mut draft, stranger)), "member \"pam\"");
}

#[test]
fn a_version_that_would_close_the_form_is_not_signed() {
    let (zero, people, mut draft) = site();
    let hollow = hollow();
    take_agency_key(&mut draft, &secrets(&people, &Identity::generate().recipient()), AGENCY).unwrap();
    let good = freeze(draft.clone());
    assert_eq!(sign(&mut good.clone(), Some(&zero), &people[0]).unwrap(), Standing::Lacks(1));
    let made = secrets(&people, &hollow);
    draft.public.agencies[0].recipient = Some(hollow.clone());
    draft.staff.agency_keys[0].recipient = hollow;
    draft.staff.agency_keys[0].made.signature = made.keys[0].key.signature;
    draft.staff.agency_keys[0].opened[0].signature = made.opened[0].opened.signature;
    let mut version = freeze(draft);
    let before = version.clone();
    assert_eq!(bad(sign(&mut version, Some(&zero), &people[0])), "agency 0");
    assert_eq!(version, before);
    version.add_signature("ada", &people[0].signing);
    version.add_signature("bea", &people[1].signing);
    assert!(verify_next(&zero, &version).is_ok(), "no rule but this one is broken");
}

#[test]
fn an_admin_is_told_what_a_language_lacks_and_which_text_the_form_does_not_know() {
    let legal = serde_json::json!({"text": "t", "reviewed_by": "A. Lawyer", "reviewed_on": "2026-11-20"});
    let words: Words = serde_json::from_value(serde_json::json!({
        "lang": "es",
        "agencies": {},
        "site": {"state": "s", "hotline_phone": "1", "hotline_text": "2", "exit_url": "https://x.org", "urgent_time": "u", "normal_time": "n"},
        "legal": LEGAL_NAMES.iter().map(|known| (known.name, legal.clone())).chain([("minor", legal.clone())]).collect::<BTreeMap<_, _>>(),
        "review": {"translator": "T", "back_translator": "B", "on": "2026-11-20"},
    }))
    .unwrap();
    assert_eq!(lacks(&words), ["  es: the form has no legal text \"minor\", and shows it nowhere"]);
    let draft = lacks(&Words { review: None, ..words });
    assert_eq!(draft[0], "  es is a draft: nobody has reviewed it");
    assert_eq!(draft[2], "  no form shows es until this is mended");
}
