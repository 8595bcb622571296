use super::*;
use crate::crypto::compose::{ComposeError, Draft, Readership, compose};
use crate::crypto::hybrid::HybridRecipient;
use crate::crypto::letter::{Answers, Route};
use crate::crypto::tar;
use crate::model::agency::AgencyNumber;

fn agency(number: u16) -> HybridIdentity {
    HybridIdentity::from_seed([u8::try_from(number).unwrap(); 32])
}

fn agencies() -> Vec<(AgencyNumber, Option<HybridRecipient>)> {
    (0..3).map(|number| (AgencyNumber(number), (number != 1).then(|| agency(number).to_recipient()))).collect()
}

fn draft() -> Draft {
    let answers = Answers { story: Some("They keep her passport.".into()), ..Answers::default() };
    Draft { created: "2026-11-24T01:45Z".into(), lang: "en".into(), route: Route::Full, answers }
}

fn tip_for(picked: &[AgencyNumber]) -> Vec<u8> {
    compose(draft(), &Readership { keyring: 4, site: "zoo", agencies: &agencies() }, picked).unwrap().tar
}

fn opened(tip: &[u8]) -> (OpenedCapsule, Vec<u8>) {
    let tip = tar::parse(tip).unwrap();
    let capsule = open_capsule(&agency(0), tip.capsules[0], tip.about.id).map_err(|error| error.to_string()).unwrap();
    (capsule, tip.letter.to_vec())
}

/// A letter with this plaintext, sealed so that everything around it is in order.
fn letter_with(plaintext: &[u8]) -> Result<Letter, LetterOpenError> {
    let thread = ThreadKey::generate();
    let letter = file::seal(&thread.to_recipient(), plaintext);
    open_letter(&OpenedCapsule { letter_sha256: Hex(Sha256::digest(&letter).into()), thread }, &letter)
        .map(|(letter, _)| letter)
}

fn capsule_error(capsule: &[u8], id: TipId) -> CapsuleError {
    open_capsule(&agency(0), capsule, id).err().unwrap()
}

#[test]
fn the_picked_agency_reads_the_words_and_the_others_cannot_tell_they_were_left_out() {
    let tar = tip_for(&[AgencyNumber(0)]);
    let tip = tar::parse(&tar).unwrap();
    let (capsule, letter) = opened(&tar);
    let (letter, _) = open_letter(&capsule, &letter).unwrap();
    assert_eq!(letter.answers.story.as_deref(), Some("They keep her passport."));
    assert_eq!((letter.id, letter.readers), (tip.about.id, vec![AgencyNumber(0)]));
    assert_eq!((tip.about.keyring, tip.about.upload), (4, capsule.thread.upload_token().hash()));
    for number in [1, 2] {
        let left_out = open_capsule(&agency(number), tip.capsules[usize::from(number)], tip.about.id);
        assert_eq!(left_out.err(), Some(CapsuleError::NotForUs));
    }
}

#[test]
fn a_cover_tip_opens_for_nobody() {
    let tar = tip_for(&[]);
    let tip = tar::parse(&tar).unwrap();
    for number in [0, 1, 2] {
        let capsule = tip.capsules[usize::from(number)];
        assert_eq!(open_capsule(&agency(number), capsule, tip.about.id).err(), Some(CapsuleError::NotForUs));
    }
}

#[test]
fn a_tip_cannot_be_made_for_an_agency_without_a_key_or_a_number() {
    let agencies = agencies();
    let readership = Readership { keyring: 4, site: "zoo", agencies: &agencies };
    for number in [AgencyNumber(1), AgencyNumber(3)] {
        assert_eq!(compose(draft(), &readership, &[number]), Err(ComposeError::NoKey(number)));
    }
    for broken in [&agencies[1..], &[]] {
        let readership = Readership { keyring: 4, site: "zoo", agencies: broken };
        assert_eq!(compose(draft(), &readership, &[]), Err(ComposeError::Numbering));
    }
}

#[test]
fn a_capsule_under_another_tips_id_is_refused() {
    let (one, other) = (tip_for(&[AgencyNumber(0)]), tip_for(&[AgencyNumber(0)]));
    let (one, other) = (tar::parse(&one).unwrap(), tar::parse(&other).unwrap());
    assert_eq!(capsule_error(one.capsules[0], other.about.id), CapsuleError::OtherTip);
}

#[test]
fn a_capsule_whose_text_and_key_name_different_tips_is_refused() {
    let (thread, other) = (ThreadKey::generate(), ThreadKey::generate());
    let id_of_text = other.id();
    let id_of_key = thread.id();
    let sealed = Capsule { id: id_of_text, letter_sha256: Hex([0; 32]), thread }.seal(&agency(0).to_recipient());
    for id in [id_of_text, id_of_key] {
        assert_eq!(capsule_error(&sealed, id), CapsuleError::OtherTip);
    }
}

#[test]
fn a_capsule_that_opens_onto_something_else_counts_as_ours() {
    let ours = file::seal(&agency(0).to_recipient(), &[0; 227]);
    let error = capsule_error(&ours, TipId([0; 32]));
    assert_eq!(error, CapsuleError::Malformed(NotACapsule));
    assert!(error.is_ours());
    let error = capsule_error(&[0; 1886], TipId([0; 32]));
    assert_eq!(error, CapsuleError::NotSealed);
    assert!(!error.is_ours());
}

#[test]
fn a_swapped_or_changed_letter_is_refused() {
    let (capsule, mut letter) = opened(&tip_for(&[AgencyNumber(0)]));
    let (_, other_letter) = opened(&tip_for(&[AgencyNumber(0)]));
    assert_eq!(open_letter(&capsule, &other_letter).err(), Some(LetterOpenError::OtherLetter));
    *letter.last_mut().unwrap() ^= 1;
    assert_eq!(open_letter(&capsule, &letter).err(), Some(LetterOpenError::OtherLetter));
}

#[test]
fn a_letter_sealed_to_another_key_is_refused() {
    let letter = file::seal(&agency(2).to_recipient(), &[b' '; 4096]);
    let letter_sha256 = Hex(Sha256::digest(&letter).into());
    let capsule = OpenedCapsule { thread: ThreadKey::generate(), letter_sha256 };
    assert_eq!(open_letter(&capsule, &letter).err(), Some(LetterOpenError::Sealed(OpenError::NotForUs)));
}

#[test]
fn a_letter_that_is_no_letter_or_another_tips_is_refused() {
    assert_eq!(letter_with(&[b'x'; 4096]).err(), Some(LetterOpenError::Unreadable(LetterError::Json)));
    assert_eq!(letter_with(b"{}").err(), Some(LetterOpenError::Unreadable(LetterError::Length)));
    let other = Letter::new(TipId([7; 32]), String::new(), "en".into(), Route::Fast, vec![]);
    assert_eq!(letter_with(&other.to_padded_json().unwrap()).err(), Some(LetterOpenError::OtherTip));
}
