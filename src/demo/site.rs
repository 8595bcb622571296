//! The demo's keyring: version 0 with the admins, 1 with the members, 2 with the agencies' keys.

use super::people::{People, Person};
use super::{DemoError, GOOD_FOR_DAYS, words};
use crate::clock::Clock;
use crate::crypto::keyring::{Draft, SignedVersion, Version, verify_chain, verify_first, verify_next};
use crate::desk::admin::rules::Rules;
use crate::desk::admin::{self, NewSite};
use crate::desk::agency_keys;
use crate::desk::client::Client;
use crate::http::page::{Choices, manifest};
use crate::model::agency::AgencyKind;
use crate::model::day::Day;
use crate::model::hex::Sha256Hash;
use std::sync::Arc;

const RULES: &str = include_str!("../../deploy/rules.toml");
/// Kinds by number.
pub(super) const KINDS: [AgencyKind; 4] =
    [AgencyKind::HelpLine, AgencyKind::ChildWelfare, AgencyKind::Police, AgencyKind::Prosecutor];

/// Version 0, signed.
pub(super) fn first_version(people: &People, today: Day) -> SignedVersion {
    let admins = |people: &[Person]| people.iter().map(Person::admin).collect();
    let new =
        NewSite { agencies: KINDS.to_vec(), admins: admins(&people.admins), threshold: 2, valid_days: GOOD_FOR_DAYS };
    let mut draft = admin::first_draft(new, today);
    draft.public.recovery.admins = admins(&people.recovery);
    // The proposals of the user research, for agencies to agree on.
    let _said = Rules::from_toml(RULES).expect("a test reads it").put_into(&mut draft);
    for words in words::all(today) {
        admin::set_words(&mut draft, words);
    }
    sign(draft, people)
}

/// Publishes version 0, then the members, then the keys that they have made.
pub(super) async fn publish_all(
    client: &Client,
    people: &People,
    first: &SignedVersion,
    genesis: &Sha256Hash,
    clock: &Arc<dyn Clock>,
) -> Result<(), DemoError> {
    let zero = verify_first(first, genesis)?;
    client.publish(first).await?;

    let mut draft = admin::next_draft(&zero, clock.today(), GOOD_FOR_DAYS);
    for member in &people.members {
        admin::add_member(&mut draft, member.member())?;
    }
    let one = publish(client, &zero, draft, people).await?;

    for pair in people.members.chunks(2) {
        let [maker, second] = pair else { unreachable!("every agency of the demo has two members") };
        let (maker_member, second_member) = (maker.member(), second.member());
        let (client, today) = (maker.client(Arc::clone(clock))?, clock.today());
        agency_keys::rotate(&client, &one, &maker_member, &maker.identity, today).await?;
        let client = second.client(Arc::clone(clock))?;
        agency_keys::confirm(&client, &one, &second_member, &second.identity, today).await?;
    }
    let mut draft = admin::next_draft(&one, clock.today(), GOOD_FOR_DAYS);
    admin::take_agency_keys(&mut draft, &client.secrets().await?);
    publish(client, &one, with_page(draft)?, people).await?;
    Ok(())
}

/// Publishes the same again with new days, when the newest version has expired.
pub(super) async fn renew_if_expired(
    client: &Client,
    people: &People,
    genesis: &Sha256Hash,
    today: Day,
) -> Result<(), DemoError> {
    let newest = verify_chain(genesis, &client.keyring_from(0).await?)?;
    if newest.check_not_expired(today).is_err() {
        publish(client, &newest, with_page(admin::next_draft(&newest, today, GOOD_FOR_DAYS))?, people).await?;
    }
    Ok(())
}

/// With the hashes of the page that the demo shows, drafts and all.
fn with_page(mut draft: Draft) -> Result<Draft, DemoError> {
    draft.public.pages =
        manifest(&draft.clone().freeze().read()?, Choices { shows_drafts: true, ..Choices::default() })?;
    Ok(draft)
}

async fn publish(client: &Client, before: &Version, draft: Draft, people: &People) -> Result<Version, DemoError> {
    let signed = sign(draft, people);
    let version = verify_next(before, &signed)?;
    client.publish(&signed).await?;
    Ok(version)
}

/// Two admins of two agencies sign.
fn sign(draft: Draft, people: &People) -> SignedVersion {
    let mut version = admin::freeze(draft);
    for admin in people.admins.iter().take(2) {
        version.add_signature(admin.id(), &admin.identity.signing);
    }
    version
}
