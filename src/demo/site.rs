//! The demo's keyring: version 0 with the admins, 1 with the members, 2 with the agencies' keys.

use super::people::{People, Person};
use super::{DemoError, GOOD_FOR_DAYS, rules};
use crate::clock::Clock;
use crate::crypto::keyring::{
    Agency, AgencyKey, AgencyStatus, Draft, FORMAT, Public, Recovery, SignedVersion, Staff, Statement, Version,
    verify_chain, verify_first, verify_next,
};
use crate::desk::agency_keys;
use crate::desk::client::Client;
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::{Hex, Nonce16, Sha256Hash};
use crate::wire::Secrets;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Version 0, signed.
pub(super) fn first_version(people: &People, today: Day) -> SignedVersion {
    let agencies = (0..).map(AgencyNumber).zip(rules::KINDS).map(|(number, kind)| Agency {
        number,
        kind,
        status: AgencyStatus::Open,
        epoch: 0,
        recipient: None,
        one_member: false,
        share_holders: Vec::new(),
    });
    let admins = |people: &[Person]| people.iter().map(Person::admin).collect();
    let public = Public {
        format: FORMAT,
        site: fresh(),
        version: 0,
        previous: None,
        issued: today,
        expires: today.plus(GOOD_FOR_DAYS),
        agencies: agencies.collect(),
        admins: admins(&people.admins),
        threshold: 2,
        recovery: Recovery { admins: admins(&people.recovery), threshold: 2, delay_days: 30 },
        languages: BTreeMap::new(),
        pages: BTreeMap::new(),
        staff: Hex([0; 32]),
    };
    let staff = Staff {
        salt: fresh(),
        members: Vec::new(),
        agency_keys: Vec::new(),
        priority: rules::priority(),
        clocks: rules::clocks(),
        retention: rules::retention(),
    };
    sign(Draft { public, staff, words: rules::words(today) }, people)
}

/// Publishes version 0, then the members, then the keys that they have made.
pub(super) async fn publish_all(
    admin: &Client,
    people: &People,
    first: &SignedVersion,
    genesis: &Sha256Hash,
    clock: &Arc<dyn Clock>,
) -> Result<(), DemoError> {
    let zero = verify_first(first, genesis)?;
    admin.publish(first).await?;

    let mut draft = following(&zero, clock.today());
    draft.staff.members = people.members.iter().map(Person::member).collect();
    let one = publish(admin, &zero, draft, people).await?;

    for pair in people.members.chunks(2) {
        let [maker, second] = pair else { unreachable!("every agency of the demo has two members") };
        let (maker_member, second_member) = (maker.member(), second.member());
        agency_keys::rotate(&maker.client(Arc::clone(clock))?, &one, &maker_member, &maker.identity).await?;
        agency_keys::confirm(&second.client(Arc::clone(clock))?, &one, &second_member, &second.identity).await?;
    }
    let mut draft = following(&one, clock.today());
    take_keys(&mut draft, &admin.secrets().await?);
    publish(admin, &one, draft, people).await?;
    Ok(())
}

/// Publishes the same again with new days, when the newest version has expired.
pub(super) async fn renew_if_expired(
    admin: &Client,
    people: &People,
    genesis: &Sha256Hash,
    today: Day,
) -> Result<(), DemoError> {
    let newest = verify_chain(genesis, &admin.keyring_from(0).await?)?;
    if newest.check_not_expired(today).is_err() {
        publish(admin, &newest, following(&newest, today), people).await?;
    }
    Ok(())
}

async fn publish(admin: &Client, before: &Version, draft: Draft, people: &People) -> Result<Version, DemoError> {
    let signed = sign(draft, people);
    let version = verify_next(before, &signed)?;
    admin.publish(&signed).await?;
    Ok(version)
}

fn following(version: &Version, today: Day) -> Draft {
    let mut draft = Draft::following(version);
    draft.staff.salt = fresh();
    draft.public.issued = today;
    draft.public.expires = today.plus(GOOD_FOR_DAYS);
    draft
}

fn sign(draft: Draft, people: &People) -> SignedVersion {
    let mut version = draft.freeze();
    for admin in people.admins.iter().take(2) {
        version.add_signature(admin.id(), &admin.identity.signing);
    }
    version
}

fn take_keys(draft: &mut Draft, secrets: &Secrets) {
    for record in &secrets.keys {
        let name = &record.key.name;
        let opened = secrets.opened.iter().filter(|said| said.opened.name == *name);
        draft.staff.agency_keys.push(AgencyKey {
            agency: name.agency,
            epoch: name.epoch,
            recipient: name.recipient.clone(),
            made: Statement { member: record.member.clone(), signature: record.key.signature },
            opened: opened
                .map(|said| Statement { member: said.member.clone(), signature: said.opened.signature })
                .collect(),
            retired: None,
        });
        let agency = &mut draft.public.agencies[usize::from(name.agency.0)];
        agency.epoch = name.epoch;
        agency.recipient = Some(name.recipient.clone());
    }
}

fn fresh() -> Nonce16 {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("nothing can be sealed on a system that gives no randomness");
    Hex(bytes)
}
