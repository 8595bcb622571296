//! The server as a process of its own, with limits wide enough that one address may stand for many sources.

use anyhow::{Context as _, Result, bail};
use knothole::http::accept::Address;
use knothole::model::hex::Sha256Hash;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// One peer stands for all sources here, and no bucket may run empty. The demo's words, which nobody has reviewed, are shown.
const WIDE: &str = "\
drafts = true
[doors.public]
max_connections_per_peer = 512
peer.requests = { burst = 1000000000, per_minute = 1000000000 }
peer.kibibytes = { burst = 1000000000, per_minute = 1000000000 }
all.requests = { burst = 1000000000, per_minute = 1000000000 }
all.kibibytes = { burst = 1000000000, per_minute = 1000000000 }
";

/// A server that answers; stopped when dropped.
pub struct Server {
    child: Child,
    /// The public door.
    pub public: SocketAddr,
}

impl Server {
    /// Starts it, and waits until both doors are open.
    pub fn start(around: &[&str], data_dir: &Path, staff: &Address, genesis: &Sha256Hash) -> Result<Self> {
        let program = env!("CARGO_BIN_EXE_knothole");
        let config = data_dir.with_extension("toml");
        std::fs::write(&config, WIDE).context("cannot write the limits")?;
        let mut words = around.iter().copied().chain([program]);
        let mut command = Command::new(words.next().unwrap_or(program));
        command.args(words).args(["serve", "--public", "127.0.0.1:0", "--staff", &staff.to_string()]);
        command.arg("--config").arg(config).arg("--data").arg(data_dir).args(["--genesis", &genesis.to_string()]);
        let mut child =
            command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().context("cannot start the server")?;
        let log = BufReader::new(child.stderr.take().context("its log is a pipe")?);
        for line in log.lines() {
            let line = line?;
            let Some((_, rest)) = line.split_once("public=") else { continue };
            let public = rest.split(' ').next().unwrap_or_default().parse()?;
            return Ok(Self { child, public });
        }
        bail!("the server did not start")
    }

    /// What it holds of the machine's memory, in kilobytes.
    pub fn resident_kib(&self) -> Result<u32> {
        self.status("VmRSS:")
    }

    /// The most that it ever held, in kilobytes.
    pub fn most_resident_kib(&self) -> Result<u32> {
        self.status("VmHWM:")
    }

    fn status(&self, name: &str) -> Result<u32> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name)).context("no such line")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }

    /// Stops it as a service manager does, and waits.
    pub fn stop(mut self) -> Result<()> {
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Has ended already where all went well.
        let _killed = self.child.kill();
        let _ended = self.child.wait();
    }
}
