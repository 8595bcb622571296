//! What a monitor goes by: the keyring as it is at each round, and never an older or another one.

use super::super::door::Door;
use super::super::site::{Site, today};
use super::Form;
use knothole::desk::admin;
use knothole::desk::chain::Chain;
use knothole::desk::failure::{Exit, Failure};
use knothole::desk::verify::Look;
use knothole::desk::verify::rounds::Rounds;
use knothole::http::page::{Choices, manifest};

#[tokio::test(flavor = "multi_thread")]
async fn a_monitor_goes_by_the_version_that_was_published_since_it_began() {
    let mut form = Form::behind(|_, _| {}).await;
    let mia = &form.site.members[0];
    let (client, genesis) = (mia.client(), admin::hash(&form.site.zero));
    let chain = Chain::update(&mia.profile, genesis, &client).await.unwrap();
    let address = form.address.clone();
    let mut rounds = Rounds { form: &address, proxy: None, profile: &mia.profile, client: Some(&client), chain };
    assert_eq!(rounds.look(&Look::Front).await.unwrap().differences, []);
    assert_eq!(rounds.bring().await.unwrap(), [""; 0]);

    let next = form.site.next(&form.newest, |draft| {
        draft.public.pages = manifest(&draft.clone().freeze().read().unwrap(), Choices::default()).unwrap();
    });
    admin::publish(&form.site.admins[0].client(), &next, Some(&form.newest.read().unwrap())).await.unwrap();
    let stale = rounds.look(&Look::Front).await.unwrap().differences;
    assert_eq!(stale.len(), 1, "{stale:?}");
    let said = rounds.bring().await.unwrap();
    assert_eq!(said, ["version 4 of the keyring is out: from here on the form must show that one"]);
    for look in rounds.looks() {
        assert_eq!(rounds.look(&look).await.unwrap().differences, [], "{look:?}");
    }

    // Without keys it is what other commands on this machine have brought.
    rounds.client = None;
    let bare = form.site.next(&next, |_| ());
    admin::publish(&form.site.admins[0].client(), &bare, Some(&next.read().unwrap())).await.unwrap();
    assert_eq!(rounds.bring().await.unwrap(), [""; 0]);
    Chain::update(&mia.profile, genesis, &client).await.unwrap();
    let said = rounds.bring().await.unwrap();
    assert!(said.len() == 2 && said[1] == "the admins have signed no page with version 5 of the keyring", "{said:?}");
    form.newest = bare;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_that_goes_back_or_becomes_another_is_found_at_the_next_round_and_the_known_one_stays() {
    let (site, door, newest) = Site::at_door().await;
    let mia = &site.members[0];
    let (client, genesis) = (mia.client(), admin::hash(&site.zero));
    let chain = Chain::update(&mia.profile, genesis, &client).await.unwrap();
    let known = chain.newest().hash;
    let address = door.address();
    let mut rounds = Rounds { form: &address, proxy: None, profile: &mia.profile, client: Some(&client), chain };
    let before = door.state().versions.clone();
    let at = before.len() - 1;
    let other = site.next_at(&before[at - 1], today(), |draft| draft.public.expires = draft.public.expires.plus(1));
    assert_eq!(newest, before[at]);
    for shown in [before[..at].to_vec(), [&before[..at], &[other]].concat()] {
        door.state().versions = shown;
        let failure = Failure::from(rounds.bring().await.unwrap_err());
        assert_eq!(failure.exit, Exit::Integrity, "{failure:?}");
        assert_eq!(rounds.chain.newest().hash, known);
    }
    door.state().versions = before;
    assert_eq!(rounds.bring().await.unwrap().len(), 1, "no page was signed");
    elsewhere(&mut rounds, genesis, &door).await;
}

/// Nor does a file help that was put in the place of what this machine knew.
async fn elsewhere(rounds: &mut Rounds<'_>, genesis: knothole::model::hex::Sha256Hash, door: &Door) {
    let path = rounds.profile.cache_dir().join("keyring.json");
    let shorter = serde_json::json!({ "versions": door.state().versions[..1] });
    std::fs::write(&path, shorter.to_string()).unwrap();
    assert!(Chain::load(rounds.profile, genesis).unwrap().is_some());
    rounds.client = None;
    assert_eq!(Failure::from(rounds.bring().await.unwrap_err()).exit, Exit::Integrity);
}

#[tokio::test(flavor = "multi_thread")]
async fn under_a_version_without_a_page_a_monitor_says_that_it_cannot_tell_and_calls_nothing_otherwise() {
    let form = Form::behind(|_, _| {}).await;
    let bare = form.site.next(&form.newest, |_| ());
    admin::publish(&form.site.admins[0].client(), &bare, Some(&form.newest.read().unwrap())).await.unwrap();
    let mia = &form.site.members[0];
    let (client, genesis) = (mia.client(), admin::hash(&form.site.zero));
    let chain = Chain::update(&mia.profile, genesis, &client).await.unwrap();
    let rounds = Rounds { form: &form.address, proxy: None, profile: &mia.profile, client: Some(&client), chain };
    let mut missed = Vec::new();
    for look in rounds.looks() {
        let sight = rounds.look(&look).await.unwrap();
        assert_eq!(sight.differences, [], "{look:?}");
        missed.extend(sight.missed.iter().map(ToString::to_string));
    }
    missed.sort();
    let why = "could not be looked at: the admins have signed no page with version 4 of the keyring, so that nobody can tell whether \
               it is another";
    assert_eq!(missed, [format!("/: {why}"), format!("/en: {why}")]);
    let asked = form.heads.lock().unwrap().iter().filter(|head| head.starts_with("GET /en ")).count();
    assert_eq!(asked, 1, "it goes on looking");
}
