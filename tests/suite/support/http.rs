//! HTTP as bytes on a socket, so that tests can say what no well-behaved client would.

use knothole::http::accept::Address;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// By lower-case name. A name that came twice panics: no answer of ours repeats one.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// One request as text, with `Connection: close`.
pub fn request(method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head = format!("{method} {target} HTTP/1.1\r\nhost: door\r\nconnection: close\r\n");
    for (name, value) in headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    if !body.is_empty() {
        write!(head, "content-length: {}\r\n", body.len()).unwrap();
    }
    [head.as_bytes(), b"\r\n", body].concat()
}

/// Connects to a TCP door from another address of this machine, as another peer would.
pub async fn connect_from(source: [u8; 4], door: &Address) -> TcpStream {
    let Address::Tcp(address) = door else { panic!("tests use TCP") };
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((source, 0).into()).unwrap();
    socket.connect(*address).await.unwrap()
}

/// Connects to a TCP door.
pub async fn connect(door: &Address) -> TcpStream {
    let Address::Tcp(address) = door else { panic!("tests use TCP") };
    TcpStream::connect(address).await.unwrap()
}

/// Sends bytes and reads what comes until the other side closes.
pub async fn exchange(door: &Address, bytes: &[u8]) -> Answer {
    exchange_on(connect(door).await, bytes).await
}

/// As `exchange`, on a connection that is there already.
pub async fn exchange_on(mut stream: TcpStream, bytes: &[u8]) -> Answer {
    // A door that refuses early may close before it has read everything; what it said is still there to read.
    let _cut_short = stream.write_all(bytes).await;
    read_answer(&mut stream).await
}

pub async fn read_answer(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let _reset_after_the_answer = stream.read_to_end(&mut bytes).await;
    parse(&bytes)
}

fn parse(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("an answer with a head");
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let mut headers = BTreeMap::new();
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        assert_eq!(headers.insert(name.to_ascii_lowercase(), value.to_owned()), None, "{name} came twice");
    }
    let raw = &bytes[end + 4..];
    let is_chunked = headers.get("transfer-encoding").is_some_and(|coding| coding == "chunked");
    Answer { status, headers, body: if is_chunked { unchunk(raw) } else { raw.to_vec() } }
}

/// An answer that was cut off lacks its last chunk, and panics here.
fn unchunk(mut raw: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let end = raw.windows(2).position(|window| window == b"\r\n").expect("a chunk that was not cut off");
        let len = usize::from_str_radix(std::str::from_utf8(&raw[..end]).unwrap(), 16).unwrap();
        body.extend_from_slice(&raw[end + 2..end + 2 + len]);
        if len == 0 {
            return body;
        }
        raw = &raw[end + 2 + len + 2..];
    }
}
