//! The end of a tip, by desks at the true server: two agree, its days pass, and neither the server nor any desk has it any more.

use super::commands::says_at;
use super::nowhere::below;
use super::site::NOW;
use super::true_site::TrueSite;
use crate::support::files::files_under;
use knothole::desk::failure::Exit;
use memchr::memmem;

const DAY: u64 = 86_400;
const STORY: &str = "in the blue house behind the mill";

async fn does(it: &TrueSite, member: usize, now: u64, words: &[&str]) -> String {
    let said = says_at(&it.site, member, now, words).await;
    assert_eq!(said.exit, Exit::Ok, "{words:?}: {said:?}");
    said.out + &said.notes
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_members_agreed_to_delete_is_gone_from_the_server_and_from_every_desk_once_its_days_are_over() {
    let it = TrueSite::open().await;
    let tip = it.send(STORY, &it.newest, &[0]).await.to_string();
    let stays = it.send("another one stays", &it.newest, &[0]).await.to_string();
    for member in [0, 1] {
        assert!(does(&it, member, NOW, &["inbox"]).await.contains("blue house"));
    }
    does(&it, 0, NOW, &["note", &tip, "-m", "he asked us to forget it"]).await;
    let confirm = format!("T-{}", &tip[..4]);
    let ask = ["delete", &tip, "--reason", "the source asked for it", "--confirm", &confirm];
    does(&it, 0, NOW, &ask).await;
    does(&it, 1, NOW, &["inbox"]).await;
    does(&it, 1, NOW, &ask).await;
    assert!(does(&it, 0, NOW, &["inbox"]).await.contains("will be deleted unless someone objects"));
    does(&it, 2, NOW, &["inbox"]).await; // who does not hold it sees that there is a notice, and whether it is theirs

    let sealed: Vec<u8> =
        it.database().query_row("select letter from tip where seq = 1", [], |row| row.get(0)).unwrap();
    let lies_there = |it: &TrueSite| {
        let files = files_under(it.dir.path());
        files.iter().any(|(_, bytes)| memmem::find(bytes, &sealed[1_000..1_200]).is_some())
    };
    assert!(lies_there(&it), "the search looks where letters are");
    let it = it.again_at(NOW + 13 * DAY).await;
    assert!(does(&it, 0, NOW + 13 * DAY, &["inbox"]).await.contains("blue house"), "its days are not over");
    // Each agency says that its own days are over; then the server deletes, within minutes, or when it starts.
    let it = it.again_at(NOW + 15 * DAY).await;
    for member in [0, 2] {
        does(&it, member, NOW + 15 * DAY, &["inbox"]).await;
    }
    let it = it.again_at(NOW + 15 * DAY).await;
    assert_eq!(it.number("select count(*) from tip"), 1);
    for member in [0, 1] {
        let listed = does(&it, member, NOW + 15 * DAY, &["inbox"]).await;
        assert!(listed.contains("another one stays") && !listed.contains("blue house"), "{listed}");
        assert_eq!(says_at(&it.site, member, NOW + 15 * DAY, &["show", &tip]).await.exit, Exit::NotFound);
        does(&it, member, NOW + 15 * DAY, &["show", &stays]).await;
    }
    assert!(!lies_there(&it), "no byte of its letter is left in any file of the server");
    assert!(below(it.site.members[0].profile.dir()).len() > 1);
}
