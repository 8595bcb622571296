//! One person with two machines: each reads by itself, one alone can be taken out, and the two never count as two people.

use super::commands::{Said, passphrase_file, said_at};
use super::site::{NOW, Person};
use super::true_site::TrueSite;
use knothole::desk::admin;
use knothole::desk::admin::revoke::revoke;
use knothole::desk::client::ClientError;
use knothole::desk::failure::Exit;
use knothole::model::agency::AgencyNumber;

async fn says(it: &TrueSite, person: &Person, words: &[&str]) -> Said {
    let file = passphrase_file(&it.site);
    let start = ["--no-input", "--profile", person.profile.dir().to_str().unwrap(), "--passphrase-file"];
    said_at(NOW, &[&start[..], &[file.to_str().unwrap()], words].concat()).await
}

/// A site where mia has a telephone beside her own machine.
async fn with_phone() -> (TrueSite, Person) {
    let mut it = TrueSite::open().await;
    let phone = it.site.device("mia-phone", "mia", 0);
    it.publish(NOW, |draft| admin::add_member(draft, phone.as_member()).unwrap()).await;
    (it, phone)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_machines_of_one_person_are_one_word_in_whatever_takes_two_people() {
    let (mut it, phone) = with_phone().await;
    let tip = it.send("one", &it.newest, &[0]).await.to_string();

    // The second word for a new key.
    let mia = &it.site.members[0];
    assert_eq!(says(&it, mia, &["keys", "rotate"]).await.exit, Exit::Ok);
    let _said = says(&it, &phone, &["keys", "confirm"]).await;
    let secrets = it.site.admins[0].client().secrets().await.unwrap();
    let before = it.newest.clone();
    let mut is_ready = true;
    let _draft = it.site.next(&before, |draft| {
        is_ready = admin::take_agency_key(draft, &secrets, AgencyNumber(0)).is_ok_and(|_| true)
            && draft.staff.agency_keys.last().is_some_and(|key| key.epoch == 2);
    });
    assert!(!is_ready, "her telephone is no second member");
    assert_eq!(says(&it, &it.site.members[1], &["keys", "confirm"]).await.exit, Exit::Ok);
    let secrets = it.site.admins[0].client().secrets().await.unwrap();
    it.publish(NOW, |draft| drop(admin::take_agency_key(draft, &secrets, AgencyNumber(0)).unwrap())).await;

    // The check of what was sealed again.
    let mia = &it.site.members[0];
    assert_eq!(says(&it, mia, &["keys", "reseal"]).await.exit, Exit::Ok);
    let replaced = "select count(*) from capsule where agency = 0 and epoch = 2";
    let _said = says(&it, &phone, &["keys", "reseal"]).await;
    assert_eq!(it.number(replaced), 0, "it would be her own word for her own work");
    let shown = says(&it, &phone, &["show", &tip]).await;
    assert_ne!(shown.exit, Exit::Ok, "nothing that it has opens what came before it");
    assert_eq!(says(&it, &it.site.members[1], &["keys", "reseal"]).await.exit, Exit::Ok);
    assert_eq!(it.number(replaced), 1);

    // The second word for a deletion.
    assert_eq!(says(&it, &phone, &["inbox"]).await.exit, Exit::Ok);
    let asked = says(&it, mia, &["delete", &tip, "--reason", "a test", "--confirm", &tip]).await;
    assert_eq!(it.number("select count(*) from deletion_request"), 1, "{asked:?}");
    let seconded = says(&it, &phone, &["delete", &tip, "--reason", "a test", "--confirm", &tip]).await;
    assert_ne!(seconded.exit, Exit::Ok, "{seconded:?}");
    assert_eq!(it.number("select count(*) from deletion_notice"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_was_lost_is_taken_out_alone_and_the_other_reads_on() {
    let (mut it, phone) = with_phone().await;
    let mia = &it.site.members[0];
    assert_eq!(says(&it, mia, &["keys", "rotate"]).await.exit, Exit::Ok);
    assert_eq!(says(&it, &it.site.members[1], &["keys", "confirm"]).await.exit, Exit::Ok);
    let secrets = it.site.admins[0].client().secrets().await.unwrap();
    it.publish(NOW, |draft| drop(admin::take_agency_key(draft, &secrets, AgencyNumber(0)).unwrap())).await;
    it.send("for both", &it.newest, &[0]).await;
    for device in [&it.site.members[0], &phone] {
        let read = says(&it, device, &["inbox"]).await;
        assert!(read.out.contains("for both"), "{read:?}");
    }
    it.publish(NOW, |draft| assert_eq!(revoke(draft, "mia-phone", false).unwrap().len(), 1)).await;
    let refused = phone.client().tips_after(0).await.err();
    assert!(matches!(refused, Some(ClientError::NotAccepted)), "{refused:?}");
    it.send("after it", &it.newest, &[0]).await;
    let read = says(&it, &it.site.members[0], &["inbox"]).await;
    assert!(read.out.contains("after it"), "{read:?}");
    assert!(read.notes.contains("\"mia-phone\" was taken out and had your agency's key"), "{read:?}");
}
