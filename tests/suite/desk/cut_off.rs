//! Commands about keys whose network goes away at any request: before the server has it, or before its answer comes. Nothing is lost
//! by that, and the same command goes on.

use super::commands::{Said, says_at};
use super::retiring::{LATER, old_copies, unneeded};
use super::site::{NOW, PASSPHRASE};
use super::true_site::TrueSite;
use age::secrecy::SecretString;
use knothole::clock::{Clock as _, FixedClock};
use knothole::desk::admin;
use knothole::desk::failure::Exit;
use knothole::http::accept::Address;
use knothole::model::agency::AgencyNumber;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What is said of agencies' keys.
const SECRETS: &str = "POST /v1/secrets ";

/// Stands between a desk and the staff door, and lets one request end nowhere.
struct Cutter {
    address: String,
    asked: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

/// At which request of those whose first line begins so, and whether the server still gets it.
#[derive(Clone, Copy)]
struct Cut {
    of: &'static str,
    at: usize,
    is_after: bool,
}

impl Cutter {
    async fn before(door: SocketAddr, cut: Cut) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(pass_on(stream, door, cut, Arc::clone(&count)));
            }
        });
        Self { address, asked, task }
    }
}

impl Drop for Cutter {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One request a connection.
async fn pass_on(mut stream: TcpStream, door: SocketAddr, cut: Cut, asked: Arc<AtomicUsize>) {
    let mut request = Vec::new();
    let (head, body) = loop {
        let mut piece = [0; 4096];
        let read = stream.read(&mut piece).await.unwrap_or(0);
        if read == 0 {
            return;
        }
        request.extend_from_slice(&piece[..read]);
        let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = std::str::from_utf8(&request[..end]).unwrap().to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
        if request.len() >= end + 4 + length {
            break (request[..end].to_vec(), request[end..].to_vec());
        }
    };
    let is_meant = head.starts_with(cut.of.as_bytes());
    let is_cut = is_meant && asked.fetch_add(1, SeqCst) == cut.at;
    if is_cut && !cut.is_after {
        return;
    }
    let mut server = TcpStream::connect(door).await.unwrap();
    server.write_all(&[&head, b"\r\nconnection: close".as_slice(), &body].concat()).await.unwrap();
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).await.unwrap();
    if !is_cut {
        let _gone = stream.write_all(&answer).await;
    }
}

/// Runs a member's command again and again, each time cut off one request later, and looks at what is left each time: first at those
/// that `first` begins, since what fails before them may be passed over and the command come to its end, then at all. Gives what it says
/// at last, when it comes to its end before it is cut off, and how many requests that took.
async fn cut_off_everywhere(
    it: &mut TrueSite,
    first: &'static str,
    whose: (usize, u64, &[&str]),
    mut look: impl AsyncFnMut(&TrueSite),
) -> (Said, usize) {
    let (_, asked) = cut_off_at_each(it, first, whose, &mut look).await;
    assert!(asked > 0, "none of the requests is {first}");
    cut_off_at_each(it, "", whose, &mut look).await
}

/// The same at those alone whose first line begins so; how many of these there were.
async fn cut_off_at_each(
    it: &mut TrueSite,
    of: &'static str,
    (member, now, words): (usize, u64, &[&str]),
    look: &mut impl AsyncFnMut(&TrueSite),
) -> (Said, usize) {
    let Address::Tcp(door) = *it.server.staff() else { panic!("tests use TCP") };
    let mut most = 0;
    for at in 0.. {
        for is_after in [false, true] {
            let cutter = Cutter::before(door, Cut { of, at, is_after }).await;
            it.site.members[member].profile.set_server(&cutter.address, None).unwrap();
            let said = says_at(&it.site, member, now, words).await;
            it.site.members[member].profile.set_server(&format!("http://{door}"), None).unwrap();
            look(it).await;
            let asked = cutter.asked.load(SeqCst);
            most = most.max(asked);
            if asked <= at {
                return (said, most);
            }
            assert!(matches!(said.exit, Exit::Ok | Exit::Network), "at {at}, {is_after}: {said:?}");
        }
    }
    unreachable!("it ends at some request")
}

/// That somebody still reads what they read before.
async fn reads(it: &TrueSite, member: usize, now: u64) {
    let inbox = says_at(&it.site, member, now, &["inbox"]).await;
    assert!(inbox.exit == Exit::Ok && inbox.out.contains("one"), "{inbox:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_key_whose_makers_network_goes_away_anywhere_is_made_once_and_confirmed() {
    let mut it = TrueSite::open().await;
    it.send("one", &it.newest, &[0]).await;
    let made = "select count(distinct recipient) from agency_key where agency = 0 and epoch = 2";
    let whole = "select count(*) from agency_key_copy where agency = 0 and epoch = 2";
    let (last, asked) = cut_off_everywhere(&mut it, SECRETS, (0, NOW, &["keys", "rotate"]), async |it: &TrueSite| {
        assert!(matches!((it.number(made), it.number(whole)), (0, 0) | (1, 2)), "all of it or nothing");
    })
    .await;
    reads(&it, 1, NOW).await;
    assert!(last.exit == Exit::Conflict && last.notes.contains("\"mia\" has made the key of epoch 2"), "{last:?}");
    assert!(asked > 2, "{asked}");
    let (last, _) =
        cut_off_everywhere(&mut it, SECRETS, (1, NOW, &["keys", "confirm"]), async |it| reads(it, 0, NOW).await).await;
    assert!(last.exit == Exit::Ok && last.out.starts_with("your copy of key 2 of agency 0 opens"), "{last:?}");
    let secrets = it.site.admins[0].client().secrets().await.unwrap();
    it.publish(NOW, |draft| drop(admin::take_agency_key(draft, &secrets, AgencyNumber(0)).unwrap())).await;
    for member in [0, 1] {
        reads(&it, member, NOW).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_key_whose_end_is_cut_off_anywhere_is_there_whole_or_gone_and_the_same_command_ends_it() {
    let mut it = unneeded().await;
    let all = old_copies(&it);
    let retire = ["keys", "retire", "1", "--yes"];
    let (first, asked) = cut_off_everywhere(&mut it, SECRETS, (0, LATER, &retire), async |it: &TrueSite| {
        assert_eq!(old_copies(it), all, "one person alone destroys nothing, however often");
    })
    .await;
    reads(&it, 1, LATER).await;
    assert!(first.exit == Exit::Ok && first.out.contains("a second member runs"), "{first:?}");
    assert!(asked > 5, "{asked}");
    let (last, _) = cut_off_everywhere(&mut it, SECRETS, (1, LATER, &retire), async |it: &TrueSite| {
        assert!([0, all].contains(&old_copies(it)));
    })
    .await;
    assert!(last.exit == Exit::Ok && last.out.starts_with("key 1 of agency 0 is retired"), "{last:?}");
    assert_eq!(old_copies(&it), 0);
    let secrets = it.site.admins[0].client_at(LATER).secrets().await.unwrap();
    let (before, today) = (it.newest.read().unwrap(), FixedClock(LATER).today());
    it.publish(LATER, |draft| assert_eq!(admin::take_retired(draft, &secrets, &before, today).len(), 1)).await;
    for member in [0, 1] {
        reads(&it, member, LATER).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_rolls_while_the_network_goes_away_anywhere_is_told_once_and_loses_nothing() {
    let mut it = TrueSite::open().await;
    it.send("one", &it.newest, &[0]).await;
    reads(&it, 0, NOW).await;
    for (day, first) in [(14, "POST /v1/recipients "), (17, "GET /v1/recipients ")] {
        let now = NOW + day * 86_400;
        it = it.again_at(now).await;
        let (last, asked) = cut_off_everywhere(&mut it, first, (0, now, &["inbox"]), async |_: &TrueSite| ()).await;
        assert!(last.exit == Exit::Ok && last.notes.is_empty() && asked > 5, "{last:?}");
        assert_eq!(it.number("select count(*) from member_roll"), 1);
        std::fs::remove_dir_all(it.site.members[0].profile.cache_dir()).unwrap();
        reads(&it, 0, now).await;
    }
    let keys = it.site.members[0].profile.unlock(&SecretString::from(PASSPHRASE)).unwrap();
    assert!(keys.older.is_none() && keys.recipient() != it.site.members[0].identity.recipient());
}
