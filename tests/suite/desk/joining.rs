//! Somebody who joins an agency: what came before reads for them once it was sealed again, however much of it there is.

use super::commands::{Said, says_at};
use super::flow::{stories, synced};
use super::site::NOW;
use super::true_site::TrueSite;
use knothole::desk::admin;
use knothole::desk::failure::Exit;
use knothole::model::agency::AgencyNumber;

async fn keys(it: &TrueSite, member: usize, verb: &str) -> Said {
    let said = says_at(&it.site, member, NOW, &["keys", verb]).await;
    assert_eq!(said.exit, Exit::Ok, "{verb}: {said:?}");
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_joined_reads_what_came_before_once_it_was_sealed_again() {
    const BEFORE: usize = 70; // more than a sync reads again of the list's end
    let mut it = TrueSite::open().await;
    for number in 0..BEFORE {
        it.send(&format!("tip {number}"), &it.newest, &[0]).await;
    }
    let olga = it.site.newcomer("olga", 0);
    it.publish(NOW, |draft| admin::add_member(draft, olga.as_member()).unwrap()).await;
    keys(&it, 0, "rotate").await;
    keys(&it, 1, "confirm").await;
    let secrets = it.site.admins[0].client().secrets().await.unwrap();
    it.publish(NOW, |draft| drop(admin::take_agency_key(draft, &secrets, AgencyNumber(0)).unwrap())).await;
    it.send("after", &it.newest, &[0]).await;
    assert_eq!(stories(&synced(&olga).await.unwrap().1), ["after"]);
    keys(&it, 0, "reseal").await;
    assert_eq!(
        stories(&synced(&olga).await.unwrap().1),
        ["after"],
        "the old ones stay until a second member has looked"
    );
    keys(&it, 1, "reseal").await;
    let (done, known) = synced(&olga).await.unwrap();
    assert_eq!((stories(&known).len(), done.lost), (BEFORE + 1, None));
}
