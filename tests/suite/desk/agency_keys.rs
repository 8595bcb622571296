//! Agency keys when somebody of the agency, or the server, is not honest about them.

use super::commands::run;
use super::door::{Door, StoredTip};
use super::flow::{stories, synced};
use super::site::{Person, Site, recipient, today};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::crypto::file;
use knothole::crypto::hybrid::HybridIdentity;
use knothole::crypto::keyring::{AgencyKeyName, AgencyStatus, KeyringError, SignedVersion};
use knothole::desk::admin::{self, AdminError};
use knothole::desk::agency_keys::{self, Fault, KeyError, Why, open_own};
use knothole::desk::sync::Lost;
use knothole::model::agency::AgencyNumber;
use knothole::wire::{KeyRecord, NewKey, NewOpened, OpenedRecord, SealedCopy};

/// A site whose agency 0 has a third member by this name.
async fn with_third(id: &str) -> (Site, Door, SignedVersion, Person) {
    let (site, door, two) = Site::at_door().await;
    let third = site.newcomer(id, 0);
    let three = site.next(&two, |draft| admin::add_member(draft, third.as_member()).unwrap());
    door.state().versions.push(three.clone());
    (site, door, three, third)
}

/// What somebody stores who signs truly, and seals this text to others.
fn record(maker: &Person, name: &AgencyKeyName, copies: &[(&Person, &str)]) -> KeyRecord {
    let seal = |&(person, text): &(&Person, &str)| SealedCopy {
        member: person.as_member().id,
        sealed: STANDARD.encode(file::seal(&person.identity.hybrid.to_recipient(), text.as_bytes())),
    };
    let mut sealed_to: Vec<_> = copies.iter().map(|(person, _)| person.as_member().id).collect();
    sealed_to.sort();
    let signature = name.sign_made(&sealed_to, &maker.identity.signing);
    let key = NewKey { name: name.clone(), sealed_to, signature, copies: copies.iter().map(seal).collect() };
    KeyRecord { member: maker.as_member().id, key }
}

/// Puts it where the server's order of agency, epoch and author puts it.
fn store(door: &Door, record: KeyRecord) {
    let keys = &mut door.state().secrets.keys;
    keys.push(record);
    keys.sort_by_key(|record| (record.key.name.agency, record.key.name.epoch, record.member.clone()));
}

fn false_text(epoch: u32) -> String {
    format!("# knothole agency 0 epoch {epoch}\n{}\n", *HybridIdentity::from_seed([4; 32]).expose_text())
}

/// The name of the key that is in use, and of one that nobody has.
fn names(newest: &SignedVersion) -> (AgencyKeyName, AgencyKeyName) {
    let name = |epoch, recipient: String| AgencyKeyName { agency: AgencyNumber(0), epoch, recipient };
    (name(1, recipient(newest, 0).to_string()), name(2, "not-a-recipient".to_owned()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_false_copy_beside_a_true_one_harms_nobody() {
    for corrupt in ["ken", "zoe"] {
        let (site, door, newest, corrupt) = with_third(corrupt).await;
        let (mia, ned) = (&site.members[0], &site.members[1]);
        store(&door, record(&corrupt, &names(&newest).0, &[(mia, "nothing"), (ned, &false_text(1))]));
        door.state().tips.push(StoredTip::telling("one", &[Some(recipient(&newest, 0)), None]));
        for member in [mia, ned] {
            let (done, known) = synced(member).await.unwrap();
            assert_eq!((stories(&known), done.faults, done.missing_epochs), (vec!["one"], vec![], vec![]));
            assert_eq!(run(&site, member, &["inbox"]).status.code(), Some(0));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_every_copy_is_false_the_inbox_says_whose_they_are_and_opens_the_rest() {
    let (site, door, two) = Site::at_door().await;
    let (mia, ned) = (&site.members[0], &site.members[1]);
    let version = two.read().unwrap();
    agency_keys::rotate(&mia.client(), &version, &mia.as_member(), &mia.identity, today()).await.unwrap();
    agency_keys::confirm(&ned.client(), &version, &ned.as_member(), &ned.identity, today()).await.unwrap();
    let secrets = site.admins[0].client().secrets().await.unwrap();
    let three = site.next(&two, |draft| drop(admin::take_agency_keys(draft, &secrets)));
    door.state().versions.push(three.clone());
    door.state().tips = vec![
        StoredTip::telling("old key", &[Some(recipient(&two, 0)), None]),
        StoredTip::telling("new key", &[Some(recipient(&three, 0)), None]),
    ];
    let at = door.state().secrets.keys.iter().position(|record| record.key.name.epoch == 2).unwrap();
    let stored = door.state().secrets.keys[at].key.clone();
    let true_copy = stored.copies.iter().find(|copy| copy.member == "ned").unwrap();
    let opened = file::open(&ned.identity.hybrid, &STANDARD.decode(&true_copy.sealed).unwrap()).unwrap();
    let other_epoch = std::str::from_utf8(&opened).unwrap().replace("epoch 2", "epoch 1");
    for text in [false_text(2).as_str(), &other_epoch, "nothing"] {
        door.state().secrets.keys[at] = record(mia, &stored.name, &[(ned, text)]);
        let (done, known) = synced(ned).await.unwrap();
        assert_eq!(done.faults, [Fault { epoch: 2, by: "mia".into(), why: Why::FalseCopy }]);
        assert_eq!((stories(&known), done.missing_epochs, done.lost), (vec!["old key"], vec![2], None));
    }
    let done = run(&site, ned, &["inbox"]);
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(
        said.contains("passed over key 2 of \"mia\" (your copy of it is false: by them, or the server changed it)"),
        "{said}"
    );
    assert_eq!(done.status.code(), Some(0));
}

#[tokio::test]
async fn one_members_pending_key_does_not_stop_the_others() {
    for corrupt in ["ken", "zoe"] {
        for is_removed in [false, true] {
            let (site, door, mut newest, corrupt) = with_third(corrupt).await;
            let (mia, ned) = (&site.members[0], &site.members[1]);
            let bad = names(&newest).1;
            store(&door, record(&corrupt, &bad, &[(&corrupt, "nothing")]));
            let mut why = Why::NoCopy;
            if is_removed {
                // A key that is as good as any but for who made it.
                let version = newest.read().unwrap();
                door.state().secrets.keys.retain(|record| record.key.name.epoch == 1);
                let (client, member) = (corrupt.client(), corrupt.as_member());
                agency_keys::rotate(&client, &version, &member, &corrupt.identity, today()).await.unwrap();
                newest = site.next(&newest, |draft| draft.staff.members.retain(|other| other.id != member.id));
                door.state().versions.push(newest.clone());
                why = Why::NotAReader;
            }
            let fault = Fault { epoch: 2, by: corrupt.as_member().id, why };
            let version = newest.read().unwrap();
            let nothing = agency_keys::confirm(&ned.client(), &version, &ned.as_member(), &ned.identity, today()).await;
            assert!(matches!(nothing, Err(KeyError::NoneGood(faults)) if faults == [fault.clone()]));
            let made = agency_keys::rotate(&mia.client(), &version, &mia.as_member(), &mia.identity, today()).await;
            let made = made.unwrap();
            assert_eq!(made.passed_over, std::slice::from_ref(&fault));
            door.state().secrets.keys.sort_by_key(|record| (record.key.name.epoch, record.member.clone()));
            let said = agency_keys::confirm(&ned.client(), &version, &ned.as_member(), &ned.identity, today()).await;
            let said = said.unwrap();
            assert_eq!((said.done, said.passed_over), (vec![made.done.clone()], vec![fault]));
            let secrets = site.admins[0].client().secrets().await.unwrap();
            site.next(&newest, |draft| {
                assert_eq!(admin::take_agency_key(draft, &secrets, AgencyNumber(0)).unwrap(), made.done);
            });
        }
    }
}

#[tokio::test]
async fn a_key_that_its_maker_has_not_signed_or_that_comes_with_a_false_copy_does_not_count_as_made() {
    let (site, door, newest, ken) = with_third("ken").await;
    let (mia, ned) = (&site.members[0], &site.members[1]);
    let bad = names(&newest).1;
    let version = newest.read().unwrap();
    let rotate = || async {
        agency_keys::rotate(&mia.client(), &version, &mia.as_member(), &mia.identity, today())
            .await
            .unwrap()
            .passed_over
    };
    let in_neds_name = KeyRecord { member: ned.as_member().id, ..record(&ken, &bad, &[(mia, "nothing")]) };
    for (stored, why) in
        [(in_neds_name, Why::BadSignature), (record(&ken, &bad, &[(mia, &false_text(2))]), Why::FalseCopy)]
    {
        let by = stored.member.clone();
        door.state().secrets.keys.retain(|record| record.key.name.epoch == 1);
        store(&door, stored);
        assert_eq!(rotate().await, [Fault { epoch: 2, by, why }]);
    }
}

#[tokio::test]
async fn whoever_brings_an_old_key_as_the_next_one_is_named_and_stops_nobody() {
    let (site, door, newest, ken) = with_third("ken").await;
    let (mia, ned) = (&site.members[0], &site.members[1]);
    let version = newest.read().unwrap();
    let secrets = mia.client().secrets().await.unwrap();
    let old = open_own(&version, &mia.as_member(), &mia.identity, &secrets).keys.remove(0);
    let again = AgencyKeyName { epoch: 2, ..names(&newest).0 };
    let text = format!("# knothole agency 0 epoch 2\n{}\n", *old.expose_text());
    store(&door, record(&ken, &again, &[(mia, &text), (ned, &text), (&ken, &text)]));
    let opened = NewOpened { name: again.clone(), signature: again.sign_opened(&mia.identity.signing) };
    door.state().secrets.opened.push(OpenedRecord { member: "mia".into(), opened });

    let secrets = site.admins[0].client().secrets().await.unwrap();
    let _draft = site.next(&newest, |draft| {
        let taken = admin::take_agency_key(draft, &secrets, AgencyNumber(0));
        assert!(matches!(taken, Err(AdminError::NoKeyReady(_))), "{taken:?}");
    });
    let fault = Fault { epoch: 2, by: "ken".into(), why: Why::UsedBefore };
    let said = agency_keys::confirm(&ned.client(), &version, &ned.as_member(), &ned.identity, today()).await;
    assert!(matches!(said, Err(KeyError::NoneGood(faults)) if faults == [fault.clone()]));
    let made = agency_keys::rotate(&mia.client(), &version, &mia.as_member(), &mia.identity, today()).await;
    assert_eq!(made.unwrap().passed_over, [fault]);
}

#[tokio::test]
async fn a_key_that_was_made_for_somebody_who_is_out_now_is_confirmed_by_nobody_and_made_again() {
    let (site, door, newest, _ken) = with_third("ken").await;
    let (mia, ned) = (&site.members[0], &site.members[1]);
    let version = newest.read().unwrap();
    agency_keys::rotate(&mia.client(), &version, &mia.as_member(), &mia.identity, today()).await.unwrap();
    let next = site.next(&newest, |draft| draft.staff.members.retain(|member| member.id != "ken"));
    door.state().versions.push(next.clone());
    let version = next.read().unwrap();
    let fault = Fault { epoch: 2, by: "mia".into(), why: Why::MadeForOneOut("ken".into()) };
    let said = agency_keys::confirm(&ned.client(), &version, &ned.as_member(), &ned.identity, today()).await;
    assert!(matches!(said, Err(KeyError::NoneGood(faults)) if faults == [fault.clone()]));
    let made = agency_keys::rotate(&mia.client(), &version, &mia.as_member(), &mia.identity, today()).await.unwrap();
    assert_eq!(made.passed_over, std::slice::from_ref(&fault));
    let said = agency_keys::confirm(&ned.client(), &version, &ned.as_member(), &ned.identity, today()).await.unwrap();
    assert_eq!((said.done, said.passed_over), (vec![made.done], vec![fault]));
}

#[tokio::test]
async fn a_new_key_is_sealed_to_readers_only() {
    let (site, door, newest, _ken) = with_third("ken").await;
    let mia = &site.members[0];
    let next = site.next(&newest, |draft| {
        let ken = draft.staff.members.iter_mut().find(|member| member.id == "ken");
        ken.unwrap().roles.clear();
    });
    let version = next.read().unwrap();
    agency_keys::rotate(&mia.client(), &version, &mia.as_member(), &mia.identity, today()).await.unwrap();
    let state = door.state();
    let copies = &state.secrets.keys.last().unwrap().key.copies;
    assert_eq!(copies.iter().map(|copy| copy.member.as_str()).collect::<Vec<_>>(), ["mia", "ned"]);
}

#[tokio::test]
async fn under_an_expired_keyring_no_key_is_made_or_confirmed() {
    let (site, door, newest) = Site::at_door().await;
    let (mia, ned) = (&site.members[0], &site.members[1]);
    let version = newest.read().unwrap();
    let late = version.public.expires.plus(1);
    let expired = |error| matches!(error, KeyError::Keyring(KeyringError::Expired(_)));
    let made = agency_keys::rotate(&mia.client(), &version, &mia.as_member(), &mia.identity, late).await;
    assert!(expired(made.unwrap_err()));
    agency_keys::rotate(&mia.client(), &version, &mia.as_member(), &mia.identity, today()).await.unwrap();
    let said = agency_keys::confirm(&ned.client(), &version, &ned.as_member(), &ned.identity, late).await;
    assert!(expired(said.unwrap_err()));
    assert_eq!(door.state().secrets.opened.iter().filter(|said| said.opened.name.epoch == 2).count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn losing_every_key_is_no_quiet_day() {
    let (site, door, newest) = Site::at_door().await;
    let mia = &site.members[0];
    assert_eq!(synced(mia).await.unwrap().0.lost, None); // no tip has come yet
    let copies = std::mem::take(&mut door.state().secrets.keys);
    assert_eq!(synced(mia).await.unwrap().0.lost, Some(Lost::All));
    let done = run(&site, mia, &["inbox", "--json"]);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!((done.status.code(), done.stdout), (Some(7), b"{\"tips\":[],\"unreadable\":[]}\n".to_vec()));
    assert!(said.contains("every key with which this desk could open tips is gone"), "{said}");
    assert!(said.contains("--offline"), "{said}");
    assert_eq!(run(&site, mia, &["show", "T-7777"]).status.code(), Some(7));
    assert_eq!(run(&site, mia, &["inbox", "--offline"]).status.code(), Some(0));

    door.state().secrets.keys = copies;
    assert_eq!(synced(mia).await.unwrap().0.lost, None);
    let closed = site.next(&newest, |draft| {
        draft.public.agencies[0].status = AgencyStatus::Closed;
        draft.staff.agency_keys[0].retired = Some(today());
    });
    door.state().versions.push(closed);
    assert_eq!(synced(mia).await.unwrap().0.lost, Some(Lost::All));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_lost_key_of_two_is_told_until_it_is_back_and_a_retired_one_is_not() {
    let (site, door, two) = Site::at_door().await;
    let (mia, ned) = (&site.members[0], &site.members[1]);
    let version = two.read().unwrap();
    agency_keys::rotate(&mia.client(), &version, &mia.as_member(), &mia.identity, today()).await.unwrap();
    agency_keys::confirm(&ned.client(), &version, &ned.as_member(), &ned.identity, today()).await.unwrap();
    let secrets = site.admins[0].client().secrets().await.unwrap();
    let three = site.next(&two, |draft| drop(admin::take_agency_keys(draft, &secrets)));
    door.state().versions.push(three.clone());
    assert_eq!(synced(mia).await.unwrap().0.lost, None);
    let copy = door.state().secrets.keys.remove(0);
    assert_eq!(copy.key.name.epoch, 1);
    door.state().tips.push(StoredTip::telling("new key", &[Some(recipient(&three, 0)), None]));
    for _ in 0..2 {
        let (done, known) = synced(mia).await.unwrap();
        assert_eq!((done.lost, stories(&known)), (Some(Lost::Some(vec![1])), vec!["new key"]));
    }
    let done = run(&site, mia, &["inbox", "--json"]);
    assert_eq!(done.status.code(), Some(7));
    assert!(String::from_utf8(done.stdout).unwrap().contains("new key"));
    let four = site.next(&three, |draft| draft.staff.agency_keys[0].retired = Some(today()));
    door.state().versions.push(four);
    assert_eq!(synced(mia).await.unwrap().0.lost, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_something_turns_out_false_the_way_to_what_is_known_is_told() {
    let (site, door, _) = Site::at_door().await;
    let mia = &site.members[0];
    synced(mia).await.unwrap();
    door.state().versions.pop();
    let done = run(&site, mia, &["inbox"]);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(7));
    assert!(said.contains("; `--offline` shows what this machine knows"), "{said}");
}
