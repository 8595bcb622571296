//! Promise 3: what a browser and its connection tell of a source is in no file and no log line. What is still in
//! memory afterwards is reported.

use super::image;
use super::planted::{Planted, count, found};
use crate::support::files::files_under;
use crate::support::http::{read_answer, request};
use crate::support::process::{LASTING_VERSION, Program, lasting_site, say, tcp};
use crate::support::tip::TipParts;
use std::fmt::Write as _;
use std::path::PathBuf;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

/// Loopback, and nobody else's.
const ADDRESS: [u8; 4] = [127, 0, 0, 77];
const HEADERS: [(&str, &str); 6] = [
    ("user-agent", "Planted/77.1 (Phone; lantern build)"),
    ("referer", "https://planted-referrer.example/where-they-came-from"),
    ("accept-language", "yo-planted,ig;q=0.7"),
    ("cookie", "planted-cookie=7731"),
    ("x-forwarded-for", "198.51.100.77"),
    ("forwarded", "for=planted-forwarded"),
];
/// What a plain form tells of the file that it sends.
const FILE_NAME: &str = "IMG_7731_planted-street.tar";

fn planted() -> Vec<Planted> {
    let others = [("address", "127.0.0.77"), ("file name", FILE_NAME)];
    let planted = |(name, text): (&'static str, &str)| Planted { name, text: text.into() };
    others.into_iter().chain(HEADERS).map(planted).collect()
}

async fn connect(server: &Program) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((ADDRESS, 0).into()).unwrap();
    socket.connect(tcp(server.public())).await.unwrap()
}

/// All that a source's browser may send, right and wrong, also what is never finished.
fn requests() -> Vec<Vec<u8>> {
    let tip = TipParts { keyring: LASTING_VERSION, ..TipParts::new(1) };
    let with_type = [&HEADERS[..], &[("content-type", "application/x-tar")]].concat();
    let whole = request("PUT", &format!("/tips/{}", tip.id()), &with_type, &tip.body());
    let form_type = [&HEADERS[..], &[("content-type", "multipart/form-data; boundary=planted-edge")]].concat();
    let form = |body: &[u8]| {
        let start = format!(
            "--planted-edge\r\ncontent-disposition: form-data; name=\"tip\"; filename=\"{FILE_NAME}\"\r\n\
            content-type: application/x-tar\r\n\r\n"
        );
        request("POST", "/sealed", &form_type, &[start.as_bytes(), body, b"\r\n--planted-edge--\r\n"].concat())
    };
    let get = |target| request("GET", target, &HEADERS, b"");
    let too_many = HEADERS.repeat(100);
    vec![
        get("/"),
        get("/knothole.js"),
        get("/?from=planted-cookie=7731"),
        get("/Planted/77.1%20(Phone;%20lantern%20build)"),
        whole.clone(),
        request("PUT", "/tips/planted-cookie=7731", &with_type, b"planted-cookie=7731"),
        form(&TipParts { keyring: LASTING_VERSION, ..TipParts::new(3) }.body()),
        form(b"planted-cookie=7731"),
        request("GET", "/", &too_many, b""),
        [b"GET / HTTP/1.1\r\nhost: door\r\nuser-agent Planted/77.1 (Phone; lantern build)\r\n".as_slice(), b"\r\n"]
            .concat(),
        whole[..whole.len() / 2].to_vec(),
        whole[..60].to_vec(),
    ]
}

/// Says everything, each on a connection of its own, and gives what was answered.
async fn say_everything(server: &Program) -> Vec<u8> {
    let mut answers = Vec::new();
    for request in requests() {
        let mut stream = connect(server).await;
        // A door that refuses early closes before it has read everything.
        let _cut_short = stream.write_all(&request).await;
        let _cut_short = stream.shutdown().await;
        let _reset = stream.read_to_end(&mut answers).await;
    }
    answers
}

/// How often each is in memory: as text, and the address as the two kinds of bytes that programs keep one in.
fn census(image: &[u8], port: u16) -> String {
    let mut line = String::new();
    for Planted { name, text } in planted() {
        write!(line, "{name} {}, ", count(&text, image)).unwrap();
    }
    let rust = [&ADDRESS[..], &port.to_le_bytes()].concat();
    let system = [&2_u16.to_le_bytes()[..], &port.to_be_bytes(), &ADDRESS].concat();
    let bytes = |needle: &[u8]| memchr::memmem::find_iter(image, needle).count();
    write!(line, "address in bytes {}", bytes(&rust) + bytes(&system)).unwrap();
    line
}

#[tokio::test]
async fn what_a_browser_and_its_connection_tell_is_in_no_file_and_no_log() {
    let planted = planted();
    for level in ["off", "error", "warn", "info"] {
        let site = lasting_site().await;
        let server = Program::start(site.path(), level);
        let answers = say_everything(&server).await;
        let mut seen = vec![(PathBuf::from("the answers"), answers)];
        seen.extend(files_under(site.path()));
        seen.push(("the log".into(), server.stop()));
        seen.extend(files_under(site.path()));
        for (place, bytes) in seen {
            assert_eq!(found(&planted, &bytes), Vec::<String>::new(), "in {} at {level}", place.display());
        }
    }
}

#[tokio::test]
async fn what_a_browser_told_is_wiped_from_memory_when_it_was_answered() {
    const TEST: &str = "a census of what memory holds of a caller";
    let site = lasting_site().await;
    let server = Program::start(site.path(), "info");
    let mut stream = connect(&server).await;
    let port = stream.local_addr().unwrap().port();
    let tip = TipParts { keyring: LASTING_VERSION, ..TipParts::new(2) };
    let body = tip.body();
    let expecting = [&HEADERS[..], &[("content-type", "application/x-tar"), ("expect", "100-continue")]].concat();
    let whole = request("PUT", &format!("/tips/{}", tip.id()), &expecting, &body);
    let (head, body) = whole.split_at(whole.len() - body.len());
    stream.write_all(head).await.unwrap();
    // Comes when the head was read and the body is waited for.
    stream.read_exact(&mut [0; "HTTP/1.1 100 Continue\r\n\r\n".len()]).await.unwrap();
    let Some(image) = image::of(server.pid(), TEST) else { return };
    say(&format!("in memory of a caller, request under way: {}", census(&image, port)));
    for (name, text) in HEADERS {
        assert!(count(text, &image) > 0, "the {name} of a request under way is somewhere in memory");
    }

    stream.write_all(body).await.unwrap();
    assert_eq!(read_answer(&mut stream).await.status, 201);
    say_everything(&server).await;
    let image = image::of(server.pid(), TEST).unwrap();
    say(&format!("in memory of a caller, all answered:      {}", census(&image, port)));
    for (name, text) in HEADERS.into_iter().chain([("file name", FILE_NAME)]) {
        assert_eq!(count(text, &image), 0, "the {name} is still in memory");
    }
}
