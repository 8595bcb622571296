//! `desk reply`: words for whoever has the receipt code. The source's wishes stand above the preview, and nothing is sealed
//! before somebody has said yes.

use super::session::{Crosses, Session};
use super::words;
use crate::crypto::event::Kind;
use crate::crypto::hybrid::HybridRecipient;
use crate::crypto::letter::{Letter, Mailbox};
use crate::crypto::reply::Reply;
use crate::desk::cache::KnownTip;
use crate::desk::cli::ReplyArgs;
use crate::desk::client::ClientError;
use crate::desk::context::{Context, block_on};
use crate::desk::failure::{Exit, Failure};
use crate::desk::follow_ups;
use crate::desk::inbox::view;
use crate::desk::output::{Line, Style};
use crate::desk::wishes::Act;
use crate::wire::PostedReply;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use templates::{Ready, ready};

mod reading;
mod telling;
mod templates;

pub(super) use reading::{has_read, is_first};

/// Where replies to a source go.
struct To {
    recipient: HybridRecipient,
    mailbox: Mailbox,
}

/// Writes back.
pub fn run(args: ReplyArgs, context: &mut Context) -> Result<(), Failure> {
    let mut session = Session::open(context)?;
    session.must_be_online()?;
    let tip = session.tip(&args.id)?;
    let tip = follow_ups::first_of(&tip, session.known.tips.iter()).cloned().unwrap_or(tip);
    let short = session.short(tip.letter.id);
    let reason = args.override_reason.as_deref().filter(|_| !args.dry_run);
    let crosses = reason.map(|reason| Crosses { reason, confirm: args.confirm.as_deref() });
    session.may(Act::Reply, &tip, None, crosses)?;
    let to = to(&tip.letter)?;
    wishes(&mut session, &tip)?;
    let Ready { lang, text } = if let Some(word) = args.template {
        ready(word, &tip.letter.lang, tip.letter.answers.check_question.as_deref())?
    } else {
        let words = words::given(args.words, "reply:", session.context)?;
        Ready { lang: tip.letter.lang.clone(), text: words.trim().to_owned() }
    };
    let reply = Reply::new(session.context.clock.today(), lang, text);
    let excess = reply.excess();
    if excess > 0 {
        let what = format!("the reply is too long by {excess} bytes; nothing was sealed or sent");
        return Err(Failure::new(Exit::Usage, &what).hint("say it in fewer words, or in two replies"));
    }
    preview(&mut session, &reply, &tip.letter.lang)?;
    if args.dry_run {
        return session.say(&format!("{short}: nothing was sent"));
    }
    session.context.confirm("send this to whoever has the code?", args.yes, "--yes")?;
    post(&session, &to, &reply)?;
    session.write(&tip, Kind::Reply { text: reply.text })?;
    session.say(&format!("{short}: sent; whoever has the code can read it after a while"))?;
    session.end()
}

fn to(letter: &Letter) -> Result<To, Failure> {
    let answers = &letter.answers;
    let recipient = answers.reply_to.as_deref().map(str::parse);
    match (recipient, &answers.mailbox) {
        (Some(Ok(recipient)), Some(mailbox)) => Ok(To { recipient, mailbox: mailbox.clone() }),
        (None, _) | (_, None) => {
            Err(Failure::new(Exit::NotFound, "the source took no code with them, so that nothing can be written back")
                .hint("`desk show` says whether they named another way"))
        }
        (Some(Err(_)), Some(_)) => {
            Err(Failure::new(Exit::Integrity, "the letter names no key that a reply can be sealed to")
                .hint("whoever wrote this letter did not use the site's form"))
        }
    }
}

/// What whoever has the code asks for by now, then what the first letter asked for.
fn wishes(session: &mut Session<'_>, tip: &KnownTip) -> Result<(), Failure> {
    let layout = session.context.output.layout();
    let later = follow_ups::of(tip, session.known.tips.iter());
    let case = session.case(tip.letter.id);
    let mut lines = view::asked(tip, &later, &case, &|id| session.short(id), layout);
    lines.extend(view::wishes(&tip.letter, layout));
    session.context.output.print(&lines)?;
    Ok(())
}

fn preview(session: &mut Session<'_>, reply: &Reply, lang: &str) -> Result<(), Failure> {
    let layout = session.context.output.layout();
    session.context.output.print(&view::preview(&reply.text, layout))?;
    for found in telling::found(&reply.text, &telling::called(&session.version), &session.known) {
        let warning = Line::new().with(Style::Alarm, "careful: ").with(Style::Plain, &found);
        session.context.output.note(&warning);
    }
    if reply.lang != lang || reply.text.is_ascii() && !lang.starts_with("en") {
        let lang = Line::from("the source used the form in: ").with(Style::Bold, lang);
        session.context.output.note(&lang);
    }
    Ok(())
}

/// Seals and sends. Where the answer is lost, the very same bytes are sent once more, so that it makes no second reply.
fn post(session: &Session<'_>, to: &To, reply: &Reply) -> Result<(), Failure> {
    let sealed = reply.seal(&to.recipient).map_err(|error| Failure::new(Exit::Usage, &error))?;
    let Mailbox { id, token_hash } = to.mailbox;
    let posted = PostedReply { mailbox: id, token_hash, sealed: STANDARD.encode(sealed) };
    let sent = block_on(async {
        Ok(match session.client.post_reply(&posted).await {
            Err(ClientError::Unreachable(_) | ClientError::CutShort) => session.client.post_reply(&posted).await,
            answered => answered,
        })
    })?;
    sent.map(drop).map_err(|error| match error {
        ClientError::Conflict => Failure::new(Exit::Conflict, "the mailbox is full: nothing was sent")
            .hint("there is room again once the oldest have lain there for three months"),
        other => other.into(),
    })
}
