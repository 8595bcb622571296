//! Promise P5: whoever finds a receipt code, and has every byte that the server stores beside it, reads replies and nothing
//! that was sent.

use super::commands::does;
use super::replying::{first_answers, receipt};
use super::true_site::TrueSite;
use knothole::crypto::file;
use knothole::crypto::hybrid::HybridIdentity;
use rusqlite::types::Value;

/// Every value of every table, with the table's name.
fn stored(it: &TrueSite) -> Vec<(String, Vec<u8>)> {
    let database = it.database();
    let mut names = database.prepare("select name from sqlite_master where type = 'table'").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut all = Vec::new();
    for name in names {
        let mut rows = database.prepare(&format!("select * from \"{name}\"")).unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                match row.get::<_, Value>(column).unwrap() {
                    Value::Blob(bytes) => all.push((name.clone(), bytes)),
                    Value::Text(text) => all.push((name.clone(), text.into_bytes())),
                    Value::Null | Value::Integer(_) | Value::Real(_) => {}
                }
            }
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_code_and_all_that_is_stored_replies_can_be_read_and_nothing_that_was_sent() {
    let it = TrueSite::open().await;
    let id = it.send_answers(first_answers(&receipt()), &it.newest, &[0, 1]).await.to_string();
    does(&it.site, 0, &["inbox"]).await;
    does(&it.site, 0, &["note", &id, "-m", "ask the school"]).await;
    does(&it.site, 0, &["reply", &id, "-m", "Is it safe to write?", "--yes"]).await;

    let code = receipt();
    // Every secret that follows from the code, and every place of it, as the seed of an identity.
    let seeds = [code.mailbox().0, *code.expose_token(), code.token_hash().0, code.follow_up_key().to_bytes()];
    let mut keys: Vec<HybridIdentity> = seeds.into_iter().map(HybridIdentity::from_seed).collect();
    keys.push(code.reply_identity().clone());
    let stored = stored(&it);
    for table in ["tip", "capsule", "event", "reply"] {
        assert!(
            stored.iter().any(|(name, bytes)| name == table && bytes.starts_with(b"age-encryption.org")),
            "{table}"
        );
    }
    let mut opened = Vec::new();
    for (table, bytes) in &stored {
        for key in &keys {
            if let Ok(plain) = file::open(key, bytes) {
                assert_eq!(table, "reply");
                opened.push(String::from_utf8(plain.to_vec()).unwrap());
            }
        }
        for secret in seeds {
            let is_secret = bytes.windows(32).any(|window| window == secret);
            let is_place = secret == code.mailbox().0 || secret == code.token_hash().0;
            assert!(!is_secret || is_place && table == "reply", "{table}");
        }
    }
    assert_eq!(opened.len(), 1, "replies are the code's to read");
    assert!(opened[0].contains("Is it safe to write?") && !opened[0].contains("blue house"), "{}", opened[0]);
}
