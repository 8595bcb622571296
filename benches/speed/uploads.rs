//! Files that follow letters: eight at once up by the public door and down by the staff door, beside what the same disk takes and gives
//! in the same parts; and whether the server's memory is the same whatever the files' length.

use super::load;
use super::server::Server;
use super::site::Site;
use super::table::Table;
use anyhow::{Context as _, Result, ensure};
use knothole::clock::SystemClock;
use knothole::crypto::compose::{Draft, compose_under};
use knothole::crypto::file;
use knothole::crypto::letter::{Answers, Route};
use knothole::crypto::shape::sealed_len;
use knothole::crypto::thread::ThreadKey;
use knothole::desk::client::Client;
use knothole::desk::passphrase;
use knothole::desk::profile::Profile;
use knothole::model::agency::AgencyNumber;
use knothole::model::hex::Hex;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio::task::LocalSet;

const FILES: usize = 8;
const MIB: usize = 1 << 20;
const SHORT_MIB: usize = 64;
const LONG_MIB: usize = 1024;
/// Plain bytes of a part, as the page sends it where the line is good.
const PART: usize = 4 * MIB;

/// Another length than a gigabyte, in mebibytes, is to see that it runs.
pub fn rows(dir: &Path, runtime: &Runtime, table: &mut Table, mebibytes: Option<usize>) -> Result<()> {
    let site = Site::make(&dir.join("site"), runtime)?;
    let server = site.serve(&[])?;
    let long = mebibytes.unwrap_or(LONG_MIB);
    let short = put_all(&site, &server, runtime, SHORT_MIB.min(long))?;
    let few = server.most_resident_kib()?;
    let sent = put_all(&site, &server, runtime, long)?;
    let many = server.most_resident_kib()?;
    let parts = Parts::new(dir.join("bare"), long)?;
    let written = parts.write()?;
    let bytes = FILES * sealed_len(long * MIB);
    table.ratio(
        "8 files at once up, each part synced ÷ the same parts written to the disk by 8 threads, each synced",
        written.as_secs_f64() / sent.took.as_secs_f64(),
        "",
        format!("{long} MiB each; {} and {}", speed(bytes, sent.took), speed(bytes, written)),
    );
    let fetched = get_all(&site, runtime, &sent)?;
    let read = parts.read()?;
    table.ratio(
        "8 files at once down to one desk ÷ the same parts read from the disk by 8 threads",
        read.as_secs_f64() / fetched.as_secs_f64(),
        "",
        format!("{} and {}", speed(bytes, fetched), speed(bytes, read)),
    );
    table.ratio(
        "most memory of the server with 8 such files at once ÷ with 8 short ones",
        f64::from(many) / f64::from(few),
        "1: flat",
        format!(
            "{:.1} MB with {long} MiB each, {:.1} MB with {} MiB each",
            f64::from(many) / 1024.0,
            f64::from(few) / 1024.0,
            short.mebibytes
        ),
    );
    server.stop()
}

/// Files that were put, each under a tip of its own.
struct Sent {
    threads: Vec<ThreadKey>,
    mebibytes: usize,
    took: Duration,
}

fn put_all(site: &Site, server: &Server, runtime: &Runtime, mebibytes: usize) -> Result<Sent> {
    let threads: Vec<ThreadKey> = (0..FILES).map(|_| ThreadKey::generate()).collect();
    let tips = threads.iter().map(|thread| {
        let draft = Draft {
            created: "2026-11-24T01:45Z".into(),
            lang: "en".into(),
            route: Route::Fast,
            answers: Answers::default(),
        };
        Ok(compose_under(thread.clone(), draft, &site.readership(), &[AgencyNumber(0)])?)
    });
    load::send(runtime, server.public, 1, tips.collect::<Result<_>>()?)?;
    let (start, door) = (Instant::now(), server.public);
    at_once(threads.iter().map(|thread| || put(door, thread, mebibytes)))?;
    Ok(Sent { took: start.elapsed(), threads, mebibytes })
}

/// Puts a file as a client of tus does. Its head is one that sealed files have; what follows is any bytes, as sealed ones are.
fn put(door: SocketAddr, thread: &ThreadKey, mebibytes: usize) -> Result<()> {
    let length = sealed_len(mebibytes * MIB);
    let sealed = file::seal(&thread.to_recipient(), b"a film");
    let head = &sealed[..sealed_len(0)];
    let filler = vec![7; PART];
    let mut stream = TcpStream::connect(door)?;
    stream.set_nodelay(true)?;
    let always =
        format!("host: knothole\r\ntus-resumable: 1.0.0\r\nauthorization: Bearer {}\r\n", Hex(thread.upload_token().0));
    let announced = format!(
        "POST /uploads/{} HTTP/1.1\r\n{always}upload-length: {length}\r\ncontent-length: 0\r\n\r\n",
        thread.id()
    );
    let told = ask(&mut stream, announced.as_bytes(), &[])?;
    ensure!(told.starts_with("HTTP/1.1 201 "), "{told}");
    let path = told.lines().find_map(|line| line.strip_prefix("location: ")).context("no Location")?.to_owned();
    let mut at = 0;
    while at < length {
        let start = if at == 0 { head } else { &[] };
        let rest = (length - at - start.len()).min(PART);
        let part = format!(
            "PATCH {path} HTTP/1.1\r\n{always}content-type: application/offset+octet-stream\r\nupload-offset: {at}\r\n\
             content-length: {}\r\n\r\n",
            start.len() + rest
        );
        let told = ask(&mut stream, &[part.as_bytes(), start].concat(), &filler[..rest])?;
        ensure!(told.starts_with("HTTP/1.1 204 "), "{told}");
        at += start.len() + rest;
    }
    Ok(())
}

/// The head of the answer, which has no body.
fn ask(stream: &mut TcpStream, head: &[u8], body: &[u8]) -> Result<String> {
    stream.write_all(head)?;
    stream.write_all(body)?;
    let (mut answer, mut some) = (Vec::new(), [0; 4096]);
    while !answer.ends_with(b"\r\n\r\n") {
        let read = stream.read(&mut some)?;
        ensure!(read > 0, "the server closed the connection: {}", String::from_utf8_lossy(&answer));
        answer.extend_from_slice(&some[..read]);
    }
    Ok(String::from_utf8(answer)?)
}

/// How long one desk takes for all of them at once.
fn get_all(site: &Site, runtime: &Runtime, sent: &Sent) -> Result<Duration> {
    let profile = Profile::open(&site.desk.profile_dir)?;
    let identity = profile.unlock(&passphrase::from_file(&site.desk.passphrase_path)?)?;
    let client = Arc::new(Client::new(&profile.site()?, None, &identity, Arc::new(SystemClock))?);
    let start = Instant::now();
    runtime.block_on(LocalSet::new().run_until(async {
        let gets = sent.threads.iter().cloned().map(|thread| {
            let client = Arc::clone(&client);
            tokio::task::spawn_local(async move { get(&client, &thread).await })
        });
        for got in gets.collect::<Vec<_>>() {
            ensure!(got.await?? == sealed_len(sent.mebibytes * MIB), "a file came short");
        }
        Ok(start.elapsed())
    }))
}

async fn get(client: &Client, thread: &ThreadKey) -> Result<usize> {
    let (tip, token) = (thread.id(), thread.custody_token());
    let list = client.attachments(tip, &token).await?;
    let file = list.files.first().context("the tip has a file")?;
    let mut stream = client.attachment((tip, file.upload), &token, (0, file.length)).await?;
    let mut came = 0;
    while let Some(piece) = stream.next_piece().await? {
        came += piece.as_ref().len();
    }
    Ok(came)
}

/// The same parts without a server.
struct Parts {
    dir: PathBuf,
    count: usize,
}

impl Parts {
    fn new(dir: PathBuf, mebibytes: usize) -> Result<Self> {
        fs::create_dir(&dir)?;
        Ok(Self { dir, count: mebibytes.div_ceil(PART / MIB) })
    }

    fn path(&self, file: usize, part: usize) -> PathBuf {
        self.dir.join(format!("{file}-{part}"))
    }

    fn write(&self) -> Result<Duration> {
        let start = Instant::now();
        at_once((0..FILES).map(|file| {
            move || {
                let filler = vec![7; PART];
                for part in 0..self.count {
                    let mut object = File::create(self.path(file, part))?;
                    object.write_all(&filler)?;
                    object.sync_all()?;
                }
                Ok(())
            }
        }))?;
        Ok(start.elapsed())
    }

    fn read(&self) -> Result<Duration> {
        let start = Instant::now();
        at_once((0..FILES).map(|file| {
            move || {
                let mut into = vec![0; PART];
                (0..self.count).try_for_each(|part| Ok(File::open(self.path(file, part))?.read_exact(&mut into)?))
            }
        }))?;
        Ok(start.elapsed())
    }
}

/// Does each in a thread of its own.
fn at_once<F: FnOnce() -> Result<()> + Send>(jobs: impl Iterator<Item = F>) -> Result<()> {
    thread::scope(|scope| {
        let running: Vec<_> = jobs.map(|job| scope.spawn(job)).collect();
        running.into_iter().try_for_each(|job| job.join().ok().context("a thread panicked")?)
    })
}

fn speed(bytes: usize, took: Duration) -> String {
    let megabytes = u32::try_from(bytes / 1_000_000).unwrap_or(u32::MAX);
    format!("{:.0} MB/s", f64::from(megabytes) / took.as_secs_f64())
}
