use super::*;
use crate::crypto::hybrid::HybridRecipient;
use crate::crypto::keyring::{Draft, Spent, hash_of};
use crate::crypto::pointers::{FORMAT, Side};
use crate::crypto::shape::POINTER_PLAIN_LEN;
use crate::crypto::sign::public_key;
use crate::model::hex::Hex;
use ed25519_dalek::SigningKey;
use serde_json::json;
use std::sync::LazyLock;

const A: AgencyNumber = AgencyNumber(0);
const B: AgencyNumber = AgencyNumber(2);
const SITE: Sha256Hash = Hex([1; 32]);

fn signing(member: &str) -> SigningKey {
    SigningKey::from_bytes(&[member.as_bytes()[0]; 32])
}

fn key(agency: AgencyNumber) -> HybridIdentity {
    HybridIdentity::from_seed([40 + u8::try_from(agency.0).unwrap(); 32])
}

/// The help line (0) with Mia, child welfare (1) with Cleo, the police (2) with Pam, who reads, and Quin, who does not.
fn version() -> Version {
    let (hash, signature) = ("5a".repeat(32), "c3".repeat(64));
    let agency = |number: u16| json!({ "number": number, "kind": "other", "status": "open", "epoch": 1, "one_member": false, "share_holders": [] });
    let member = |id: &str, agency: u16, roles: &[&str]| json!({ "id": id, "person": id, "agency": agency, "roles": roles, "key": public_key(&signing(id)), "recipient": "x", "proof": signature });
    let draft = json!({
        "public": {
            "format": 1, "site": "11".repeat(16), "version": 3, "previous": hash, "issued": "2026-11-01",
            "expires": "2027-02-01", "agencies": [agency(0), agency(1), agency(2)],
            "admins": [], "threshold": 2, "recovery": { "admins": [], "threshold": 2, "delay_days": 30 },
            "languages": {}, "pages": {}, "staff": hash,
        },
        "staff": {
            "salt": "22".repeat(16),
            "members": [member("mia", 0, &["reader"]), member("cleo", 1, &["reader"]), member("pam", 2, &["reader"]), member("quin", 2, &[])],
            "agency_keys": [], "priority": [], "clocks": [], "retention": {},
        },
        "words": {},
    });
    let Draft { public, staff, words } = serde_json::from_value(draft).unwrap();
    Version { hash: hash_of("x"), public, staff, words, spent: Spent::default() }
}

static ASK: LazyLock<Message> = LazyLock::new(|| {
    let exchange = Exchange { site: SITE, id: Hex([1; 16]), asks: B, answers: A };
    let questions = Side::new(&key(B), exchange.clone(), B).questions(&[]);
    let what = Step::Ask { questions };
    let day = "2026-11-27".parse().unwrap();
    Message { format: FORMAT, exchange, member: "pam".into(), keyring: 3, epoch: 1, day, follows: None, what }
});

fn both() -> [HybridRecipient; 2] {
    [key(A).to_recipient(), key(B).to_recipient()]
}

fn sealed(message: &Message, by: &str) -> Vec<u8> {
    let [a, b] = both();
    SignedMessage::new(message, &signing(by)).seal([&a, &b])
}

/// What the help line makes of these, one after the other.
fn taken(memory: &mut Memory, sealed: &[Vec<u8>]) -> Vec<Option<Result<AgencyNumber, PassedOver>>> {
    let (version, keys) = (version(), [key(AgencyNumber(9)), key(A)]);
    let today = "2026-11-27".parse().unwrap();
    let reading = Reading { site: SITE, version: &version, me: A, keys: &keys, today };
    let after = memory.read;
    (after + 1..).zip(sealed).map(|(seq, sealed)| memory.take(&Page { seq, sealed }, &reading)).collect()
}

fn refused(message: &Message, by: &str) -> Option<PassedOver> {
    taken(&mut Memory::default(), &[sealed(message, by)]).remove(0).expect("it opens").err()
}

#[test]
fn a_message_of_another_agencys_reader_is_taken_once_and_its_repetition_changes_nothing() {
    let mut memory = Memory::default();
    let (one, again) = (sealed(&ASK, "pam"), sealed(&ASK, "pam"));
    assert_ne!(one, again);
    assert_eq!(taken(&mut memory, &[one, again]), [Some(Ok(B)), None]);
    assert_eq!((memory.kept.len(), memory.read), (1, 2));
}

#[test]
fn whoever_does_not_read_for_the_agency_has_no_word_in_its_name() {
    let by = |member: &str| Message { member: member.into(), ..ASK.clone() };
    assert_eq!(refused(&ASK, "pam"), None);
    assert_eq!(refused(&by("quin"), "quin"), Some(PassedOver::Stranger), "no reader");
    assert_eq!(refused(&by("cleo"), "cleo"), Some(PassedOver::Stranger), "of another agency");
    assert_eq!(refused(&by("mia"), "mia"), Some(PassedOver::Stranger), "of the agency that is asked");
    assert_eq!(refused(&by("nobody"), "nobody"), Some(PassedOver::Stranger));
    assert_eq!(refused(&ASK, "quin"), Some(PassedOver::Forged));
}

#[test]
fn what_is_of_another_site_of_others_or_of_no_known_keyring_counts_for_nothing() {
    let with = |change: fn(&mut Message)| {
        let mut message = ASK.clone();
        change(&mut message);
        refused(&message, "pam")
    };
    assert_eq!(with(|message| message.exchange.site = Hex([2; 32])), Some(PassedOver::NotOurs));
    assert_eq!(with(|message| message.exchange.answers = AgencyNumber(1)), Some(PassedOver::NotOurs));
    assert_eq!(with(|message| message.keyring = 4), Some(PassedOver::HiddenVersion));
    let mut memory = Memory::default();
    let [_, b] = both();
    let for_others = SignedMessage::new(&ASK, &signing("pam")).seal([&b, &b]);
    let nothing = file::seal_to_all(&[&both()[0], &b], &vec![b' '; POINTER_PLAIN_LEN]);
    assert_eq!(taken(&mut memory, &[for_others, nothing]), [None, Some(Err(PassedOver::NotOne))]);
    assert_eq!(memory.kept.len(), 0);
}

#[test]
fn of_two_messages_in_one_place_the_first_counts() {
    let other = Message { keyring: 2, ..ASK.clone() };
    let mut memory = Memory::default();
    let taken = taken(&mut memory, &[sealed(&ASK, "pam"), sealed(&other, "pam")]);
    assert_eq!(taken, [Some(Ok(B)), Some(Err(PassedOver::Forked))]);
}

#[test]
fn who_reads_no_more_has_said_nothing() {
    let mut memory = Memory::default();
    taken(&mut memory, &[sealed(&ASK, "pam")]);
    let (mut version, keys) = (version(), [key(A)]);
    let today = "2026-11-28".parse().unwrap();
    let said = |version: &Version| memory.said(&Reading { site: SITE, version, me: A, keys: &keys, today }).len();
    assert_eq!(said(&version), 1);
    version.staff.members.retain(|member| member.id != "pam");
    assert_eq!(said(&version), 0);
}

#[test]
fn a_server_that_takes_back_what_it_took_is_found_out() {
    let today = "2026-11-27".parse().unwrap();
    let mut memory = Memory::default();
    let own = Message {
        exchange: Exchange { asks: A, answers: B, ..ASK.exchange.clone() },
        member: "mia".into(),
        ..ASK.clone()
    };
    memory.sent(SignedMessage::new(&own, &signing("mia")), &own, today);
    assert_eq!(memory.hidden().collect::<Vec<_>>(), [today]);
    taken(&mut memory, &[sealed(&own, "mia")]);
    assert_eq!(memory.hidden().count(), 0);
    assert!(memory.end(1).is_ok() && matches!(memory.end(0), Err(MemoryError::Shorter)));
}
