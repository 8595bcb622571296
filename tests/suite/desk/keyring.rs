//! What `desk` does when the server shows a keyring that is not the one it should be.

use super::commands::says;
use super::door::StoredTip;
use super::flow::synced;
use super::site::{Site, recipient, today};
use knothole::crypto::keyring::{Agency, Draft, KeyringError, ShareHolder, SignedVersion};
use knothole::desk::admin;
use knothole::desk::chain::{Chain, ChainError};
use knothole::desk::failure::Exit;
use knothole::desk::sync::SyncError;
use knothole::model::agency::AgencyNumber;

fn chain_error(error: SyncError) -> ChainError {
    match error {
        SyncError::Chain(error) => error,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_server_that_goes_back_to_an_older_keyring_is_refused_and_what_is_known_stays() {
    let (site, door, _) = Site::at_door().await;
    let mia = &site.members[0];
    synced(mia).await.unwrap();
    door.state().versions.pop();
    let error = chain_error(synced(mia).await.err().unwrap());
    assert!(matches!(error, ChainError::Lost(2)), "{error}");
    let genesis = mia.profile.site().unwrap().genesis;
    assert_eq!(Chain::load(&mia.profile, genesis).unwrap().unwrap().newest().public.version, 2);
}

#[tokio::test]
async fn a_profile_whose_cache_was_cleared_away_still_takes_no_older_keyring() {
    let (site, door, _) = Site::at_door().await;
    let mia = &site.members[0];
    synced(mia).await.unwrap();
    let newest = door.state().versions.pop().unwrap();
    std::fs::remove_dir_all(mia.profile.cache_dir()).unwrap();
    let error = chain_error(synced(mia).await.err().unwrap());
    assert!(matches!(error, ChainError::Lost(2)), "{error}");
    let before = door.state().versions[1].clone();
    let other = site.next(&before, |draft| draft.public.recovery.delay_days = 1);
    door.state().versions.push(other);
    let error = chain_error(synced(mia).await.err().unwrap());
    assert!(matches!(error, ChainError::Keyring(KeyringError::Fork(2))), "{error}");
    door.state().versions.clear();
    let error = chain_error(synced(mia).await.err().unwrap());
    assert!(matches!(error, ChainError::Lost(2)), "{error}");
    door.state().versions = vec![site.zero.clone(), before, newest];
    synced(mia).await.unwrap();
}

#[tokio::test]
async fn another_version_of_the_same_number_is_a_fork() {
    let (site, door, _) = Site::at_door().await;
    synced(&site.members[0]).await.unwrap();
    let before = door.state().versions[1].clone();
    door.state().versions[2] = site.next(&before, |draft| draft.public.recovery.delay_days = 1);
    let error = chain_error(synced(&site.members[0]).await.err().unwrap());
    assert!(matches!(error, ChainError::Keyring(KeyringError::Fork(2))), "{error}");
}

#[tokio::test]
async fn another_sites_keyring_is_refused() {
    let (site, door, _) = Site::at_door().await;
    door.state().versions = vec![Site::new("http://127.0.0.1:1").zero];
    let error = chain_error(synced(&site.members[0]).await.err().unwrap());
    assert!(matches!(error, ChainError::Keyring(KeyringError::OtherGenesis(_))), "{error}");
}

#[tokio::test]
async fn a_server_without_a_keyring_is_said_to_have_none() {
    let (site, door, _) = Site::at_door().await;
    door.state().versions.clear();
    let error = chain_error(synced(&site.members[0]).await.err().unwrap());
    assert!(matches!(error, ChainError::NoKeyring), "{error}");
}

#[tokio::test]
async fn a_tip_under_a_version_that_the_server_hides_stops_the_sync_before_it() {
    let (site, door, newest) = Site::at_door().await;
    let agencies = [Some(recipient(&newest, 0)), None];
    let hidden = StoredTip { keyring: 9, ..StoredTip::telling("two", &agencies) };
    door.state().tips = vec![StoredTip::telling("one", &agencies), hidden];
    let error = synced(&site.members[0]).await.err().unwrap();
    assert!(matches!(error, SyncError::HiddenVersion(9)), "{error}");
    door.state().tips[1].keyring = 2;
    assert_eq!(synced(&site.members[0]).await.unwrap().1.tips.len(), 2);
}

/// A version that nobody of ours would sign, signed all the same by these admins.
fn bad(site: &Site, before: &SignedVersion, signers: &[usize], change: impl FnOnce(&mut Draft)) -> SignedVersion {
    let mut draft = admin::next_draft(&before.read().unwrap(), today(), 90);
    change(&mut draft);
    let mut version = draft.freeze();
    for admin in signers.iter().map(|at| &site.admins[*at]) {
        version.add_signature(&admin.as_admin().id, &admin.identity.signing);
    }
    version
}

#[tokio::test(flavor = "multi_thread")]
async fn each_keyring_that_cannot_be_is_refused_in_words_of_its_own_and_nothing_changes() {
    let (site, door, two) = Site::at_door().await;
    let next = |signers: &[usize], change: &dyn Fn(&mut Draft)| bad(&site, &two, signers, change);
    let good = next(&[0, 1], &|_| ());
    let one = door.state().versions[1].clone();
    let chain = |more: SignedVersion| vec![site.zero.clone(), one.clone(), two.clone(), more];
    let mut in_anothers_name = next(&[1], &|_| ());
    in_anothers_name.add_signature("ada", &site.admins[1].identity.signing);
    let mut later_changed = good.clone();
    later_changed.public = later_changed.public.replace("\"delay_days\":30", "\"delay_days\":31");
    let grown = |draft: &mut Draft| {
        let last = draft.public.agencies[1].clone();
        let more =
            (2..=64).map(|number| Agency { number: AgencyNumber(number), recipient: None, epoch: 0, ..last.clone() });
        draft.public.agencies.extend(more);
    };
    let long = |draft: &mut Draft| draft.public.admins[0].id = "a".repeat(65);
    let outside = |draft: &mut Draft| {
        draft.public.agencies[1].share_holders = vec![ShareHolder { name: "a court".into(), agency: None }];
    };
    let backwards = |draft: &mut Draft| draft.public.issued = today().minus(1);
    let bad = [
        (
            vec![site.zero.clone(), one.clone()],
            "no longer shows version 2 of the keyring, which was seen before: rolled back",
        ),
        (
            vec![site.zero.clone(), one.clone(), bad(&site, &one, &[0, 1], |_| ())],
            "does not follow the version before it that was seen here",
        ),
        (
            chain(bad(&site, &one, &[0, 1], |draft| draft.public.version = 3)),
            "version 3 does not follow the version before it",
        ),
        (chain(next(&[0, 1], &|draft| draft.public.version = 4)), "version 4 came where 3 was expected"),
        (chain(next(&[0], &|_| ())), "1 admins signed; 2 must"),
        (chain(in_anothers_name), "the signature in the name of admin \"ada\" is not valid"),
        (chain(later_changed), "the signature in the name of admin \"ada\" is not valid"),
        (chain(next(&[0, 1], &backwards)), "the days of issue and expiry do not fit together"),
        (chain(next(&[0, 1], &grown)), "more than 64 agencies"),
        (chain(next(&[0, 1], &long)), "is no id: up to 64 letters"),
        (chain(next(&[0, 1], &outside)), "agency 1 names holders of its recovery shares"),
    ];
    assert_eq!(says(&site, 0, &["inbox"]).await.exit, Exit::Ok);
    let kept = || std::fs::read(site.members[0].profile.cache_dir().join("keyring.json")).unwrap();
    let before = kept();
    for (versions, words) in bad {
        door.state().versions = versions;
        let refused = says(&site, 0, &["inbox"]).await;
        assert!(refused.exit == Exit::Integrity && refused.notes.contains(words), "{words}: {refused:?}");
        assert_eq!(refused.notes.matches("\nhint: nothing was changed here").count(), 1, "{refused:?}");
        assert!(kept() == before, "{words}");
    }
    door.state().versions = chain(good);
    assert_eq!(says(&site, 0, &["inbox"]).await.exit, Exit::Ok);
    assert!(kept() != before);
}
