//! A source's browser, for servers that may die at any moment: numbered tips, and what was said about each.

use crate::support::app::{NOW, TestApp};
use crate::support::process::{LASTING_VERSION, tcp};
use crate::support::site::mark;
use crate::support::tip::sealed;
use knothole::crypto::shape::CAPSULE_PLAIN_LEN;
use knothole::crypto::tar::{self, About, TipTar};
use knothole::http::accept::Address;
use knothole::model::hex::Hex;
use knothole::model::tip::TipId;
use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use tempfile::TempDir;

/// As many different tips as one likes.
pub struct Tip(pub u64);

impl Tip {
    pub fn id(&self) -> TipId {
        let mut id = [0xa5; 32];
        id[..8].copy_from_slice(&self.0.to_be_bytes());
        TipId(id)
    }

    fn fill(&self) -> u8 {
        self.0.to_le_bytes()[0]
    }

    pub fn letter(&self) -> Vec<u8> {
        sealed(4096, self.fill())
    }

    pub fn capsule(&self) -> Vec<u8> {
        sealed(CAPSULE_PLAIN_LEN, !self.fill())
    }

    /// The whole request.
    pub fn request(&self) -> Vec<u8> {
        let (letter, capsule) = (self.letter(), self.capsule());
        let about =
            About { id: self.id(), keyring: LASTING_VERSION, site: mark(self.id()), upload: Hex([self.fill(); 32]) };
        let body = tar::write(&TipTar { about, letter: &letter, capsules: vec![&capsule, &capsule] });
        let headers = [("content-type", "application/x-tar")];
        crate::support::http::request("PUT", &format!("/tips/{}", self.id()), &headers, &body)
    }
}

/// Sends a tip and gives the head of the answer, if one came before the connection broke. Calls `sent` when all bytes
/// are on their way.
pub fn send(door: &Address, tip: &Tip, sent: impl FnOnce()) -> Option<String> {
    let mut stream = TcpStream::connect(tcp(door)).ok()?;
    stream.write_all(&tip.request()).ok()?;
    sent();
    let mut answer = Vec::new();
    let _reset = stream.read_to_end(&mut answer);
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some(String::from_utf8(answer[..end].to_vec()).unwrap().to_ascii_lowercase())
}

/// The status of an answer.
pub fn status(head: &str) -> u16 {
    head.split(' ').nth(1).unwrap().parse().unwrap()
}

/// Opens the folder with a fresh server and checks that its tips are these, each once, whole, in a row without gaps.
pub async fn assert_holds(site: TempDir, numbers: &BTreeSet<u64>) -> TempDir {
    let app = TestApp::on(site, NOW).await;
    let (tips, _) = app.person("mia").tips(0).await;
    let mut held = BTreeSet::new();
    for (tip, expected_seq) in tips.iter().zip(1..) {
        let number = Tip(u64::from_be_bytes(tip.line.id.0[..8].try_into().unwrap()));
        assert_eq!((tip.line.id, tip.line.seq), (number.id(), expected_seq));
        assert!(tip.letter == number.letter() && tip.capsule == number.capsule(), "tip {} is not whole", number.0);
        assert!(held.insert(number.0), "tip {} is there twice", number.0);
    }
    let lost: Vec<_> = numbers.difference(&held).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    let unknown: Vec<_> = held.difference(numbers).collect();
    assert!(unknown.is_empty(), "held and never acknowledged: {unknown:?}");
    app.running.shutdown().await;
    app.dir
}
