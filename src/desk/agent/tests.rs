use super::*;
use crate::clock::Clock;
use crate::desk::identity::Identity;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::task::{JoinHandle, spawn_blocking};

/// A clock that a test sets.
#[derive(Default)]
struct SetClock(AtomicU64);

impl Clock for SetClock {
    fn unix_seconds(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// An agent in this process, at a socket in `dir`.
fn agent(dir: &Path, identity: &Identity, clock: &Arc<SetClock>) -> (PathBuf, JoinHandle<()>) {
    let socket = dir.join("a/x.sock");
    let (held, clock): (_, Arc<dyn Clock>) = (Held::of(&identity.roots()).unwrap(), clock.clone());
    let bound = bind(&socket).unwrap();
    let serving = tokio::spawn(async move {
        serve(bound, held, DEFAULT_MINUTES, &Time::new(clock), std::future::pending()).await;
    });
    (socket, serving)
}

async fn asked<T: Send + 'static>(socket: &Path, ask: fn(&Path) -> Result<T, AgentError>) -> T {
    let socket = socket.to_owned();
    spawn_blocking(move || ask(&socket).unwrap()).await.unwrap()
}

#[tokio::test]
async fn whoever_asks_gets_the_very_keys_until_it_locks() {
    let (dir, identity) = (tempfile::tempdir().unwrap(), Identity::generate());
    let (socket, serving) = agent(dir.path(), &identity, &Arc::default());
    for _ in 0..2 {
        let given = asked(&socket, keys).await.unwrap();
        assert_eq!(given.expose_seeds(), identity.roots().expose_seeds());
    }
    assert!(matches!(asked(&socket, seconds_left).await, Some(299..=300)));
    assert!(asked(&socket, lock).await);
    assert!(!socket.exists(), "the socket is gone before the answer comes");
    serving.await.unwrap();
    assert!(keys(&socket).unwrap().is_none());
    assert!(!lock(&socket).unwrap());
    assert_eq!(seconds_left(&socket).unwrap(), None);
}

#[tokio::test]
async fn a_machine_that_slept_gives_nothing_to_the_first_who_asks() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Arc::<SetClock>::default());
    let (socket, serving) = agent(dir.path(), &Identity::generate(), &clock);
    assert!(asked(&socket, keys).await.is_some());
    clock.0.store(3_600, Ordering::SeqCst);
    assert!(asked(&socket, keys).await.is_none());
    serving.await.unwrap();
    assert!(!socket.exists());
}

#[tokio::test]
async fn what_it_does_not_understand_gets_no_answer_and_does_no_harm() {
    let (dir, identity) = (tempfile::tempdir().unwrap(), Identity::generate());
    let (socket, _serving) = agent(dir.path(), &identity, &Arc::default());
    let answer = asked(&socket, |socket| {
        use std::io::{Read as _, Write as _};
        let mut stream = std::os::unix::net::UnixStream::connect(socket)?;
        stream.write_all(b"knothole-agent/2 keys \n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    })
    .await;
    assert_eq!(answer, b"");
    assert!(asked(&socket, keys).await.is_some());
}

#[tokio::test]
async fn a_socket_that_a_killed_agent_left_is_replaced_and_one_that_is_served_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let socket = dir.path().join("a/x.sock");
    place::make_dir_of(&socket).unwrap();
    drop(std::os::unix::net::UnixListener::bind(&socket).unwrap());
    assert!(socket.exists());
    assert!(keys(&socket).unwrap().is_none());
    let bound = bind(&socket).unwrap();
    assert!(matches!(bind(&socket), Err(AgentError::Busy)));
    drop(bound);
    assert!(!socket.exists());
    bind(&socket).unwrap();
}

#[tokio::test]
async fn the_socket_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    let socket = dir.path().join("a/x.sock");
    let _bound = bind(&socket).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&socket), mode(socket.parent().unwrap())), (0o600, 0o700));
}

#[test]
fn keys_that_are_held_lie_in_locked_memory() {
    let held = Held::of(&Identity::generate().roots()).unwrap();
    #[cfg(target_os = "linux")]
    {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let locked = status.lines().find(|line| line.starts_with("VmLck:")).unwrap();
        assert_ne!(locked.split_whitespace().nth(1), Some("0"), "{locked}");
    }
    drop(held);
}

#[test]
fn fewer_or_more_bytes_than_keys_have_are_no_keys() {
    for len in [0, 63, 65] {
        assert!(Held::read(vec![1; len].as_slice()).is_err(), "{len}");
    }
}
