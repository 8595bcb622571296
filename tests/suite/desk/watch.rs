//! `desk watch` against a door of our own, with clocks of our own: it rings when it should, says nothing of any tip, and goes on
//! when the network goes away.

use super::commands::{Said, does, passphrase_file, said_at};
use super::door::{Door, StoredTip};
use super::flow::synced_at;
use super::site::{NOW, Site, recipient};
use knothole::crypto::keyring::PriorityRule;
use knothole::desk::cache::Cache;
use knothole::desk::failure::Exit;
use knothole::desk::inbox::{Inbox, Rules, Viewer, waiting::waiting};
use knothole::desk::sync::SyncError;
use knothole::desk::watch::{BLIND, Brought, Ring, Standing, keep};
use std::ops::ControlFlow::{Break, Continue};
use std::path::Path;

const STORY: &str = "in the blue house";

/// A site whose every tip is a P1, with one that was written a quarter of an hour ago.
pub async fn with_p1() -> (Site, Door, String) {
    let (site, door, newest) = Site::at_door().await;
    let every = PriorityRule { level: 1, when: Vec::new(), reason: "every tip of this test".into() };
    let ruled = site.next(&newest, |draft| draft.staff.priority = vec![every]);
    let tip = StoredTip::telling(STORY, &[Some(recipient(&newest, 0)), None]);
    let id = tip.id.prefix(4);
    door.state().versions.push(ruled);
    door.state().tips.push(tip);
    (site, door, id)
}

async fn says(site: &Site, now: u64, words: &[&str]) -> Said {
    let file = passphrase_file(site);
    let dir = site.members[0].profile.dir();
    let start = ["--no-input", "--profile", dir.to_str().unwrap(), "--passphrase-file", file.to_str().unwrap()];
    said_at(now, &[&start, words].concat()).await
}

/// A program that writes down how it was started.
fn program(site: &Site) -> (String, std::path::PathBuf) {
    use std::os::unix::fs::PermissionsExt as _;
    let (program, said) = (site.dir.path().join("hook"), site.dir.path().join("said"));
    let text = format!("#!/bin/sh\nexec >>{}\nprintf '<%s>' \"$@\"; echo; env; pwd; cat\n", said.display());
    std::fs::write(&program, text).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
    (program.to_str().unwrap().to_owned(), said)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_look_says_how_long_the_oldest_has_waited_and_starts_a_program_that_is_told_nothing() {
    let (site, _door, id) = with_p1().await;
    let (program, said) = program(&site);
    let set = says(&site, NOW, &["config", "set", "watch-command", &program, "-x", "$(id) `id` two words"]).await;
    assert_eq!(set.exit, Exit::Ok, "{}", set.notes);
    let watched = says(&site, NOW + 3_600, &["watch", "--once"]).await;
    assert_eq!(watched.exit, Exit::Ok, "{}", watched.notes);
    let waits = format!("2026-11-24 02:59Z  1 P1 waits: T-{id}, unread for 1 h 14 min (wanted within 15 min)\n");
    assert_eq!(watched.out, waits);
    let started = read(&said);
    assert!(started.starts_with("<-x><$(id) `id` two words>\n"), "{started}");
    for word in [STORY, &id, "P1", "profile", "1 h"] {
        assert!(!started.contains(word), "{word}: {started}");
    }
    let of_env = started.lines().filter(|line| line.contains('='));
    let known = [
        "PATH=",
        "HOME=",
        "LANG=",
        "LC_ALL=",
        "DISPLAY=",
        "XAUTHORITY=",
        "WAYLAND_DISPLAY=",
        "DBUS_",
        "XDG_RUNTIME_DIR=",
    ];
    let of_shell = ["PWD=", "_=", "SHLVL=", "OLDPWD="];
    for line in of_env {
        assert!(known.iter().chain(&of_shell).any(|name| line.starts_with(name)), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_claimed_rings_for_nobody_and_the_inbox_says_so_too() {
    let (site, _door, id) = with_p1().await;
    let (program, said) = program(&site);
    says(&site, NOW, &["config", "set", "watch-command", &program]).await;
    let inbox = says(&site, NOW, &["inbox"]).await;
    let timer = format!("1 P1 waits: T-{id}, unread for 14 min (wanted within 15 min)\n");
    assert!(inbox.out.starts_with(&timer), "{}", inbox.out);
    assert_eq!(says(&site, NOW, &["claim", &id]).await.exit, Exit::Ok);
    let watched = says(&site, NOW, &["watch", "--once"]).await;
    assert_eq!(watched.out, "2026-11-24 01:59Z  no P1 waits\n");
    assert!(!said.exists());
    let inbox = says(&site, NOW, &["inbox"]).await;
    assert!(!inbox.out.contains("waits"), "{}", inbox.out);
    let lapsed = says(&site, NOW + 7_200, &["watch", "--once"]).await;
    assert!(lapsed.out.contains(&format!("T-{id}, unclaimed for 0 min")), "{}", lapsed.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_agency_silences_a_tip_that_nobody_here_has_done_anything_with() {
    let ways: [&[&str]; 3] = [
        &["status", "--to", "closed", "--reason", "junk"],
        &["claim", "--for", "168"],
        &["priority", "p4", "--reason", "x"],
    ];
    for way in ways {
        let (site, door, _) = with_p1().await;
        let newest = door.state().versions.last().unwrap().clone();
        let both = [0, 1].map(|agency| Some(recipient(&newest, agency)));
        let tip = StoredTip::telling("in the red barn", &both);
        let id = tip.id.to_string();
        door.state().tips = vec![tip];
        does(&site, 2, &["inbox"]).await;
        does(&site, 2, &[&way[..1], &[&id], &way[1..]].concat()).await;
        let later = NOW + 3 * 3_600;
        let watched = says(&site, later, &["watch", "--once"]).await;
        assert!(watched.out.contains("1 P1 waits"), "{way:?}: {}", watched.out);
        assert!(says(&site, later, &["inbox"]).await.out.contains("in the red barn"), "{way:?}");
        does(&site, 0, &["note", &id, "-m", "called them: they have it"]).await;
        let watched = says(&site, later, &["watch", "--once"]).await;
        assert!(watched.out.contains("no P1 waits"), "{way:?}: {}", watched.out);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_agency_closes_what_somebody_here_works_on() {
    let (site, door, _) = with_p1().await;
    let newest = door.state().versions.last().unwrap().clone();
    let tip = StoredTip::telling("in the red barn", &[0, 1].map(|agency| Some(recipient(&newest, agency))));
    let id = tip.id.to_string();
    door.state().tips = vec![tip];
    does(&site, 0, &["inbox"]).await;
    does(&site, 0, &["claim", &id, "--for", "8"]).await;
    does(&site, 0, &["note", &id, "-m", "she is fifteen"]).await;
    does(&site, 2, &["inbox"]).await;
    does(&site, 2, &["status", &id, "--to", "closed", "--reason", "junk"]).await;
    let listed = says(&site, NOW + 3_600, &["inbox"]).await.out;
    assert!(listed.contains("in the red barn") && listed.contains("closed: pam"), "{listed}");
    let watched = says(&site, NOW + 9 * 3_600, &["watch", "--once"]).await;
    assert!(watched.out.contains("1 P1 waits"), "the claim is over: {}", watched.out);
    does(&site, 0, &["status", &id, "--to", "closed", "--reason", "acted"]).await;
    let listed = says(&site, NOW + 9 * 3_600, &["inbox"]).await.out;
    assert!(!listed.contains("in the red barn"), "{listed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_watch_goes_on_while_the_server_is_away_and_says_that_it_sees_nothing() {
    let (site, door, id) = with_p1().await;
    let mia = &site.members[0];
    let (mut now, mut looks, mut failures) = (NOW, Vec::new(), Vec::new());
    let rounds = std::cell::Cell::new(0);
    keep(
        async || {
            now += 600;
            let is_seen = match synced_at(mia, now).await {
                Ok(_) => true,
                Err(SyncError::Chain(_) | SyncError::Client(_)) => false,
                Err(other) => panic!("{other}"),
            };
            let (_, known) = Cache::open(&mia.profile, &mia.identity.device).unwrap();
            let viewer = Viewer { agency: mia.as_member().agency, person: "mia".into(), now };
            let priority = vec![PriorityRule { level: 1, when: Vec::new(), reason: String::new() }];
            let rules = Rules { priority, ..Rules::default() };
            Ok(Brought { waiting: waiting(&Inbox::new(known, viewer, &rules)), due: Vec::new(), is_seen, now })
        },
        |look| {
            looks.push(look.clone());
            Ok(())
        },
        async |away| {
            failures.push(away);
            rounds.set(rounds.get() + 1);
            door.state().status = (rounds.get() < 4).then_some(503);
            if rounds.get() == 5 { Break(()) } else { Continue(()) }
        },
    )
    .await
    .unwrap();
    assert_eq!(failures, [0, 1, 2, 3, 0]);
    assert!(
        looks[0].ring == Some(Ring::Tip) && looks[0].text.contains(&format!("T-{id}, unread for 24 min")),
        "{}",
        looks[0].text
    );
    assert!(looks[1].text.contains("was not reached for 0 min") && looks[1].text.contains(&id), "{}", looks[1].text);
    assert!(looks.iter().any(|look| look.ring == Some(Ring::Blind)), "after {BLIND} seconds");
    assert!(looks[4].standing == Standing::Seen && looks[4].is_change, "{}", looks[4].text);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_server_one_look_tells_what_is_known_and_ends_with_the_code_for_it() {
    let (site, door, id) = with_p1().await;
    says(&site, NOW, &["inbox"]).await;
    drop(door);
    let watched = says(&site, NOW, &["watch", "--once"]).await;
    assert_eq!(watched.exit, Exit::Network);
    assert!(watched.out.contains("the server was not reached") && watched.out.contains(&id), "{}", watched.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_lies_ends_the_watch() {
    let (site, door, _) = with_p1().await;
    says(&site, NOW, &["inbox"]).await;
    door.state().versions.pop();
    assert_eq!(says(&site, NOW, &["watch", "--once"]).await.exit, Exit::Integrity);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_is_not_there_is_said_and_stops_nothing_and_a_short_name_is_refused() {
    let (site, _door, _) = with_p1().await;
    let refused = says(&site, NOW, &["config", "set", "watch-command", "notify-send"]).await;
    assert_eq!(refused.exit, Exit::Usage);
    assert!(refused.notes.contains("is no path from the root"), "{}", refused.notes);
    says(&site, NOW, &["config", "set", "watch-command", "/nonexistent/program"]).await;
    let watched = says(&site, NOW, &["watch", "--once"]).await;
    assert_eq!(watched.exit, Exit::Ok, "{}", watched.notes);
    assert!(watched.notes.contains("cannot be started"), "{}", watched.notes);
    says(&site, NOW, &["config", "set", "watch-command", "off"]).await;
    assert_eq!(says(&site, NOW, &["watch", "--once"]).await.notes, "");
}
