//! Many tips at one command: the work grows with their number and no faster. Counted in requests and in files that are written, not in
//! seconds.

use super::commands::{does, says};
use super::door::{Door, StoredTip};
use super::site::{Site, recipient};
use knothole::desk::failure::Exit;
use rustix::fd::OwnedFd;
use rustix::fs::inotify::{CreateFlags, Reader, WatchFlags, add_watch, init};
use std::mem::MaybeUninit;
use std::path::Path;

const CLOSE: [&str; 8] = ["status", "--to", "closed", "--reason", "junk", "--matching", "wayfair", "--yes"];

/// A member who knows so many tips.
async fn knowing(count: usize) -> (Site, Door) {
    let (site, door, newest) = Site::at_door().await;
    let agencies = [Some(recipient(&newest, 0)), None];
    let tips = (0..count).map(|number| StoredTip::telling(&format!("wayfair {number}"), &agencies));
    door.state().tips.extend(tips);
    does(&site, 0, &["inbox"]).await;
    (site, door)
}

/// What is put in its place in a folder from now on.
struct Written(OwnedFd);

impl Written {
    fn from_now(folder: &Path) -> Self {
        let watch = init(CreateFlags::NONBLOCK).unwrap();
        // With what is made on the way: two that are alike and follow each other would be told as one.
        add_watch(&watch, folder, WatchFlags::CREATE | WatchFlags::MOVED_TO).unwrap();
        Self(watch)
    }

    /// How many files of a name that begins so.
    fn count(&self, begins: &str) -> usize {
        let mut buffer = [MaybeUninit::uninit(); 4096];
        let mut reader = Reader::new(&self.0, &mut buffer);
        let mut found = 0;
        while let Ok(event) = reader.next() {
            let name = event.file_name().unwrap().to_str().unwrap();
            found += usize::from(name.starts_with(begins));
        }
        found
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn to_close_many_writes_as_many_files_as_to_close_two_and_asks_once_more_for_each_event() {
    let mut found = Vec::new();
    for count in [2, 9] {
        let (site, door) = knowing(count).await;
        let profile = &site.members[0].profile;
        let (own, segments) =
            (Written::from_now(profile.dir()), Written::from_now(&profile.cache_dir().join("segments")));
        let before = door.state().asked.len();
        let said = does(&site, 0, &CLOSE).await;
        assert_eq!(said.lines().filter(|line| line.ends_with(": closed")).count(), count, "{said}");
        let asked = door.state().asked[before..].to_vec();
        let posts = asked.iter().filter(|line| line.starts_with("POST") && line.ends_with("/events")).count();
        assert_eq!(posts, 2 * count, "it was opened, it was closed");
        found.push((asked.len() - posts, own.count("outbox"), segments.count("0")));
    }
    assert_eq!(found[0], found[1], "other requests, times that the outbox was written, segments");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_server_the_outbox_is_written_once_for_all() {
    let (site, door) = knowing(9).await;
    drop(door);
    let own = Written::from_now(site.members[0].profile.dir());
    let said = says(&site, 0, &CLOSE).await;
    assert_eq!((said.exit, said.out.lines().count()), (Exit::Network, 9), "{said:?}");
    assert_eq!(own.count("outbox"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_refuses_for_good_on_one_tip_keeps_no_other_back() {
    let (site, door) = knowing(3).await;
    let refused = door.state().tips[1].id;
    door.state().refuses_events = Some(refused);
    let said = says(&site, 0, &CLOSE).await;
    assert_eq!((said.exit, said.out.lines().count()), (Exit::NoKey, 2), "{said:?}");
    assert!(!said.out.contains(&refused.prefix(4)) && said.notes.contains(&refused.to_string()), "{said:?}");
    assert_eq!(door.state().events.len(), 4, "opened and closed, of two");
    let inbox = does(&site, 0, &["inbox"]).await;
    assert!(inbox.contains(&refused.prefix(4)) && inbox.contains("2 closed or passed on"), "{inbox}");
}
