//! The peer of the server: the same `SQLite` with the same settings takes the same rows, with nothing around it.

use super::mill::Mill;
use anyhow::{Context as _, Result};
use knothole::crypto::compose::ComposedTip;
use knothole::crypto::tar;
use knothole::store::NewTip;
use rusqlite::{Connection, TransactionBehavior, params};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// The word by which this program knows that it is the process of `one_by_one`.
pub const CHILD_WORD: &str = "bare";
const TEMPLATE_NAME: &str = "template.tar";
const SCHEMA: &str = include_str!("../../migrations/sqlite/0001_first_tip.sql");

/// A database of its own.
pub struct Bare {
    connection: Connection,
    seq: i64,
}

impl Bare {
    /// Makes it in a new directory.
    pub fn create(dir: &Path) -> Result<Self> {
        std::fs::create_dir_all(dir)?;
        let connection = Connection::open(dir.join("bare.db"))?;
        connection.execute_batch(
            "pragma journal_mode = wal;
            pragma synchronous = full;
            pragma foreign_keys = on;
            pragma secure_delete = on;",
        )?;
        connection.execute_batch(SCHEMA)?;
        Ok(Self { connection, seq: 0 })
    }

    /// Puts tips, so many in a transaction, and gives how many a second.
    pub fn put(&mut self, tips: &[NewTip], batch: usize) -> Result<f64> {
        let start = Instant::now();
        for tips in tips.chunks(batch) {
            self.put_batch(tips)?;
        }
        Ok(f64::from(u32::try_from(tips.len())?) / start.elapsed().as_secs_f64())
    }

    fn put_batch(&mut self, tips: &[NewTip]) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut put_tip = transaction.prepare_cached(
                "insert into tip (seq, id, day, keyring_version, body_hash, upload_hash, letter)
                values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?;
            let mut put_capsule = transaction.prepare_cached(
                "insert into capsule (tip_seq, agency, sealed)
                values (?1, ?2, ?3)",
            )?;
            for tip in tips {
                self.seq += 1;
                let (id, body_hash, upload_hash) = (tip.id.0, tip.body_hash.0, tip.upload_hash.0);
                let day = tip.day.epoch_days();
                put_tip.execute(params![self.seq, id, day, tip.keyring, body_hash, upload_hash, tip.letter])?;
                for (agency, capsule) in (0_i64..).zip(&tip.capsules) {
                    put_capsule.execute(params![self.seq, agency, capsule])?;
                }
            }
            transaction.prepare_cached("update counter set value = ?1 where name = 'tip'")?.execute([self.seq])?;
        }
        Ok(transaction.commit()?)
    }
}

/// Puts tips made from `template`, one in a transaction, in a process of its own that runs inside `around`, and gives how
/// many a second it took.
pub fn one_by_one(around: &[&str], template: &ComposedTip, dir: &Path, tips: usize) -> Result<f64> {
    std::fs::create_dir_all(dir)?;
    let template_path = dir.join(TEMPLATE_NAME);
    std::fs::write(&template_path, &template.tar)?;
    let program = std::env::current_exe()?;
    let mut command = Command::new(around.first().context("around is empty")?);
    command.args(&around[1..]).arg(program).arg(CHILD_WORD).arg(dir).arg(tips.to_string());
    let output = command.stderr(Stdio::inherit()).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// What that process does.
#[expect(clippy::print_stdout, reason = "this is how it says its figure")]
pub fn child(dir: &Path, tips: usize) -> Result<()> {
    let tar = std::fs::read(dir.join(TEMPLATE_NAME))?;
    let id = tar::parse(&tar)?.about.id;
    let mut mill = Mill::of(vec![ComposedTip { id, tar }]);
    println!("{}", Bare::create(dir)?.put(&mill.rows(tips), 1)?);
    Ok(())
}
