use super::*;
use crate::crypto::hybrid::HybridIdentity;
use crate::crypto::shape;
use proptest::prelude::*;

fn owner() -> HybridIdentity {
    HybridIdentity::from_seed([1; 32])
}

#[test]
fn a_sealed_file_has_the_one_shape_of_the_protocol() {
    for len in [1, 227, 4096, 65_536, 65_537, 262_144] {
        let sealed = seal(&owner().to_recipient(), &vec![7; len]);
        assert_eq!(shape::check(&sealed, len), Ok(()), "{len}");
    }
}

#[test]
fn somebody_elses_file_is_told_apart_from_a_damaged_one() {
    let sealed = seal(&owner().to_recipient(), b"words");
    assert_eq!(open(&HybridIdentity::from_seed([2; 32]), &sealed).unwrap_err(), OpenError::NotForUs);
    let mac = 1600; // one character of base64
    for at in [mac, 1640, sealed.len() - 1] {
        let mut changed = sealed.clone();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        assert_eq!(open(&owner(), &changed).unwrap_err(), OpenError::Damaged, "at {at}");
    }
    assert_eq!(open(&owner(), &sealed[..sealed.len() - 1]).unwrap_err(), OpenError::Damaged);
}

#[test]
fn what_is_no_age_file_is_said_to_be_none() {
    for bytes in [&b""[..], b"hello", b"age-encryption.org/v2\n", &[0; 1886]] {
        assert_eq!(open(&owner(), bytes).unwrap_err(), OpenError::NotSealed);
    }
}

#[test]
fn one_plaintext_sealed_twice_gives_two_files() {
    let recipient = owner().to_recipient();
    let (one, other) = (seal(&recipient, b"words"), seal(&recipient, b"words"));
    assert_ne!(one[..shape::HEADER_LEN], other[..shape::HEADER_LEN]);
    assert_ne!(one[shape::HEADER_LEN..], other[shape::HEADER_LEN..]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_sealed_opens(plaintext in prop::collection::vec(any::<u8>(), 0..2000)) {
        let sealed = seal(&owner().to_recipient(), &plaintext);
        prop_assert_eq!(&**open(&owner(), &sealed).unwrap(), plaintext.as_slice());
    }

    #[test]
    fn opening_anything_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0..1660_usize) {
        let mut sealed = seal(&owner().to_recipient(), b"words");
        sealed.truncate(cut);
        sealed.extend(bytes);
        prop_assert!(open(&owner(), &sealed).is_err());
    }
}
