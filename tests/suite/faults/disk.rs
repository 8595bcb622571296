//! A disk that is full: refusals that say when to come back, nothing lost, and no hand needed once there is room.

use super::client::{Tip, assert_holds, send, status};
use crate::support::process::{Program, lasting_site_in, say};
use std::collections::BTreeSet;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

const DISK_BYTES: usize = 4 << 20;
const BALLAST_BYTES: usize = 1 << 20;

/// A small disk in memory, taken away when this is dropped.
pub struct SmallDisk(TempDir);

impl SmallDisk {
    /// None, with a word about it, where this account may mount nothing.
    pub fn mount(test: &str, bytes: usize) -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let options = format!("size={bytes},mode=0700");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(dir.path()).stderr(Stdio::null());
        if mount.status().is_ok_and(|ended| ended.success()) {
            return Some(Self(dir));
        }
        say(&format!("skipped: {test}: this account may not mount a small disk; run it as root"));
        None
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// A folder on it that only we can look into.
    pub fn data_dir(&self) -> TempDir {
        tempfile::Builder::new().permissions(Permissions::from_mode(0o700)).tempdir_in(self.path()).unwrap()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily, because a server of a test that failed may still be at work there.
        let _unmounted = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

/// Sends tips until one is refused; gives that one's number and the refusal.
fn fill(server: &Program, from: u64, acknowledged: &mut BTreeSet<u64>) -> (u64, String) {
    for number in from.. {
        let head = send(server.public(), &Tip(number), || ()).unwrap();
        if status(&head) != 201 {
            return (number, head);
        }
        acknowledged.insert(number);
    }
    unreachable!("a small disk is full at some time")
}

fn assert_refused(head: &str) {
    assert_eq!(status(head), 503, "{head}");
    assert!(head.contains("\r\nretry-after: "), "{head}");
}

#[tokio::test]
#[ignore = "It mounts a small disk, which CI may not; `make faults` runs it."]
async fn a_full_disk_is_told_loses_nothing_and_is_over_when_there_is_room() {
    let Some(disk) = SmallDisk::mount("a full disk", DISK_BYTES) else { return };
    let site = lasting_site_in(disk.data_dir()).await;
    let ballast = disk.path().join("ballast");
    std::fs::write(&ballast, vec![1; BALLAST_BYTES]).unwrap();
    let mut acknowledged = BTreeSet::new();

    let server = Program::start(site.path(), "info");
    let (refused, head) = fill(&server, 0, &mut acknowledged);
    assert_refused(&head);
    let before = acknowledged.len();
    for number in refused..refused + 20 {
        assert_refused(&send(server.public(), &Tip(number), || ()).unwrap());
    }
    for number in &acknowledged {
        assert_eq!(status(&send(server.public(), &Tip(*number), || ()).unwrap()), 200, "known on a full disk too");
    }

    std::fs::remove_file(&ballast).unwrap();
    assert_eq!(status(&send(server.public(), &Tip(refused), || ()).unwrap()), 201, "over as soon as there is room");
    acknowledged.insert(refused);
    let (refused, head) = fill(&server, refused + 1, &mut acknowledged);
    assert_refused(&head);
    assert!(String::from_utf8(server.log()).unwrap().contains("the disk is full"));
    server.kill();

    let server = Program::start(site.path(), "info");
    assert_refused(&send(server.public(), &Tip(refused), || ()).unwrap());
    server.stop();
    let after = acknowledged.len();
    assert_holds(site, &acknowledged).await;
    say(&format!(
        "full disk: {before} tips acknowledged, then 503 with Retry-After 21 times of 21; with room again at once {} more; \
        0 of {after} lost, a kill on the full disk included",
        after - before
    ));
}
