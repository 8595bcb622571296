use super::*;
use age::{Identity as _, Recipient as _};
use proptest::prelude::*;

fn file_key() -> FileKey {
    FileKey::new(Box::new([9; FILE_KEY_BYTES]))
}

fn wrapped_for(recipient: &HybridRecipient) -> Stanza {
    let (mut stanzas, labels) = recipient.wrap_file_key(&file_key()).unwrap();
    assert_eq!(labels, HashSet::from(["postquantum".to_owned()]));
    stanzas.remove(0)
}

#[test]
fn the_owner_unwraps_and_nobody_else() {
    let owner = HybridIdentity::from_seed([1; 32]);
    let stanza = wrapped_for(&owner.to_recipient());
    let opened = owner.unwrap_stanza(&stanza).unwrap().ok().unwrap();
    assert_eq!(opened.expose_secret(), file_key().expose_secret());
    assert!(HybridIdentity::from_seed([2; 32]).unwrap_stanza(&stanza).is_none());
}

#[test]
fn a_body_of_another_length_is_refused_before_opening() {
    let owner = HybridIdentity::from_seed([1; 32]);
    let mut stanza = wrapped_for(&owner.to_recipient());
    stanza.body.push(0);
    assert!(matches!(owner.unwrap_stanza(&stanza), Some(Err(DecryptError::InvalidHeader))));
}

#[test]
fn a_stanza_of_another_type_is_passed_over() {
    let owner = HybridIdentity::from_seed([1; 32]);
    let mut stanza = wrapped_for(&owner.to_recipient());
    stanza.tag = "X25519".to_owned();
    assert!(owner.unwrap_stanza(&stanza).is_none());
}

#[test]
fn a_recipient_that_nothing_can_be_sealed_to_is_refused() {
    let good = HybridIdentity::from_seed([1; 32]).to_recipient();
    let mut low_order = good.bytes.clone();
    low_order[RECIPIENT_LEN - 32..].fill(0);
    let mut out_of_range = good.bytes.clone();
    out_of_range[..3].fill(0xff);
    for bytes in [low_order, out_of_range] {
        assert_eq!(bech32_encode(RECIPIENT_PREFIX, &*bytes).parse::<HybridRecipient>(), Err(NotARecipient));
    }
    assert_eq!(good.to_string().parse(), Ok(good));
}

#[test]
fn texts_of_other_kinds_are_refused() {
    let identity = HybridIdentity::from_seed([1; 32]);
    let text = identity.expose_text();
    assert!(text.starts_with("AGE-SECRET-KEY-PQ-1"));
    assert_eq!(text.len(), 77);
    assert!(text[..76].parse::<HybridIdentity>().is_err());
    assert!(text.replace("PQ-1", "PR-1").parse::<HybridIdentity>().is_err());
    assert!(identity.to_recipient().to_string().parse::<HybridIdentity>().is_err());
    assert!(text.parse::<HybridRecipient>().is_err());
    assert!(bech32_encode(IDENTITY_PREFIX, &[1; 33]).parse::<HybridIdentity>().is_err());
}

proptest! {
    #[test]
    fn an_identity_reads_back_as_it_was_written(seed: [u8; 32]) {
        let identity = HybridIdentity::from_seed(seed);
        let read: HybridIdentity = identity.expose_text().parse().unwrap();
        prop_assert_eq!(read.expose_seed(), &seed);
    }
}
