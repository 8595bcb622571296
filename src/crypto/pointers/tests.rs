use super::*;
use crate::crypto::file;
use crate::crypto::hybrid::HybridIdentity;
use crate::crypto::shape::{self, POINTER_LEN, POINTER_PLAIN_LEN};
use crate::crypto::sign::public_key;
use crate::model::hex::Hex;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::SigningKey;
use std::sync::LazyLock;

const HELP_LINE: AgencyNumber = AgencyNumber(0);
const POLICE: AgencyNumber = AgencyNumber(2);

fn exchange(id: u8) -> Exchange {
    Exchange { site: Hex([1; 32]), id: Hex([id; 16]), asks: HELP_LINE, answers: POLICE }
}

fn key(agency: AgencyNumber) -> HybridIdentity {
    HybridIdentity::from_seed([7 + u8::try_from(agency.0).unwrap(); 32])
}

fn side(agency: AgencyNumber) -> Side {
    Side::new(&key(agency), exchange(1), agency)
}

fn values(list: &[&str]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

/// What each side learns where the first holds these and the second holds those.
fn learned(ours: &[&str], theirs: &[&str]) -> (Vec<String>, Vec<String>) {
    let (a, b, ours, theirs) = (side(HELP_LINE), side(POLICE), values(ours), values(theirs));
    let asked = a.questions(&ours);
    let (replies, tokens, back) = (b.replies(&asked), b.tokens(&theirs), b.questions(&theirs));
    let first = a.shared(&ours, &asked, (&replies, &tokens)).unwrap();
    let (replies, tokens) = (a.replies(&back), a.tokens(&ours));
    let mut second = b.shared(&theirs, &back, (&replies, &tokens)).unwrap();
    second.sort();
    (first, second)
}

#[test]
fn both_learn_what_both_hold_and_nothing_else() {
    let (first, second) =
        learned(&["plate AB12345", "phone 8605550101", "email a@b.org"], &["plate AB12345", "phone 2"]);
    assert_eq!((first, second), (values(&["plate AB12345"]), values(&["plate AB12345"])));
}

#[test]
fn who_holds_nothing_in_common_learns_nothing_and_what_fills_up_never_matches() {
    assert_eq!(learned(&["a", "b"], &["c", "d"]), (vec![], vec![]));
    assert_eq!(learned(&[], &[]), (vec![], vec![]));
    assert_eq!(learned(&["a"], &[]), (vec![], vec![]));
}

#[test]
fn lists_have_one_length_and_an_order_that_tells_nothing_however_many_values_there_are() {
    let many: Vec<String> = (0..VALUES + 5).map(|number| number.to_string()).collect();
    for values in [&many[..0], &many[..1], &many[..]] {
        let (asked, tokens) = (side(HELP_LINE).questions(values), side(HELP_LINE).tokens(values));
        assert_eq!(String::from(asked).len(), 43_692);
        assert_eq!(String::from(tokens).len(), 21_848);
    }
    let backwards: Vec<String> = many[..VALUES].iter().rev().cloned().collect();
    assert!(side(HELP_LINE).questions(&many) == side(HELP_LINE).questions(&backwards));
    assert_eq!(side(HELP_LINE).asked(&many, &side(HELP_LINE).questions(&many)).len(), VALUES);
}

#[test]
fn another_member_with_the_same_key_carries_on_where_values_came_and_went() {
    let asked = side(HELP_LINE).questions(&values(&["a", "b"]));
    let b = side(POLICE);
    let (replies, tokens) = (b.replies(&asked), b.tokens(&values(&["a", "b", "c"])));
    let later = values(&["b", "c"]); // "a" may be told no more, and "c" was not asked for
    assert_eq!(side(HELP_LINE).shared(&later, &asked, (&replies, &tokens)), Ok(values(&["b"])));
    assert_eq!(side(HELP_LINE).asked(&later, &asked), values(&["b"]));
}

#[test]
fn one_value_looks_different_in_each_exchange_and_from_each_side() {
    let one = values(&["a"]);
    let tokens = |id, agency| {
        let tokens = String::from(Side::new(&key(agency), exchange(id), agency).tokens(&one));
        STANDARD.decode(tokens).unwrap().chunks(16).map(<[u8]>::to_vec).collect::<std::collections::BTreeSet<_>>()
    };
    let [first, again, other, theirs] =
        [(1, HELP_LINE), (1, HELP_LINE), (2, HELP_LINE), (1, POLICE)].map(|(id, agency)| tokens(id, agency));
    assert_eq!(first.intersection(&again).count(), 1);
    assert_eq!((first.intersection(&other).count(), first.intersection(&theirs).count()), (0, 0));
}

#[test]
fn replies_of_another_exchange_or_of_several_keys_are_found_out() {
    let (a, b, ours) = (side(HELP_LINE), side(POLICE), values(&["a"]));
    let asked = a.questions(&ours);
    let tokens = b.tokens(&ours);
    let good = STANDARD.decode(String::from(b.replies(&asked))).unwrap();
    let other = Side::new(&key(POLICE), exchange(2), POLICE);
    let bad = STANDARD.decode(String::from(other.replies(&asked))).unwrap();
    let refused = |bytes: &[u8]| {
        let replies = Replies::try_from(STANDARD.encode(bytes)).unwrap();
        a.shared(&ours, &asked, (&replies, &tokens)) == Err(FalseReplies)
    };
    assert!(!refused(&good));
    assert!(refused(&[&bad[..32], &good[32..]].concat()), "one point by another key");
    assert!(refused(&[&good[32..64], &good[..32], &good[64..]].concat()), "two points in each other's place");
    assert!(refused(&[&good[..good.len() - 32], &bad[bad.len() - 32..]].concat()), "under another key's name");
    // With whole replies of another key it is as if nothing were shared: tokens and replies are of one key, or of no use.
    let replies = Replies::try_from(STANDARD.encode(&bad)).unwrap();
    assert_eq!(a.shared(&ours, &asked, (&replies, &tokens)), Ok(vec![]));
}

/// Whoever sends back what they were sent learns and shows nothing.
#[test]
fn what_is_sent_back_as_if_it_were_ones_own_matches_nothing() {
    let (a, ours) = (side(HELP_LINE), values(&["a", "b"]));
    let asked = a.questions(&ours);
    let b = side(POLICE);
    let found = a.shared(&ours, &asked, (&b.replies(&asked), &a.tokens(&ours)));
    assert_eq!(found, Ok(vec![]));
}

/// A third agency compares with both, and hands to each what the other sent it.
#[test]
fn who_stands_between_two_agencies_makes_neither_believe_anything() {
    let (third, ours) = (AgencyNumber(1), values(&["a"]));
    let with_a = Exchange { answers: third, ..exchange(1) };
    let with_b = Exchange { asks: third, ..exchange(1) };
    let (a, b) = (Side::new(&key(HELP_LINE), with_a, HELP_LINE), Side::new(&key(POLICE), with_b, POLICE));
    let (asked, back) = (a.questions(&ours), b.questions(&ours));
    assert_eq!(a.shared(&ours, &asked, (&b.replies(&asked), &b.tokens(&ours))), Ok(vec![]));
    assert_eq!(b.shared(&ours, &back, (&a.replies(&back), &a.tokens(&ours))), Ok(vec![]));
}

/// A list as it travels, with one stretch changed.
fn with(list: &str, at: usize, bytes: &[u8]) -> String {
    let mut whole = STANDARD.decode(list).unwrap();
    whole[at..at + bytes.len()].copy_from_slice(bytes);
    STANDARD.encode(whole)
}

#[test]
fn what_is_no_point_the_identity_a_wrong_count_and_a_wrong_order_are_refused() {
    let asked = String::from(side(HELP_LINE).questions(&values(&["a"])));
    let replies = String::from(side(POLICE).replies(&Questions::try_from(asked.clone()).unwrap()));
    let tokens = String::from(side(POLICE).tokens(&values(&["a"])));
    let bytes = STANDARD.decode(&asked).unwrap();
    let (one, last) = (STANDARD.encode(&bytes[32..]), VALUES * 32 - 32);
    let more = STANDARD.encode([&bytes[..], &[0xff; 32]].concat());
    for (what, list) in [
        ("the identity", with(&asked, 0, &[0; 32])),
        ("no point", with(&asked, last, &[0xff; 32])),
        ("one too few", one),
        ("one too many", more),
        ("one twice", with(&asked, 32, &bytes[..32])),
        ("not base64", "?".to_owned()),
        ("nothing", String::new()),
    ] {
        assert_eq!(Questions::try_from(list).err(), Some(NotOne), "{what}");
    }
    for (what, list) in [
        ("the identity", with(&replies, 64, &[0; 32])),
        ("no point", with(&replies, 64, &[0xff; 32])),
        ("a proof of no numbers", with(&replies, VALUES * 32, &[0xff; 64])),
        ("the identity as key", with(&replies, VALUES * 32 + 64, &[0; 32])),
        ("cut", replies[..replies.len() - 4].to_owned()),
    ] {
        assert_eq!(Replies::try_from(list).err(), Some(NotOne), "{what}");
    }
    let first = STANDARD.decode(&tokens).unwrap()[..16].to_vec();
    assert_eq!(Tokens::try_from(with(&tokens, 16, &first)).err(), Some(NotOne));
    assert_eq!(Tokens::try_from(tokens[4..].to_owned()).err(), Some(NotOne));
}

fn message(what: Step) -> Message {
    let follows = (!matches!(what, Step::Ask { .. })).then_some(Hex([3; 32]));
    let day = "2026-11-27".parse().unwrap();
    Message {
        format: FORMAT,
        exchange: exchange(1),
        member: "mia-laptop".into(),
        keyring: 2,
        epoch: 1,
        day,
        follows,
        what,
    }
}

/// One message of each kind.
static STEPS: LazyLock<[Step; 3]> = LazyLock::new(|| {
    let (a, b, ours) = (side(HELP_LINE), side(POLICE), values(&["a"]));
    let (asked, back) = (a.questions(&ours), b.questions(&ours));
    [
        Step::Ask { questions: asked.clone() },
        Step::Answer { replies: b.replies(&asked), tokens: b.tokens(&ours), questions: back.clone() },
        Step::Finish { replies: a.replies(&back), tokens: a.tokens(&ours) },
    ]
});

#[test]
fn every_message_opens_for_both_agencies_alone_and_all_have_one_length() {
    let signing = SigningKey::from_bytes(&[5; 32]);
    let both = [key(HELP_LINE).to_recipient(), key(POLICE).to_recipient()];
    for step in STEPS.iter() {
        let signed = SignedMessage::new(&message(step.clone()), &signing);
        let sealed = signed.seal([&both[0], &both[1]]);
        assert_eq!((sealed.len(), shape::check_pointer(&sealed)), (POINTER_LEN, Ok(())));
        for agency in [HELP_LINE, POLICE] {
            let opened = SignedMessage::open(&sealed, &key(agency)).unwrap();
            assert!(opened == signed && opened.is_by(&public_key(&signing)));
            assert!(opened.read() == Ok(message(step.clone())));
        }
        let third = SignedMessage::open(&sealed, &key(AgencyNumber(1)));
        assert_eq!(third, Err(MessageError::Sealed(file::OpenError::NotForUs)));
    }
    let froms = STEPS.iter().map(|step| (message(step.clone()).from(), message(step.clone()).to()));
    assert_eq!(froms.collect::<Vec<_>>(), [(HELP_LINE, POLICE), (POLICE, HELP_LINE), (HELP_LINE, POLICE)]);
}

#[test]
fn a_message_that_is_changed_is_not_its_members_and_one_of_another_form_is_none() {
    let signing = SigningKey::from_bytes(&[5; 32]);
    let public = public_key(&signing);
    let good = message(STEPS[0].clone());
    let signed = |message: &Message| SignedMessage::new(message, &signing);
    let text = serde_json::to_string(&signed(&good)).unwrap();
    for (from, to) in [("mia-laptop", "pam-laptop"), ("2026-11-27", "2026-11-20"), (r#"\"asks\":0"#, r#"\"asks\":1"#)] {
        let changed: SignedMessage = serde_json::from_str(&text.replacen(from, to, 1)).unwrap();
        assert!(changed.read().is_ok() && !changed.is_by(&public), "{from}");
    }
    for (from, to, why) in [
        (r#"\"format\":1"#, r#"\"format\":2"#, MessageError::Format),
        (r#"\"answers\":2"#, r#"\"answers\":0"#, MessageError::NotOne),
        (r#"\"step\":\"ask\""#, r#"\"step\":\"finish\""#, MessageError::NotOne),
        (r#"\"epoch\":1"#, r#"\"epoch\": 1"#, MessageError::NotOne),
    ] {
        let changed: SignedMessage = serde_json::from_str(&text.replacen(from, to, 1)).unwrap();
        assert_eq!(changed.read().err(), Some(why), "{to}");
    }
    let follows = Message { follows: Some(Hex([3; 32])), ..good.clone() };
    assert_eq!(signed(&follows).read().err(), Some(MessageError::NotOne));
    let alone = Message { follows: None, ..message(STEPS[2].clone()) };
    assert_eq!(signed(&alone).read().err(), Some(MessageError::NotOne));
    let short = file::seal(&key(POLICE).to_recipient(), &serde_json::to_vec(&signed(&good)).unwrap());
    assert_eq!(SignedMessage::open(&short, &key(POLICE)), Err(MessageError::NotOne));
    assert!(short.len() < POINTER_PLAIN_LEN);
}
