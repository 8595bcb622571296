//! `desk export --form evidence` and `desk export verify`.

use super::super::inbox::{keyring, no_keyring};
use super::super::session::Session;
use crate::crypto::event::SignedEvent;
use crate::desk::case::Case;
use crate::desk::chain::Chain;
use crate::desk::client::{ClientError, TipStream};
use crate::desk::context::{Context, block_on};
use crate::desk::events::authors::author;
use crate::desk::evidence::{Evidence, Key, MAX_BYTES, Sealed, SiteName, Verified, archive, verify};
use crate::desk::export::Subject;
use crate::desk::failure::{Exit, Failure};
use crate::desk::files;
use crate::desk::inbox::Entry;
use crate::desk::names::AgencyNames;
use crate::desk::output::{Line, Style};
use crate::model::tip::TipId;
use serde::Serialize;
use std::path::Path;

const BATCH_TIPS: usize = 512;
const BATCH_BYTES: usize = 16 << 20;

/// The archive of one tip. Asks the server for the sealed letter, unless that is not wanted.
pub fn bytes(
    subject: &Subject<'_>,
    entry: &Entry,
    is_offline: bool,
    session: &mut Session<'_>,
) -> Result<Vec<u8>, Failure> {
    let id = subject.letter.id;
    let case = session.case(id);
    let sealed = if is_offline { None } else { sealed(id, &case, session)? };
    if sealed.is_none() {
        let text = "note: without the sealed letter, the archive shows only that you say what was in it";
        session.context.output.note(&Line::from(text));
    }
    let chain = keyring(&session.profile)?.ok_or_else(no_keyring)?;
    let version = chain.newest();
    let events: Vec<SignedEvent> = session.known.events_of(id).map(|event| event.signed.clone()).collect();
    let opened = entry.tip.opened_letter();
    let evidence = Evidence {
        letter: &subject.letter,
        opened: &opened,
        sealed,
        events: &events,
        case: &case,
        tlp: subject.tlp,
        conditions: &subject.conditions,
        authors: authors(&case, &chain),
        site: SiteName {
            genesis: session.profile.site()?.genesis,
            version: version.public.version,
            hash: version.hash,
        },
        names: &AgencyNames::of(version),
        by: author(&session.me),
    };
    Ok(archive(&evidence, &session.identity.signing))
}

/// Keys of those who wrote the events, as far as any version of the keyring names them; each once.
fn authors(case: &Case, chain: &Chain) -> Vec<Key> {
    let mut members: Vec<&str> = case.events.iter().map(|named| named.event.author.member.as_str()).collect();
    members.sort_unstable();
    members.dedup();
    let key = |id: &str| chain.member_ever(id).map(|member| Key { member: member.id, key: member.key });
    members.into_iter().filter_map(key).collect()
}

/// The tip as the server has it, with the capsule that opens it for us; none where the server no longer has it. Reads the
/// lists to their ends: the server does not learn which tip is wanted.
fn sealed(id: TipId, case: &Case, session: &Session<'_>) -> Result<Option<Sealed>, Failure> {
    let was_referred = case.referrals.iter().any(|offer| offer.to == session.me.agency && offer.new_tip.is_none());
    let failed = |error: ClientError| {
        let failure = Failure::from(error);
        if failure.exit == Exit::Network {
            failure.hint("`--offline` makes an archive without the sealed letter")
        } else {
            failure
        }
    };
    block_on(async {
        let stream = session.client.tips_after(0).await.map_err(failed)?;
        let found = look_for(id, stream).await.map_err(failed)?;
        if !was_referred {
            return Ok(found);
        }
        let stream = session.client.referrals_after(0).await.map_err(failed)?;
        Ok(look_for(id, stream).await.map_err(failed)?.or(found))
    })
}

/// The last of a list with this id.
async fn look_for(id: TipId, mut stream: TipStream) -> Result<Option<Sealed>, ClientError> {
    let mut found = None;
    loop {
        let batch = stream.next_batch(BATCH_TIPS, BATCH_BYTES).await?;
        let tip = batch.tips.into_iter().rfind(|tip| tip.line.id == id);
        found = tip.map(|tip| Sealed { letter: tip.letter, capsule: tip.capsule }).or(found);
        if batch.end.is_some() {
            return Ok(found);
        }
    }
}

#[derive(Serialize)]
struct Report {
    is_whole: bool,
    problems: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tip: Option<TipId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    made_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    /// Whether the keyring that this machine pinned names the keys; none where it knows no keyring, or another site's.
    #[serde(skip_serializing_if = "Option::is_none")]
    keys_are_known: Option<bool>,
}

/// Checks an archive, and the keys in it where this machine knows the site.
pub fn check(path: &Path, is_json: bool, context: &mut Context) -> Result<(), Failure> {
    let bytes = files::read(path, MAX_BYTES)?;
    let checked = verify(&bytes);
    let known = checked.as_ref().ok().and_then(|verified| are_known(verified, context));
    let problems: Vec<String> = match &checked {
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
        Ok(_) if known == Some(false) => vec!["it names keys that the keyring of this site never had".to_owned()],
        Ok(_) => Vec::new(),
    };
    let failed = (!problems.is_empty()).then(|| {
        Failure::new(Exit::Integrity, &format!("{} is not what it should be", path.display()))
            .hint("do not rely on it: ask whoever made it for the file once more, and keep this one")
    });
    if is_json {
        let verified = checked.as_ref().ok();
        let report = Report {
            is_whole: problems.is_empty(),
            problems,
            tip: verified.map(|verified| verified.tip),
            made_by: verified.map(|verified| verified.made_by.member.clone()),
            key: verified.map(|verified| verified.made_by.key.to_string()),
            keys_are_known: known,
        };
        context.output.print_json(&report)?;
    } else if let (Ok(verified), true) = (&checked, problems.is_empty()) {
        context.output.print(&lines(verified, known))?;
    } else {
        for problem in &problems {
            context.output.note(&Line::new().with(Style::Alarm, "wrong: ").with(Style::Plain, problem));
        }
    }
    failed.map_or(Ok(()), Err)
}

/// Whether the keyring of the same site names every key in it.
fn are_known(verified: &Verified, context: &mut Context) -> Option<bool> {
    let profile = context.profile(None).ok()?;
    let genesis = profile.settings().genesis.filter(|genesis| *genesis == verified.site.genesis)?;
    let chain = Chain::load(&profile, genesis).ok()??;
    let is_known = |key: &Key| chain.member_ever(&key.member).is_some_and(|member| member.key == key.key);
    Some(verified.authors.iter().chain([&verified.made_by]).all(is_known))
}

fn lines(verified: &Verified, known: Option<bool>) -> Vec<Line> {
    let sealed = if verified.has_sealed { "with the sealed letter" } else { "without the sealed letter" };
    let Verified { files, events, .. } = verified;
    let field = |name: &str, text: &str| Line::new().with(Style::Faint, &format!("{name:10}")).with(Style::Plain, text);
    let mut lines = vec![
        Line::new().with(Style::Bold, &format!("whole: {files} files, {events} events, {sealed}")),
        field("tip", &verified.tip.to_string()),
        field("made by", &verified.made_by.member),
        field("key", &verified.made_by.key.to_string()),
        field("site", &verified.site.genesis.to_string()),
    ];
    let keys = match known {
        Some(true) => "each is a key of the site that this profile is tied to",
        _ => "as the archive names them: compare them with the site's keyring, or run this with a profile of the site",
    };
    lines.push(field("keys", keys));
    lines
}
