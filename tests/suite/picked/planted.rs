//! Sites that do tell, each in another way, to see that the detector sees it.

use super::detector::{Class, Verdict, judge};
use super::seen::Seen;
use age::Encryptor;
use knothole::crypto::capsule::decoy;
use knothole::crypto::file;
use knothole::crypto::hybrid::HybridIdentity;
use knothole::crypto::shape::CAPSULE_PLAIN_LEN;
use knothole::model::tip::TipId;
use rayon::prelude::*;
use std::io::Write as _;

/// Tips of each class.
const EACH: usize = 160;

/// What a site does wrong: changes a tip of the first class.
type Fault = fn(&mut Seen);

/// Capsules that look alike, in turn of either class, with a fault in those of the first.
fn judged(fault: Fault) -> Verdict {
    let tips = (0..2 * EACH).into_par_iter().map(|place| {
        let mut id = [0; 32];
        id.copy_from_slice(&decoy()[1_700..1_732]); // random bytes
        let class = if id[0] < 128 { Class::One } else { Class::Other };
        let mut seen = Seen::new(TipId(id), place);
        seen.bytes.clear(); // the class is in the id
        seen.fact("agencies, in their order", &"0 1");
        seen.blob("capsule", &decoy());
        if class == Class::One {
            fault(&mut seen);
        }
        (class, seen)
    });
    let tips: Vec<_> = tips.collect();
    judge(&tips.iter().map(|(class, seen)| (*class, seen)).collect::<Vec<_>>())
}

fn put_capsule(seen: &mut Seen, capsule: &[u8]) {
    seen.bytes.clear();
    seen.facts.truncate(1);
    seen.blob("capsule", capsule);
}

fn somebody() -> HybridIdentity {
    HybridIdentity::generate()
}

#[test]
fn without_a_fault_there_is_nothing_to_see() {
    // Twice, as chance may look like a fault once in a thousand times.
    let nothing: Fault = |_| {};
    assert!(judged(nothing).is_chance() || judged(nothing).is_chance());
}

#[test]
fn a_capsule_with_a_grease_stanza_is_seen() {
    let verdict = judged(|seen| {
        let recipient = somebody().to_recipient();
        let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient)).unwrap();
        let mut greased = Vec::new();
        let mut output = encryptor.wrap_output(&mut greased).unwrap();
        output.write_all(&[0; CAPSULE_PLAIN_LEN]).unwrap();
        output.finish().unwrap();
        put_capsule(seen, &greased);
    });
    assert!(matches!(verdict, Verdict::Told(_)), "{verdict}");
}

#[test]
fn a_capsule_of_another_length_is_seen() {
    let verdict =
        judged(|seen| put_capsule(seen, &file::seal(&somebody().to_recipient(), &[0; CAPSULE_PLAIN_LEN - 1])));
    assert!(matches!(verdict, Verdict::Told(_)), "{verdict}");
}

#[test]
fn capsules_in_another_order_are_seen() {
    let verdict = judged(|seen| seen.facts[0].1 = "1 0".into());
    assert!(matches!(verdict, Verdict::Told(_)), "{verdict}");
}

#[test]
fn a_nonce_that_is_not_quite_random_is_seen() {
    let verdict = judged(|seen| {
        let mut capsule = decoy();
        capsule[1_627] &= 0x03; // six bits of the payload's nonce are never set
        put_capsule(seen, &capsule);
    });
    assert!(matches!(verdict, Verdict::Learned(_)), "{verdict}");
}

#[test]
fn a_payload_that_is_not_quite_random_is_seen() {
    let verdict = judged(|seen| {
        let mut capsule = decoy();
        for byte in &mut capsule[1_700..1_710] {
            *byte &= 0xf0; // ten bytes of 243
        }
        put_capsule(seen, &capsule);
    });
    assert!(matches!(verdict, Verdict::Learned(_)), "{verdict}");
}

#[test]
fn tips_that_come_later_than_others_are_seen() {
    let verdict = judged(|seen| seen.place += 2 * EACH);
    assert!(matches!(verdict, Verdict::Learned(_)), "{verdict}");
}
