//! A rotation on a site with a hundred thousand tips: an agency's capsules, each opened and sealed again to the new key as
//! `desk keys reseal` does it, against the same with the `age` crate, one after another.

use super::load;
use super::mill;
use super::site::Site;
use super::table::{Table, time};
use anyhow::{Context as _, Result, ensure};
use knothole::crypto::hybrid::HybridIdentity;
use rayon::prelude::*;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

const TIPS: usize = 100_000;
/// Tips that are made and sent together.
const BATCH: usize = 10_000;
/// Capsules that the peer opens and seals; the rest is reckoned from them.
const PEERS: u32 = 2_000;
const LEN: usize = 400;

/// How long it takes, and how long the peer.
pub fn rows(dir: &Path, runtime: &Runtime, table: &mut Table, tips: Option<usize>) -> Result<()> {
    let count = tips.unwrap_or(TIPS);
    let site_dir = dir.join("site");
    let site = Site::make(&site_dir, runtime)?;
    let server = site.serve(&[])?;
    for start in (0..count).step_by(BATCH) {
        let batch = (start..count.min(start + BATCH)).into_par_iter().map(|_| mill::sealed(&site));
        load::send(runtime, server.public, 64, batch.collect::<Result<Vec<_>>>()?)?;
    }
    let [maria, tom] = ["help-line-maria", "help-line-tom"].map(|name| site_dir.join("desks").join(name));
    let [ivy, paul] = ["ivy", "paul"].map(|name| site_dir.join("admins").join(name));
    let draft = dir.join("draft");
    let draft = draft.to_str().context("the path is text")?;
    desk(&maria, &["keys", "rotate"])?;
    desk(&tom, &["keys", "confirm"])?;
    desk(&ivy, &["admin", "agency", "key", "--draft", draft])?;
    desk(&ivy, &["admin", "sign", "--yes", "--draft", draft])?;
    desk(&paul, &["admin", "sign", "--yes", "--draft", draft])?;
    desk(&paul, &["admin", "publish", "--draft", draft])?;

    let (sealing, said) = timed(&maria, &["keys", "reseal"])?;
    ensure!(said.contains(&format!("sealed {count} capsules again")), "{said}");
    let (checking, said) = timed(&tom, &["keys", "reseal"])?;
    ensure!(said.contains(&format!("{count} capsules that a colleague sealed")), "{said}");
    server.stop()?;
    let number = u32::try_from(count)?;
    let peer = one_after_another()? * number / PEERS;

    let detail =
        format!("{:.0} a second: brought, opened, sealed, signed, stored", f64::from(number) / sealing.as_secs_f64());
    table.row(&format!("`desk keys reseal`, {count} capsules"), time(sealing), "≤ 3 min", detail);
    let detail = format!("{} ÷ {}; the peer opens and seals {PEERS} in memory", time(peer), time(sealing));
    table.ratio(
        "the `age` crate, decrypt and encrypt, one after another ÷ `desk keys reseal`",
        peer.as_secs_f64() / sealing.as_secs_f64(),
        "",
        detail,
    );
    table.row("a colleague's check of all of them", time(checking), "", String::new());
    Ok(())
}

/// Decrypts and encrypts something as long as a capsule's content.
fn one_after_another() -> Result<Duration> {
    let (old, new) = (HybridIdentity::generate(), HybridIdentity::generate());
    let sealed = seal(&old, &[7; LEN])?;
    let start = Instant::now();
    for _ in 0..PEERS {
        let mut plain = Vec::new();
        age::Decryptor::new(&sealed[..])?
            .decrypt(std::iter::once(&old as &dyn age::Identity))?
            .read_to_end(&mut plain)?;
        ensure!(seal(&new, &plain)?.len() >= sealed.len() - 512, "it is sealed again");
    }
    Ok(start.elapsed())
}

fn seal(to: &HybridIdentity, plain: &[u8]) -> Result<Vec<u8>> {
    let recipient = to.to_recipient();
    let mut sealed = Vec::new();
    let mut writer = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))?
        .wrap_output(&mut sealed)?;
    writer.write_all(plain)?;
    writer.finish()?;
    Ok(sealed)
}

fn timed(profile: &Path, words: &[&str]) -> Result<(Duration, String)> {
    let start = Instant::now();
    let said = desk(profile, words)?;
    Ok((start.elapsed(), said))
}

fn desk(profile: &Path, words: &[&str]) -> Result<String> {
    let mut desk = Command::new(env!("CARGO_BIN_EXE_desk"));
    desk.arg("--no-input")
        .arg("--profile")
        .arg(profile)
        .arg("--passphrase-file")
        .arg(profile.with_extension("passphrase"));
    let done = desk.args(words).output()?;
    ensure!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}
