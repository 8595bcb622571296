//! The program itself in a process of its own, on a site that outlives it: what no test in our own process can show.

use super::app::{NOW, TestApp, data_dir};
use super::site;
use knothole::http::accept::Address;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU8, Ordering};
use tempfile::TempDir;

/// The keyring version that a lasting site takes tips under, whatever the machine's clock says.
pub const LASTING_VERSION: u32 = 2;
const SIGKILL: i32 = 9;

/// `knothole serve`. Dropping it kills it.
pub struct Program {
    child: Child,
    is_launched: bool,
    public: Address,
    staff: Address,
    dir: TempDir,
}

impl Program {
    /// Starts the server on a folder, at a level of log, and waits until both doors take connections.
    pub fn start(data: &Path, level: &str) -> Self {
        Self::launched(&[], data, level)
    }

    /// As `start`, by way of another program that is given the command as its last arguments. Files come in however full this machine's disk is.
    pub fn launched(launcher: &[&str], data: &Path, level: &str) -> Self {
        let (public, staff) = (free_address(), free_address());
        let dir = tempfile::tempdir().unwrap();
        let config = dir.path().join("config.toml");
        let text = format!(
            "data = {data:?}\npublic = '{public}'\nstaff = '{staff}'\ngenesis = '{}'\nlog = '{level}'\n[uploads]\nkeep_free_percent = 0",
            site::genesis()
        );
        std::fs::write(&config, text).unwrap();
        let command = [env!("CARGO_BIN_EXE_knothole"), "serve", "--config", config.to_str().unwrap()];
        let words = [launcher, &command].concat();
        let log = std::fs::File::create(dir.path().join("log")).unwrap();
        let child = Command::new(words[0])
            .args(&words[1..])
            .env("RUST_LOG", "trace")
            .env("RUST_BACKTRACE", "full")
            .current_dir(dir.path())
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut program = Self { child, is_launched: !launcher.is_empty(), public, staff, dir };
        for door in [program.public.clone(), program.staff.clone()] {
            while TcpStream::connect(tcp(&door)).is_err() {
                let ended = program.child.try_wait().unwrap();
                assert_eq!(ended, None, "{}", String::from_utf8_lossy(&program.log()));
                std::thread::yield_now();
            }
        }
        program
    }

    pub fn public(&self) -> &Address {
        &self.public
    }

    pub fn staff(&self) -> &Address {
        &self.staff
    }

    /// Where it was started: its working directory, with nothing of the site.
    pub fn working_dir(&self) -> &Path {
        self.dir.path()
    }

    /// The server's own process, not its launcher's.
    pub fn pid(&self) -> u32 {
        let pid = self.child.id();
        if !self.is_launched {
            return pid;
        }
        let children = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
        // A launcher that became the server by `exec` has no children.
        children.split_whitespace().next().map_or(pid, |child| child.parse().unwrap())
    }

    /// All that it printed so far.
    pub fn log(&self) -> Vec<u8> {
        std::fs::read(self.dir.path().join("log")).unwrap()
    }

    /// Sends a signal by name and waits for the end.
    pub fn end(&mut self, signal: &str) -> ExitStatus {
        let pid = self.pid().to_string();
        assert!(Command::new("kill").args(["-s", signal, &pid]).status().unwrap().success());
        self.child.wait().unwrap()
    }

    /// `kill -9`, at whatever it is doing.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        assert_eq!(self.child.wait().unwrap().signal(), Some(SIGKILL), "it had ended before it was killed");
    }

    /// Ends it as a service manager does, and gives all that it printed.
    pub fn stop(mut self) -> Vec<u8> {
        let ended = self.end("TERM");
        assert!(ended.success(), "{}", String::from_utf8_lossy(&self.log()));
        self.log()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _killed = self.child.kill();
        let _ended = self.child.wait();
    }
}

/// The socket address of a door that is TCP, as all of a `Program` are.
pub fn tcp(door: &Address) -> SocketAddr {
    let Address::Tcp(address) = door else { panic!("these doors are TCP") };
    *address
}

/// A loopback address that nobody else uses, so that no port can be taken between choosing and binding it.
fn free_address() -> Address {
    static NEXT: AtomicU8 = AtomicU8::new(16);
    let [.., high, low] = std::process::id().to_be_bytes();
    let ip = Ipv4Addr::new(127, NEXT.fetch_add(1, Ordering::Relaxed), high, low);
    Address::Tcp((ip, 8080).into())
}

/// The folder of a site with a keyring that does not expire while this program is in use, and no server on it.
pub async fn lasting_site() -> TempDir {
    lasting_site_in(data_dir()).await
}

/// As `lasting_site`, in a folder that is there already.
pub async fn lasting_site_in(dir: TempDir) -> TempDir {
    let app = TestApp::on(dir, NOW).await;
    for version in [site::version_0(), site::version_1()] {
        assert_eq!(app.person("ada").post("/v1/keyring", &version).await.status, 201);
    }
    app.publish(|draft| draft.public.expires = site::day("2999-12-31")).await;
    app.running.shutdown().await;
    app.dir
}

/// Says something past the test harness, which would keep it to itself: what was skipped, what was measured.
pub fn say(line: &str) {
    use std::io::Write as _;
    writeln!(std::io::stderr(), "{line}").unwrap();
}
