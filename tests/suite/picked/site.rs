//! A whole site, sources who send to it, and what its files and the police's desk then hold.

use super::detector::mix;
use super::seen::{Seen, received};
use super::{POLICE, Picked};
use crate::support::app::NOW;
use crate::support::http::{exchange, request};
use crate::support::staff::{self, Signed};
use knothole::clock::{Clock as _, FixedClock};
use knothole::crypto::compose::{ComposedTip, Draft, Readership, compose};
use knothole::crypto::hybrid::HybridRecipient;
use knothole::crypto::keyring::{verify_chain, words_of};
use knothole::crypto::letter::{Answers, Route};
use knothole::crypto::shape::LETTER_BUCKETS;
use knothole::demo::{Demo, Options, data_dir, start};
use knothole::desk::client::{Client, TipReader};
use knothole::desk::cover;
use knothole::desk::cover::page::Page;
use knothole::desk::identity::Identity;
use knothole::desk::passphrase;
use knothole::desk::profile::Profile;
use knothole::http::accept::Address;
use knothole::model::agency::AgencyNumber;
use knothole::model::hex::{Hex, Sha256Hash};
use knothole::model::tip::TipId;
use rayon::prelude::*;
use rusqlite::types::Value;
use rusqlite::{Connection, Row};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use tempfile::TempDir;

const SENDERS: usize = 16;
/// Whom a source picks; the police are number 2.
const WITH_POLICE: [&[u16]; 4] = [&[2], &[0, 2], &[2], &[0, 1, 2, 3]];
const WITHOUT_POLICE: [&[u16]; 4] = [&[0], &[0, 1], &[3], &[0, 1, 3]];
/// Tables that say nothing of any tip.
const OF_NO_TIP: [&str; 15] = [
    "_sqlx_migrations",
    "agency_key",
    "agency_key_copy",
    "agency_key_opened",
    "canary",
    "keyring_proposal",
    "keyring_version",
    "member_recipient",
    "member_roll",
    "nonce",
    "pointer",
    "reply",
    "reply_blank",
    "reply_emptied",
    "tombstone",
];

/// Tables of files that follow a letter, of which there are none here. They say the same of a tip whoever was picked: the page seals and
/// sends them before anything is known of that.
const OF_FILES: [&str; 4] = ["upload", "upload_gone", "upload_part", "upload_waste"];

pub struct Site {
    dir: TempDir,
    demo: Demo,
    agencies: Vec<(AgencyNumber, Option<HybridRecipient>)>,
    keyring: u32,
    genesis: Sha256Hash,
    police: Identity,
}

impl Site {
    pub async fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let any = || "127.0.0.1:0".parse().unwrap();
        let options = Options { dir: dir.path().join("demo"), public: any(), staff: any(), has_samples: false };
        let demo = start(&options, Arc::new(FixedClock(NOW))).await.unwrap();
        let desk = &demo.desks[usize::from(POLICE.0)];
        let profile = Profile::open(&desk.profile_dir).unwrap();
        let police = profile.unlock(&passphrase::from_file(&desk.passphrase_path).unwrap()).unwrap();
        let site = profile.site().unwrap();
        let client = Client::new(&site, None, &police, Arc::new(FixedClock(NOW))).unwrap();
        let version = verify_chain(&site.genesis, &client.keyring_from(0).await.unwrap()).unwrap();
        let recipient = |text: &String| text.parse().unwrap();
        let agencies = version.public.agencies.iter();
        let agencies = agencies.map(|agency| (agency.number, agency.recipient.as_ref().map(recipient))).collect();
        Self { dir, demo, agencies, keyring: version.public.version, genesis: site.genesis, police }
    }

    /// Sends `each` tips for the police and maybe others, `each` for others alone, and `each` cover tips, mixed.
    pub async fn send(&self, each: usize) -> Picked {
        let wishes = |of: [&'static [u16]; 4]| (0..each).map(move |at| of[at % of.len()].to_vec());
        let covers = (0..each).map(|_| Vec::new());
        let mut wishes: Vec<Vec<u16>> = wishes(WITH_POLICE).chain(wishes(WITHOUT_POLICE)).chain(covers).collect();
        mix(&mut wishes, 7);
        let wishes: Vec<Vec<_>> =
            wishes.into_iter().map(|picked| picked.into_iter().map(AgencyNumber).collect()).collect();
        let (agencies, keyring, site) = (self.agencies.clone(), self.keyring, words_of(&self.genesis));
        let seal = move || -> Vec<(ComposedTip, Vec<AgencyNumber>)> {
            let readership = Readership { keyring, site: &site, agencies: &agencies };
            let sealed = wishes.into_par_iter().enumerate();
            sealed.map(|(at, picked)| (sealed_tip(at, &picked, &readership), picked)).collect()
        };
        let tips = tokio::task::spawn_blocking(seal).await.unwrap();
        let picked = tips.iter().map(|(tip, picked)| (tip.id, picked.clone())).collect();
        let tips: Arc<Vec<ComposedTip>> = Arc::new(tips.into_iter().map(|(tip, _)| tip).collect());
        let senders = (0..SENDERS).map(|sender| {
            let (tips, door) = (Arc::clone(&tips), self.demo.running.public().clone());
            tokio::spawn(async move {
                for tip in tips.iter().skip(sender).step_by(SENDERS) {
                    put(&door, tip).await;
                }
            })
        });
        for sender in senders.collect::<Vec<_>>() {
            sender.await.unwrap();
        }
        picked
    }

    /// The whole answer that the police's desk gets to `GET /v1/tips`.
    pub async fn received_by_police(&self) -> Vec<Seen> {
        let person =
            staff::Person { door: self.demo.running.staff().clone(), key: self.police.signing.clone(), now: NOW };
        let signed = person.sign("GET", "/v1/tips?after=0", b"");
        let answer = person.send(&Signed { tag: format!("knothole:{}", self.genesis), ..signed }).await;
        assert_eq!(answer.status, 200);
        let mut reader = TipReader::new(0);
        reader.add(&answer.body);
        let mut tips = Vec::new();
        while let Some(tip) = reader.next_tip().unwrap() {
            tips.push(tip);
        }
        received(&tips)
    }

    /// Everything in the database, by tip, after the server has closed it.
    pub async fn stop_and_read(self) -> Vec<Seen> {
        self.demo.running.shutdown().await;
        let data = data_dir(&self.dir.path().join("demo"));
        let files: Vec<_> = std::fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        let is_known = |name: &str| name.starts_with("knothole.db") || name == "uploads";
        let is_known = |name: &std::ffi::OsString| name.to_str().is_some_and(is_known);
        assert!(files.iter().all(is_known), "a new file: say here what it tells: {files:?}");
        assert_eq!(std::fs::read_dir(data.join("uploads")).unwrap().count(), 0, "nobody here sent files");
        stored(&Connection::open(data.join("knothole.db")).unwrap())
    }
}

fn sealed_tip(at: usize, picked: &[AgencyNumber], readership: &Readership<'_>) -> ComposedTip {
    let created = FixedClock(NOW).quarter_hour();
    if picked.is_empty() {
        let Readership { keyring, site, agencies } = *readership;
        let recipients = vec![None; agencies.len()];
        let page = Page { version: keyring, recipients, site: site.into(), hash: Hex([0; 32]) };
        return cover::make(&page, LETTER_BUCKETS[0], created).unwrap();
    }
    let answers = Answers { story: Some("in the blue house ".repeat(1 + at % 150)), ..Answers::default() };
    let draft = Draft { created, lang: "en".into(), route: Route::Fast, answers };
    compose(draft, readership, picked).unwrap()
}

async fn put(door: &Address, tip: &ComposedTip) {
    let headers = [("content-type", "application/x-tar")];
    let answer = exchange(door, &request("PUT", &format!("/tips/{}", tip.id), &headers, &tip.tar)).await;
    assert_eq!(answer.status, 201);
}

/// Reads every table. One that nobody has thought of fails.
fn stored(database: &Connection) -> Vec<Seen> {
    let mut tips: BTreeMap<i64, Seen> = BTreeMap::new();
    each_row(database, "tip", |row, columns| {
        let seq = row.get("seq").unwrap();
        let mut seen = Seen::new(TipId(row.get("id").unwrap()), tips.len());
        seen.fact("row is seq", &(row.get::<_, i64>("place").unwrap() == seq));
        for name in columns.iter().filter(|name| !["place", "seq", "id"].contains(&name.as_str())) {
            add(&mut seen, name, row.get(name.as_str()).unwrap());
        }
        assert!(tips.insert(seq, seen).is_none());
    });
    let mut firsts = BTreeMap::new();
    each_row(database, "capsule", |row, columns| {
        let (seq, rowid): (i64, i64) = (row.get("tip_seq").unwrap(), row.get("place").unwrap());
        let first = *firsts.entry(seq).or_insert(rowid);
        let seen = tips.get_mut(&seq).expect("a capsule of a tip");
        let agency: i64 = row.get("agency").unwrap();
        seen.fact("place of the capsule among its tip's", &(rowid - first));
        for name in columns.iter().filter(|name| !["place", "tip_seq"].contains(&name.as_str())) {
            add(seen, &format!("capsule {agency} {name}"), row.get(name.as_str()).unwrap());
        }
    });
    nothing_else_names_a_tip(database, &tips);
    tips.into_values().collect()
}

fn add(seen: &mut Seen, name: &str, value: Value) {
    match value {
        Value::Blob(bytes) => seen.blob(name, &bytes),
        other => seen.fact(name, &format!("{other:?}")),
    }
}

fn each_row(database: &Connection, table: &str, mut read: impl FnMut(&Row<'_>, &[String])) {
    let mut statement = database.prepare(&format!("select rowid as place, * from {table} order by rowid")).unwrap();
    let columns: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        read(row, &columns);
    }
}

fn nothing_else_names_a_tip(database: &Connection, tips: &BTreeMap<i64, Seen>) {
    let mut statement = database.prepare("select name from sqlite_master where type = 'table'").unwrap();
    let tables: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let ids: HashSet<_> = tips.values().map(|tip| tip.id.0.to_vec()).collect();
    for table in tables.iter().filter(|table| !["tip", "capsule"].contains(&table.as_str())) {
        let mut statement = database.prepare(&format!("select * from {table}")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values = (0..columns).map(|column| row.get::<_, Value>(column).unwrap()).collect::<Vec<_>>();
            if table == "counter" {
                // A source's tips move one counter, by one each, and those of what members do not at all.
                let is_of_tips = values[0] == Value::Text("tip".into());
                let count = if is_of_tips { i64::try_from(tips.len()).unwrap() } else { 0 };
                assert_eq!(values[1], Value::Integer(count), "{:?}", values[0]);
                continue;
            }
            assert!(!OF_FILES.contains(&table.as_str()), "nobody here sent files");
            assert!(OF_NO_TIP.contains(&table.as_str()), "a new table: say here what it tells: {table}");
            assert!(!values.iter().any(|value| matches!(value, Value::Blob(blob) if ids.contains(blob))), "{table}");
        }
    }
}
