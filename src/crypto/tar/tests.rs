use super::*;
use crate::model::hex::Hex;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use proptest::prelude::*;

fn sealed(plain_len: usize) -> Vec<u8> {
    let text = |len| STANDARD_NO_PAD.encode(vec![9_u8; len]);
    let mut file = format!("age-encryption.org/v1\n-> mlkem768x25519 {}\n{}\n--- {}\n", text(1120), text(32), text(32))
        .into_bytes();
    file.resize(sealed_len(plain_len), 1);
    file
}

fn archive(bucket: usize, agencies: usize) -> Vec<u8> {
    let (letter, capsule) = (sealed(bucket), sealed(227));
    let about = About { id: TipId([3; 32]), keyring: 12, site: Hex([5; 8]), upload: Hex([4; 32]) };
    write(&TipTar { about, letter: &letter, capsules: vec![&capsule; agencies] })
}

#[test]
fn what_is_written_reads_back() {
    for bucket in LETTER_BUCKETS {
        let body = archive(bucket, 4);
        let tip = parse(&body).unwrap();
        assert_eq!((tip.about.keyring, tip.capsules.len(), tip.letter.len()), (12, 4, sealed_len(bucket)));
        assert_eq!(write(&tip), body);
    }
}

#[test]
fn the_mark_of_a_site_is_another_for_each_tip_and_each_site() {
    // printf 'knothole/site/v1\nzoo zoo\n0000000000000000000000000000000000000000000000000000' | sha256sum
    assert_eq!(site_mark("zoo zoo", TipId([0; 32])).to_string(), "d9e49f7d94fbb347");
    assert_ne!(site_mark("zoo zoo", TipId([0; 32])), site_mark("zoo zoo", TipId([1; 32])));
    assert_ne!(site_mark("zoo zoo", TipId([0; 32])), site_mark("zoo zone", TipId([0; 32])));
}

#[test]
fn the_largest_tip_has_the_largest_length() {
    assert_eq!(archive(262_144, MAX_AGENCIES).len(), MAX_TIP_LEN);
    assert_eq!(parse(&archive(4096, MAX_AGENCIES + 1)), Err(TarError::Length));
}

#[test]
fn a_body_that_is_cut_or_goes_on_is_refused() {
    let body = archive(4096, 2);
    for len in [0, 1, 511, 512, 1024, 5000, body.len() - 1024, body.len() - 512, body.len() - 1] {
        assert!(parse(&body[..len]).is_err(), "{len}");
    }
    assert!(parse(&[&body[..], &[0]].concat()).is_err());
    assert!(parse(&[&body[..], &[0; 512]].concat()).is_err());
}

#[test]
fn other_tars_are_refused() {
    assert!(parse(&archive(4096, 0)).is_err());
    assert!(parse(&[0; 10_240]).is_err());
    let mut other_owner = archive(4096, 1);
    other_owner[108] = b'1';
    assert_eq!(parse(&other_owner), Err(TarError::Header));
}

proptest! {
    #[test]
    fn no_byte_outside_the_payloads_can_change(at in 0..archive(4096, 1).len(), bit in 0..8_u8) {
        let original = archive(4096, 1);
        let mut body = original.clone();
        body[at] ^= 1 << bit;
        if let Ok(tip) = parse(&body) {
            prop_assert_eq!(write(&tip), body);
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(body in prop::collection::vec(any::<u8>(), 0..4096)) {
        prop_assert!(parse(&body).is_err());
    }
}
