//! `desk attachments` and `desk save`: which files came with a tip, and one of them onto the disk. Both ask the server with the tip's
//! custody token; `desk show` does not, and lists what they learned.

use super::session::Session;
use crate::crypto::letter::YesNo;
use crate::crypto::thread::ThreadKey;
use crate::desk::attachments::fetch::{self, FetchError, Wanted};
use crate::desk::attachments::remembered::Remembered;
use crate::desk::attachments::save::{self, Opened, SaveError};
use crate::desk::attachments::words::{self, UNKNOWN};
use crate::desk::attachments::{File, Listing, State, kind};
use crate::desk::cache::KnownTip;
use crate::desk::cli::{AttachmentsArgs, SaveArgs};
use crate::desk::context::{Context, block_on};
use crate::desk::failure::{Exit, Failure};
use crate::desk::files::FileError;
use crate::desk::files::asked::may_stand;
use crate::desk::output::{Line, Style};
use crate::desk::wishes::{Act, Scope};
use crate::model::tip::TipId;
use serde::Serialize;

/// `{"tip":…,"files":[…],"unreadable":[…]}`.
#[derive(Serialize)]
struct ListingJson<'a> {
    tip: TipId,
    files: &'a [File],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unreadable: Vec<String>,
}

/// Lists the files of a tip.
pub fn list(args: &AttachmentsArgs, context: &mut Context) -> Result<(), Failure> {
    let mut session = Session::open(context)?;
    let tip = session.tip(&args.id)?;
    session.must_be_online()?;
    let (listing, files) = ask(&mut session, &tip)?;
    if args.json {
        let unreadable = listing.unreadable.iter().map(ToString::to_string).collect();
        session.context.output.print_json(&ListingJson { tip: tip.letter.id, files: &files, unreadable })?;
        return session.end();
    }
    if args.plain {
        let records: Vec<Line> = files.iter().map(words::record).collect();
        session.context.output.print(&records)?;
        return session.end();
    }
    let short = session.short(tip.letter.id);
    if files.is_empty() {
        session.say(&format!("no files came with {short}"))?;
    } else {
        let title = Line::new().with(Style::Bold, &short).with(Style::Plain, &format!(": {}", words::count(&files)));
        let lines: Vec<Line> = std::iter::once(title).chain(words::lines(&files)).collect();
        session.context.output.print(&lines)?;
    }
    for error in &listing.unreadable {
        let text = format!("note: a list of files came that cannot be read: {error}");
        session.context.output.note(&Line::new().with(Style::Alarm, &text));
    }
    if files.iter().any(|file| file.state == State::Whole) {
        let text = format!("to save one: `desk save {short} 1 -o FILE`");
        session.context.output.note(&Line::new().with(Style::Faint, &text));
        warn(&tip, &mut session);
    }
    session.end()
}

/// Saves one of them under a name that was given.
pub fn save(args: &SaveArgs, context: &mut Context) -> Result<(), Failure> {
    may_stand(&args.output, false).map_err(|error| match error {
        FileError::Exists(_) => Failure::from(error).hint("name another file with `-o`"),
        other => other.into(),
    })?;
    let mut session = Session::open(context)?;
    let tip = session.tip(&args.id)?;
    session.may(Act::Export(Scope::All), &tip, None, None)?;
    session.must_be_online()?;
    let thread = thread(&tip)?;
    let (listing, mut files) = ask(&mut session, &tip)?;
    let short = session.short(tip.letter.id);
    let file = files.iter().position(|file| file.number == args.number).ok_or_else(|| {
        Failure::new(Exit::NotFound, &format!("{short} has no file {}", args.number))
            .hint(&format!("`desk attachments {short}` lists them"))
    })?;
    let listed = listing.key_of(&files[file]).cloned().ok_or_else(|| not_to_be_had(&files[file]))?;
    let path = fetch::path(&session.profile, &files[file].upload);
    let token = thread.custody_token();
    let wanted = Wanted { tip: tip.letter.id, token: &token, upload: files[file].upload, length: files[file].sealed };
    session.context.acting.mention_target(None, Some("attachment"));
    session.context.acting.settle()?;
    {
        let mut progress = session.context.output.progress("fetching", wanted.length);
        let client = &session.client;
        block_on(async { Ok(fetch::fetch(client, &wanted, &path, |at| progress.at(at)).await) })??;
    }
    let opened = {
        let mut progress = session.context.output.progress("opening", listed.size);
        save::open(&path, &listed, &args.output, |at| progress.at(at))
    };
    let Opened { asked, found } = match opened {
        Ok(opened) => opened,
        Err(error) => {
            if !matches!(error, SaveError::File(_)) {
                // What came was not what the source sent: the next try asks for all of it anew.
                let _gone = std::fs::remove_file(&path);
            }
            return Err(error.into());
        }
    };
    asked.place()?;
    // Sealed, and of no more use.
    let _gone = std::fs::remove_file(&path);
    files[file].found = Some(found.unwrap_or(UNKNOWN).to_owned());
    remember(&mut session, tip.letter.id, &files)?;
    let size = words::bytes(listed.size);
    let what = found.unwrap_or(UNKNOWN);
    session.say(&format!(
        "wrote {}: file {} of {short}, {size}, content: {what}",
        args.output.display(),
        args.number
    ))?;
    if kind::differs(&listed.media_type, found) {
        let text = format!(
            "note: the source's page said {}, and its content is another: do not open it as what it was said to be",
            listed.media_type
        );
        session.context.output.note(&Line::new().with(Style::Alarm, &text));
    }
    let text = "note: it is not sealed. Only you can read it on this machine; a picture, film or document from a stranger can harm what opens it: open it on a machine that holds nothing else";
    session.context.output.note(&Line::from(text));
    warn(&tip, &mut session);
    session.end()
}

/// Asks for the list where that tells the server nothing new, and says what came. Whatever fails, nobody is the worse for it.
pub(super) fn look(session: &mut Session<'_>, tip: &KnownTip) {
    if !session.is_online() {
        return;
    }
    let Ok((_, files)) = ask(session, tip) else { return };
    if !files.is_empty() {
        let short = session.short(tip.letter.id);
        let text = format!("note: {} came with it: `desk attachments {short}`", words::count(&files));
        session.context.output.note(&Line::from(text));
    }
}

/// Asks for the list and remembers it.
fn ask(session: &mut Session<'_>, tip: &KnownTip) -> Result<(Listing, Vec<File>), Failure> {
    let thread = thread(tip)?;
    let client = &session.client;
    let listing = block_on(async { Ok(Listing::ask(client, &thread).await) })??;
    let files = remember(session, tip.letter.id, &listing.files)?;
    Ok((listing, files))
}

/// Gives the files with what is known of them.
fn remember(session: &mut Session<'_>, tip: TipId, files: &[File]) -> Result<Vec<File>, Failure> {
    let mut remembered = Remembered::open(&session.profile, &session.identity.device)?;
    remembered.learn(tip, files);
    let known = session.known.ids();
    remembered.write(&session.profile, &session.identity.device, |id| known.binary_search(id).is_ok())?;
    Ok(remembered.of(tip).unwrap_or_default().to_vec())
}

fn thread(tip: &KnownTip) -> Result<ThreadKey, Failure> {
    tip.thread_key().ok_or_else(|| Failure::new(Exit::NoKey, "this machine has no key of the tip"))
}

fn not_to_be_had(file: &File) -> Failure {
    match file.state {
        State::OnItsWay => Failure::new(Exit::NotFound, "not all of this file is there yet")
            .hint("the source may still be sending it; what nobody goes on with goes after 24 hours"),
        State::NotListed => Failure::new(Exit::NoKey, "this file was sent and not listed: nobody can open it")
            .hint("its key was in the source's page alone, and goes with the list that comes last; the source can send it again"),
        State::Missing | State::Whole => Failure::new(Exit::Integrity, "the server does not have this file as the source listed it")
            .hint("ask those who run the server"),
    }
}

/// Who may see what can be a crime to have. docs/LEGAL.md, "Pictures of children".
fn warn(tip: &KnownTip, session: &mut Session<'_>) {
    let may_be_a_child = !matches!(tip.letter.answers.minor, Some(YesNo::No));
    if may_be_a_child {
        let text = "note: a picture may show a child. If it is a sexual one: look no further, make no copy, send it to nobody, and follow `desk help files`";
        session.context.output.note(&Line::new().with(Style::Alarm, text));
    }
}

impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Client(error) => {
                let failure = Self::from(error);
                if failure.exit == Exit::Network {
                    return failure.hint("what came is kept, sealed; the same command goes on where it was");
                }
                failure
            }
            FetchError::File(error) => error.into(),
        }
    }
}

impl From<SaveError> for Failure {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::File(error) => error.into(),
            SaveError::Sealed(_) | SaveError::OtherFile => Self::new(Exit::Integrity, &error)
                .hint("nothing was written. Try once more; when it stays so, the server changed it or a holder of the tip listed it falsely: ask those who run the server"),
        }
    }
}
