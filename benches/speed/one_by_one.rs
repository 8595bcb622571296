//! What anyone would do with stock tools: the same tips as files, opened one after another. The capsule first and the letter
//! then, with the `age` crate and the keys that tips are sealed to; letters alone sealed to age's older X25519 keys; and those
//! with a process for each, where `age` or `rage` is installed.

use anyhow::{Context as _, Result, ensure};
use knothole::crypto::capsule::Capsule;
use knothole::crypto::file;
use knothole::crypto::hybrid::HybridIdentity;
use knothole::crypto::letter::{Answers, Letter, Route};
use knothole::crypto::thread::ThreadKey;
use knothole::model::agency::AgencyNumber;
use knothole::model::hex::Hex;
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Files for which a process is started; the rest is reckoned from them.
const PROCESSES: usize = 100;
const STORY: &str = "They keep four girls in the house behind the car wash. One of them told me that they take their \
    papers and lock the door at night. A white van comes for them every evening at six.";

/// How long so many tips take.
pub struct OneByOne {
    /// Capsule and letter, with hybrid keys.
    pub hybrid: Duration,
    /// Letters alone, with X25519 keys.
    pub x25519: Duration,
    /// The same with a process for each; none where there is no such tool.
    pub processes: Option<Duration>,
}

/// Makes the files in `dir` and opens them.
pub fn measure(dir: &Path, tips: usize) -> Result<OneByOne> {
    let agency = HybridIdentity::generate();
    let older = age::x25519::Identity::generate();
    (0..tips).into_par_iter().try_for_each(|number| make(dir, number, &agency, &older))?;
    let key_path = dir.join("key");
    fs::write(&key_path, age::secrecy::ExposeSecret::expose_secret(&older.to_string()))?;

    let start = Instant::now();
    for number in 0..tips {
        let capsule = decrypt(&fs::read(dir.join(format!("{number}.capsule")))?, &agency)?;
        let thread: HybridIdentity = key_line(&capsule)?.parse().ok().context("a thread key")?;
        read(&decrypt(&fs::read(dir.join(format!("{number}.letter")))?, &thread)?)?;
    }
    let hybrid = start.elapsed();
    let start = Instant::now();
    for number in 0..tips {
        read(&decrypt(&fs::read(dir.join(format!("{number}.x25519")))?, &older)?)?;
    }
    let x25519 = start.elapsed();
    let tool = ["age", "rage"].into_iter().find(|tool| is_installed(tool));
    let processes = tool.map(|tool| processes(tool, dir, &key_path, tips)).transpose()?;
    Ok(OneByOne { hybrid, x25519, processes })
}

fn make(dir: &Path, number: usize, agency: &HybridIdentity, older: &age::x25519::Identity) -> Result<()> {
    let thread = ThreadKey::generate();
    let id = thread.id();
    let mut letter = Letter::new(id, "2026-11-24T01:45Z".into(), "en".into(), Route::Fast, vec![AgencyNumber(0)]);
    letter.answers = Answers { story: Some(STORY.into()), ..Answers::default() };
    let plain = letter.to_padded_json()?;
    let sealed = file::seal(&thread.to_recipient(), &plain);
    let capsule = Capsule { id, letter_sha256: Hex(Sha256::digest(&sealed).into()), thread };
    fs::write(dir.join(format!("{number}.capsule")), capsule.seal(&agency.to_recipient()))?;
    fs::write(dir.join(format!("{number}.letter")), sealed)?;
    fs::write(dir.join(format!("{number}.x25519")), age::encrypt(&older.to_public(), &plain)?)?;
    Ok(())
}

fn decrypt(sealed: &[u8], identity: &dyn age::Identity) -> Result<Vec<u8>> {
    let mut plain = Vec::new();
    age::Decryptor::new(sealed)?.decrypt(std::iter::once(identity))?.read_to_end(&mut plain)?;
    Ok(plain)
}

fn key_line(capsule: &[u8]) -> Result<&str> {
    let lines = std::str::from_utf8(capsule)?.lines();
    lines.into_iter().find(|line| line.starts_with("AGE-SECRET-KEY-")).context("a capsule holds a key")
}

fn read(plain: &[u8]) -> Result<()> {
    serde_json::from_slice::<Letter>(plain)?;
    Ok(())
}

fn is_installed(tool: &str) -> bool {
    let run = Command::new(tool).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    !run.is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

fn processes(tool: &str, dir: &Path, key_path: &Path, tips: usize) -> Result<Duration> {
    let count = tips.min(PROCESSES);
    let start = Instant::now();
    for number in 0..count {
        let letter = dir.join(format!("{number}.x25519"));
        let done = Command::new(tool).arg("-d").arg("-i").arg(key_path).arg(letter).output()?;
        ensure!(done.status.success(), "{tool}: {}", String::from_utf8_lossy(&done.stderr));
        read(&done.stdout)?;
    }
    Ok(start.elapsed() * u32::try_from(tips)? / u32::try_from(count.max(1))?)
}
