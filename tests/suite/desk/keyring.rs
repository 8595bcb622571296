//! What `desk` does when the server shows a keyring that is not the one it should be.

use super::door::StoredTip;
use super::flow::synced;
use super::site::{Site, recipient};
use knothole::crypto::keyring::KeyringError;
use knothole::desk::chain::{Chain, ChainError};
use knothole::desk::sync::SyncError;

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
