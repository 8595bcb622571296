use super::*;
use crate::crypto::shape::RECIPIENT_PREFIX;
use crate::crypto::sign::public_key;
use crate::desk::identity::Identity;
use crate::model::agency::AgencyNumber;
use crate::model::hex::Hex;
use crate::wire::Roll;
use age_core::primitives::bech32_encode;

const SITE: Sha256Hash = Hex([7; 32]);

fn mia(identity: &Identity) -> Member {
    Member {
        id: "mia".into(),
        person: "mia".into(),
        agency: AgencyNumber(0),
        roles: vec![],
        key: public_key(&identity.signing),
        recipient: identity.recipient(),
        proof: Hex([0; 64]),
    }
}

/// A chain through these recipients, as whoever has this identity signs it.
fn chain(by: &Identity, member: &Member, recipients: &[String]) -> MemberRolls {
    let mut before = hash_of(&member.recipient);
    let mut rolls = Vec::new();
    for (number, recipient) in (1..).zip(recipients) {
        let recipient = hash_of(recipient);
        let said = RecipientRolled { site: SITE, member: member.id.clone(), number, before, recipient };
        rolls.push(Roll { recipient, signature: said.sign(&by.signing) });
        before = recipient;
    }
    MemberRolls { member: member.id.clone(), rolls, recipient: recipients.last().unwrap().clone() }
}

fn new() -> String {
    Identity::generate().recipient()
}

fn last_of(member: &Member, rolls: MemberRolls) -> Result<Last, RecipientsError> {
    last(SITE, member, &Rolls { members: vec![rolls] })
}

#[test]
fn a_chain_of_the_members_own_words_leads_from_the_keyring_to_what_is_in_use() {
    let identity = Identity::generate();
    let (member, second) = (mia(&identity), new());
    let led = last_of(&member, chain(&identity, &member, &[new(), second.clone()])).unwrap();
    assert_eq!(led, Last { rolls: 2, recipient: hash_of(&second) });
    let none = last(SITE, &member, &Rolls::default()).unwrap();
    assert_eq!(none, Last { rolls: 0, recipient: hash_of(&member.recipient) });
}

#[test]
fn nobody_else_can_say_what_a_member_is_sealed_to() {
    let identity = Identity::generate();
    let member = mia(&identity);
    let good = || chain(&identity, &member, &[new(), new(), new()]);
    let bad = [
        chain(&Identity::generate(), &member, &[new()]),
        MemberRolls { recipient: new(), ..good() },
        MemberRolls { rolls: good().rolls[1..].to_vec(), ..good() },
        {
            let mut cut = good();
            cut.rolls.remove(1);
            cut
        },
        {
            let mut turned = good();
            turned.rolls.swap(0, 1);
            turned
        },
        MemberRolls { rolls: vec![], ..good() },
        chain(&identity, &Member { id: "ned".into(), ..mia(&identity) }, &[new()]),
    ];
    for (at, rolls) in bad.into_iter().enumerate() {
        let rolls = MemberRolls { member: "mia".into(), ..rolls };
        let refused = last_of(&member, rolls);
        assert!(matches!(refused, Err(RecipientsError::NotTheirs(ref id)) if id == "mia"), "{at}: {refused:?}");
    }
    let other_site = last(Hex([8; 32]), &member, &Rolls { members: vec![good()] });
    assert!(matches!(other_site, Err(RecipientsError::NotTheirs(_))));
}

/// A member who signs nonsense stops no work but their own.
#[test]
fn who_signs_what_nobody_can_seal_to_is_sealed_to_what_the_keyring_names() {
    let identity = Identity::generate();
    let member = mia(&identity);
    let out_of_range = bech32_encode(RECIPIENT_PREFIX, &[0xff; 1_216]);
    for nonsense in ["age1pq1nonsense".to_owned(), out_of_range] {
        let rolls = Rolls { members: vec![chain(&identity, &member, &[new(), nonsense])] };
        assert_eq!(in_use(SITE, &member, &rolls).unwrap(), member.recipient);
    }
    let second = new();
    let rolls = Rolls { members: vec![chain(&identity, &member, &[new(), second.clone()])] };
    assert_eq!(in_use(SITE, &member, &rolls).unwrap(), second);
}
