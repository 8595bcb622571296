//! A staff door that keeps what it is given and checks nothing, and whose state a test can turn into a lie.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::crypto::keyring::SignedVersion;
use knothole::crypto::tar;
use knothole::model::tip::{CustodyToken, TipId};
use knothole::wire::{
    DeletionRecord, EventLine, EventsEnd, InboxLine, Junk, KeepTokens, KeyRecord, KeyringChain, NewReferral, NewSecret,
    OpenedRecord, PostedEvent, PostedReply, ReadReport, Rolls, Secrets, TipLine,
};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

mod deciding;
pub mod files;
mod rolling;
mod tip;

pub use tip::StoredTip;

/// A door that is open as long as this lives.
pub struct Door {
    port: u16,
    state: Arc<Mutex<State>>,
    task: tokio::task::JoinHandle<()>,
}

/// What the door knows and says.
#[derive(Default)]
pub struct State {
    pub versions: Vec<SignedVersion>,
    pub proposed: Vec<SignedVersion>,
    pub secrets: Secrets,
    pub rolls: Rolls,
    pub tips: Vec<StoredTip>,
    /// Ends the list of tips after so many bytes.
    pub cut_tips_after: Option<usize>,
    /// Said at the end of the list instead of how many tips there are.
    pub false_end: Option<u64>,
    /// The place that the last tip is said to have.
    pub false_seq: Option<u64>,
    /// Answers everything with this.
    pub status: Option<u16>,
    /// First lines of the requests.
    pub asked: Vec<String>,
    /// Heads of the requests, whole.
    pub heads: Vec<String>,
    /// What the form's address gives; nothing when empty.
    pub page: String,
    /// Bodies that were put to the public door, and what it answers to the next ones before it takes any.
    pub put: Vec<Vec<u8>>,
    pub put_answers: Vec<u16>,
    /// Tips whose custody tokens were shown, batch by batch; none is taken while `keeps_nothing`.
    pub kept: Vec<Vec<TipId>>,
    pub keeps_nothing: bool,
    /// Case events of all tips, in the order in which they came; none that is taken away is missed.
    pub events: Vec<StoredEvent>,
    /// Said at the end of the list of events instead of how many there are.
    pub false_events_end: Option<u64>,
    /// Answers the posting of events with this.
    pub events_status: Option<u16>,
    /// Takes no event of this tip, ever.
    pub refuses_events: Option<TipId>,
    /// Sets of further capsules, each with its tip.
    pub referrals: Vec<(TipId, Vec<Vec<u8>>)>,
    /// Requests to delete a tip.
    pub deletions: Vec<DeletionRecord>,
    /// Custody tokens that were shown with a word about a deletion.
    pub tokens: HashMap<TipId, [u8; 32]>,
    /// What could be purged.
    pub junk: Option<Junk>,
    /// Replies that lie in mailboxes, and what the next ones are answered.
    pub replies: Vec<PostedReply>,
    pub replies_status: Option<u16>,
    /// Messages by which agencies compare, each with its place, and what is said at the end of their list instead of the last.
    pub pointers: Vec<(u64, Vec<u8>)>,
    pub false_pointers_end: Option<u64>,
    /// Answers what is about canaries with this.
    pub canaries_status: Option<u16>,
    /// How far desks said that they had read.
    pub read: Vec<(String, ReadReport)>,
    /// Files that came with tips, and after how many bytes the next one breaks off.
    pub files: HashMap<TipId, Vec<files::StoredFile>>,
    pub cut_file_after: Option<usize>,
}

/// A case event behind the door.
#[derive(Clone)]
pub struct StoredEvent {
    pub seq: u64,
    pub posted: PostedEvent,
}

impl Drop for Door {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Door {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State::default()));
        let task = tokio::spawn(serve(listener, state.clone()));
        Self { port, state, task }
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

async fn serve(listener: TcpListener, state: Arc<Mutex<State>>) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        tokio::spawn(answer(stream, state.clone()));
    }
}

async fn answer(mut stream: TcpStream, state: Arc<Mutex<State>>) {
    let Some((head, body)) = read_request(&mut stream).await else { return };
    let (status, mut body, cut) = {
        let mut state = state.lock().unwrap();
        let (status, body) = state.answer(&head, &body);
        let cut = if status == 206 { state.cut_file_after.take_if(|cut| *cut < body.len()) } else { None };
        (status, body, cut)
    };
    let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    body.truncate(cut.unwrap_or(body.len()));
    let _gone = stream.write_all(&[head.as_bytes(), &body].concat()).await;
}

async fn read_request(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        (stream.read_buf(&mut bytes).await.ok()? > 0).then_some(())?;
    };
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
    let mut body = bytes[end + 4..].to_vec();
    let len: usize = header(&head, "content-length").map_or(0, |len| len.parse().unwrap());
    while body.len() < len {
        (stream.read_buf(&mut body).await.ok()? > 0).then_some(())?;
    }
    Some((head, body))
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    lines.into_iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

impl State {
    fn answer(&mut self, head: &str, body: &[u8]) -> (u16, Vec<u8>) {
        let first = head.lines().next().unwrap().trim_end_matches(" HTTP/1.1").to_owned();
        self.asked.push(first.clone());
        self.heads.push(head.to_owned());
        if let Some(status) = self.status {
            return (status, b"no\n".to_vec());
        }
        if let Some(answer) = self.public(&first, body) {
            return answer;
        }
        if header(head, "signature-input").is_none() {
            return (401, b"no\n".to_vec());
        }
        let (member, agency) = self.caller(head);
        let number = || first.split_once('=').unwrap().1.parse::<u64>().unwrap();
        match first.split('?').next().unwrap() {
            "GET /v1/keyring" => (200, self.chain(number())),
            "POST /v1/keyring" => {
                self.versions.push(serde_json::from_slice(body).unwrap());
                (201, Vec::new())
            }
            "GET /v1/secrets" => (200, serde_json::to_vec(&self.secrets).unwrap()),
            "POST /v1/secrets" => {
                match serde_json::from_slice(body).unwrap() {
                    NewSecret::Key(key) => self.secrets.keys.push(KeyRecord { member, key }),
                    NewSecret::Opened(opened) => self.secrets.opened.push(OpenedRecord { member, opened }),
                    NewSecret::Retired(opened) => self.secrets.retired.push(OpenedRecord { member, opened }),
                }
                (201, Vec::new())
            }
            "GET /v1/recipients" => (200, serde_json::to_vec(&self.rolls).unwrap()),
            "POST /v1/recipients" => {
                self.roll(&member, serde_json::from_slice(body).unwrap());
                (201, Vec::new())
            }
            "POST /v1/keep" if self.keeps_nothing => (503, Vec::new()),
            "POST /v1/keep" => {
                let KeepTokens { tokens } = serde_json::from_slice(body).unwrap();
                self.kept.push(tokens.into_iter().map(|token| CustodyToken(token.0).tip_id()).collect());
                (200, b"{}".to_vec())
            }
            "POST /v1/replies" => {
                if let Some(status) = self.replies_status {
                    return (status, b"no\n".to_vec());
                }
                self.replies.push(serde_json::from_slice(body).unwrap());
                (201, Vec::new())
            }
            "GET /v1/canaries" | "POST /v1/canaries" => {
                (self.canaries_status.unwrap_or(200), b"{\"opened\":[]}".to_vec())
            }
            "GET /v1/pointers" => (200, self.list_pointers(number())),
            "POST /v1/pointers" => {
                let seq = self.pointers.iter().map(|(seq, _)| *seq).max().unwrap_or(0) + 1;
                self.pointers.push((seq, body.to_vec()));
                (201, b"{}".to_vec())
            }
            "GET /v1/tips" => (200, self.list(number(), agency)),
            "GET /v1/referrals" => (200, self.list_referrals(number(), agency)),
            "GET /v1/notices" => (200, serde_json::to_vec(&self.notices()).unwrap()),
            "POST /v1/read" => {
                self.read.push((member, serde_json::from_slice(body).unwrap()));
                (200, b"{}".to_vec())
            }
            words if words.starts_with("POST /v1/tips/") && words.ends_with("/capsules") => self.refer(words, body),
            words if words.starts_with("PUT /v1/tips/") => {
                let put = tar::parse(body).unwrap();
                let capsules = put.capsules.iter().map(|capsule| capsule.to_vec()).collect();
                let (id, keyring, letter) = (put.about.id, put.about.keyring, put.letter.to_vec());
                self.tips.push(StoredTip { id, keyring, letter, capsules });
                (201, b"{}".to_vec())
            }
            words if words.starts_with("POST /v1/tips/") && words.ends_with("/deletion") => {
                self.decide(member, &serde_json::from_slice(body).unwrap())
            }
            words if words.starts_with("GET /v1/tips/") => self.files(words, head),
            "GET /v1/junk" => (200, serde_json::to_vec(&self.junk).unwrap()),
            "POST /v1/junk" => self.purge(&serde_json::from_slice(body).unwrap()),
            "GET /v1/events" => (200, self.list_events(number())),
            words if words.starts_with("POST /v1/tips/") && words.ends_with("/events") => {
                if let Some(status) = self.events_status {
                    return (status, b"no\n".to_vec());
                }
                if self.refuses_events.is_some_and(|tip| words.contains(&tip.to_string())) {
                    return (403, b"no\n".to_vec());
                }
                let posted: PostedEvent = serde_json::from_slice(body).unwrap();
                let tip = CustodyToken(posted.token.0).tip_id();
                assert!(words.contains(&tip.to_string()) && self.tips.iter().any(|known| known.id == tip));
                if self.events.iter().any(|known| known.posted == posted) {
                    return (200, b"{}".to_vec());
                }
                let seq = self.events.last().map_or(1, |last| last.seq + 1);
                self.events.push(StoredEvent { seq, posted });
                (201, b"{}".to_vec())
            }
            _ => (404, Vec::new()),
        }
    }

    fn refer(&mut self, words: &str, body: &[u8]) -> (u16, Vec<u8>) {
        let NewReferral { token, capsules, .. } = serde_json::from_slice(body).unwrap();
        let tip = CustodyToken(token.0).tip_id();
        assert!(words.contains(&tip.to_string()));
        let capsules = capsules.iter().map(|capsule| STANDARD.decode(capsule).unwrap());
        self.referrals.push((tip, capsules.collect()));
        (201, b"{}".to_vec())
    }

    fn chain(&self, from: u64) -> Vec<u8> {
        let from = usize::try_from(from).unwrap().min(self.versions.len());
        let chain = KeyringChain { versions: self.versions[from..].to_vec(), proposed: self.proposed.clone() };
        serde_json::to_vec(&chain).unwrap()
    }

    /// Both doors are one here.
    fn public(&mut self, first: &str, body: &[u8]) -> Option<(u16, Vec<u8>)> {
        match first {
            "GET /" if !self.page.is_empty() => Some((200, self.page.clone().into_bytes())),
            "GET /knothole.js" => Some((200, b"script".to_vec())),
            _ if first.starts_with("PUT /tips/") => Some((
                self.put_answers.pop().unwrap_or_else(|| {
                    self.put.push(body.to_owned());
                    201
                }),
                Vec::new(),
            )),
            _ => None,
        }
    }

    fn list_referrals(&self, after: u64, agency: usize) -> Vec<u8> {
        let mut out = Vec::new();
        for (seq, (id, capsules)) in (1..).zip(&self.referrals).filter(|(seq, _)| *seq > after) {
            let Some(tip) = self.tips.iter().find(|tip| tip.id == *id) else { continue };
            write_tip(&mut out, seq, tip, &capsules[agency]);
        }
        out.extend(serde_json::to_vec(&InboxLine::End { end: self.referrals.len() as u64 }).unwrap());
        out.push(b'\n');
        out
    }

    fn list_pointers(&self, after: u64) -> Vec<u8> {
        let mut out = Vec::new();
        for (seq, sealed) in self.pointers.iter().filter(|(seq, _)| *seq > after) {
            out.extend(format!("{{\"seq\":{seq},\"sealed\":{}}}\n", sealed.len()).into_bytes());
            out.extend(sealed);
        }
        let last = self.pointers.last().map_or(0, |(seq, _)| *seq);
        out.extend(format!("{{\"end\":{}}}\n", self.false_pointers_end.unwrap_or(last)).into_bytes());
        out
    }

    /// By the key that the request says it is signed with; nobody checks.
    fn caller(&self, head: &str) -> (String, usize) {
        let input = header(head, "signature-input").unwrap_or_default();
        let key = input.split_once("keyid=\"").map_or("", |(_, rest)| &rest[..64]);
        let newest = self.versions.last().map(|version| version.read().unwrap());
        let member = newest.and_then(|version| version.member(&key.parse().ok()?).cloned());
        member.map_or_else(Default::default, |member| (member.id, usize::from(member.agency.0)))
    }

    fn list_events(&self, after: u64) -> Vec<u8> {
        let mut out = Vec::new();
        for StoredEvent { seq, posted } in self.events.iter().filter(|event| event.seq > after) {
            let sealed = STANDARD.decode(&posted.sealed).unwrap();
            let line = EventLine {
                seq: *seq,
                slot: posted.slot,
                label: posted.label,
                sealed: u32::try_from(sealed.len()).unwrap(),
            };
            out.extend(serde_json::to_vec(&line).unwrap());
            out.push(b'\n');
            out.extend(sealed);
        }
        let last = self.events.last().map_or(0, |last| last.seq);
        let end = EventsEnd { end: self.false_events_end.unwrap_or(last), tips: self.tips.len() as u64 };
        out.extend(serde_json::to_vec(&end).unwrap());
        out.push(b'\n');
        out
    }

    fn list(&self, after: u64, agency: usize) -> Vec<u8> {
        let mut out = Vec::new();
        let last = self.tips.len() as u64;
        let place = |seq| self.false_seq.filter(|_| seq == last).unwrap_or(seq);
        let placed = (1_u64..).map(place).zip(&self.tips);
        for (seq, tip) in placed.filter(|(seq, _)| *seq > after) {
            write_tip(&mut out, seq, tip, &tip.capsules[agency]);
        }
        let end = self.false_end.unwrap_or_else(|| place(last));
        out.extend(serde_json::to_vec(&InboxLine::End { end }).unwrap());
        out.push(b'\n');
        out.truncate(self.cut_tips_after.unwrap_or(out.len()));
        out
    }
}

fn write_tip(out: &mut Vec<u8>, seq: u64, tip: &StoredTip, capsule: &[u8]) {
    let line = InboxLine::Tip(TipLine {
        seq,
        id: tip.id,
        day: "2026-11-24".parse().unwrap(),
        keyring: tip.keyring,
        letter: u32::try_from(tip.letter.len()).unwrap(),
        capsule: u32::try_from(capsule.len()).unwrap(),
    });
    out.extend(serde_json::to_vec(&line).unwrap());
    out.push(b'\n');
    out.extend(&tip.letter);
    out.extend(capsule);
}
