//! A load client that costs little, because it shares the cores with the server: bare sockets, kept open, requests that
//! were made before the time runs.

use anyhow::{Context as _, Result, bail};
use knothole::crypto::compose::ComposedTip;
use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::task::LocalSet;

/// What came of a run.
pub struct Outcome {
    /// Tips that were acknowledged, each by a 201.
    pub stored: u32,
    /// From the first byte to the last answer.
    pub took: Duration,
    waits: Vec<Duration>,
}

impl Outcome {
    /// Acknowledged tips in a second.
    pub fn per_second(&self) -> f64 {
        f64::from(self.stored) / self.took.as_secs_f64()
    }

    /// The wait that so many of a hundred sources did not exceed.
    pub fn percentile(&self, percent: usize) -> Duration {
        self.waits.get(self.waits.len() * percent / 100).or(self.waits.last()).copied().unwrap_or_default()
    }

    /// Both as one.
    pub fn and(mut self, other: Self) -> Self {
        self.stored += other.stored;
        self.took += other.took;
        self.waits.extend(other.waits);
        self.waits.sort_unstable();
        self
    }
}

/// Sends tips by `clients` connections at once, each its next when the last was acknowledged.
pub fn send(runtime: &Runtime, door: SocketAddr, clients: usize, tips: Vec<ComposedTip>) -> Result<Outcome> {
    let requests: Vec<Vec<u8>> = tips.into_iter().map(request).collect();
    let queue = Rc::new(RefCell::new(requests));
    runtime.block_on(LocalSet::new().run_until(async {
        let mut streams = Vec::with_capacity(clients);
        for _ in 0..clients {
            let stream = TcpStream::connect(door).await?;
            stream.set_nodelay(true)?;
            streams.push(stream);
        }
        let start = Instant::now();
        let clients = streams.into_iter().map(|stream| tokio::task::spawn_local(client(stream, Rc::clone(&queue))));
        let mut waits = Vec::new();
        for client in clients.collect::<Vec<_>>() {
            waits.extend(client.await??);
        }
        let took = start.elapsed();
        waits.sort_unstable();
        Ok(Outcome { stored: u32::try_from(waits.len())?, took, waits })
    }))
}

async fn client(mut stream: TcpStream, queue: Rc<RefCell<Vec<Vec<u8>>>>) -> Result<Vec<Duration>> {
    let mut waits = Vec::new();
    let mut answer = [0; 4096];
    loop {
        let Some(request) = queue.borrow_mut().pop() else { return Ok(waits) };
        let start = Instant::now();
        stream.write_all(&request).await?;
        let len = read_answer(&mut stream, &mut answer).await?;
        waits.push(start.elapsed());
        if !answer.starts_with(b"HTTP/1.1 201 ") {
            bail!("not stored: {}", String::from_utf8_lossy(&answer[..len]).lines().next().unwrap_or_default());
        }
    }
}

/// Reads one answer of known length and gives how long it was.
async fn read_answer(stream: &mut TcpStream, answer: &mut [u8]) -> Result<usize> {
    let mut len = 0;
    loop {
        let read = stream.read(&mut answer[len..]).await?;
        if read == 0 {
            bail!("the server closed the connection");
        }
        len += read;
        let Some(head_len) = answer[..len].windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = std::str::from_utf8(&answer[..head_len])?;
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if len >= head_len + 4 + length.context("an answer without a length")?.parse::<usize>()? {
            return Ok(len);
        }
    }
}

fn request(tip: ComposedTip) -> Vec<u8> {
    let ComposedTip { id, tar } = tip;
    let head = format!(
        "PUT /tips/{id} HTTP/1.1\r\nhost: knothole\r\ncontent-type: application/x-tar\r\ncontent-length: {}\r\n\r\n",
        tar.len()
    );
    [head.into_bytes(), tar].concat()
}
