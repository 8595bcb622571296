//! What `desk tui` is for whom results are read out: one question, one answer, line by line. Nothing is drawn, nothing is drawn
//! over. Takes the words of every command, without `desk` before them.

use super::{dispatch, help, read, report};
use crate::desk::agent::{DEFAULT_MINUTES, Idle, Time};
use crate::desk::cli::{Cli, Verb};
use crate::desk::context::{Context, wait_for_line};
use crate::desk::failure::Failure;
use crate::desk::output::{Line, Style};
use crate::desk::profile::Profile;
use std::io::BufRead as _;

const HELP: [&str; 7] = [
    "Type a tip's id, such as T-7K3M, to hear it.",
    "Type a command without `desk`: `inbox`, `next`, `claim T-7K3M`, `release T-7K3M`, `note T-7K3M`.",
    "Words with spaces between them stand in quotes: label T-7K3M --add \"route 5\".",
    "`help claim` explains a command. `help exit-codes` and `help priority` explain what words mean.",
    "`claim` is taken back by `release`, `label --add` by `label --remove`, `link` by `link --undo`.",
    "Commands that cannot be taken back ask once more.",
    "`end` ends.",
];

/// Asks until the person has had enough, or says nothing for as long as keys stay unlocked.
pub fn run(context: &mut Context, profile: &Profile) -> Result<(), Failure> {
    context.unlock(profile)?;
    let minutes = profile.settings().auto_lock_minutes.unwrap_or(DEFAULT_MINUTES);
    let time = Time::new(context.clock.clone());
    let mut idle = Idle::new(minutes, time.now());
    answer(&["inbox".to_owned()], context);
    loop {
        let question = Line::new().with(Style::Bold, "what next? `help` or `end`:");
        if !wait_for_line(|| context.output.ask(&question), || idle.is_over(time.now()))? {
            let what = format!("locked: nothing was typed for {minutes} minutes; `desk tui` opens it again");
            context.output.note(&Line::from(what));
            return Ok(());
        }
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line).unwrap_or(0); // what cannot be read is the end
        idle.use_now(time.now());
        match split(&line) {
            _ if read == 0 => return Ok(()),
            Err(why) => context.output.note(&Line::from(why)),
            Ok(words) => match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                [] => {}
                ["end" | "quit" | "exit" | "q"] => return Ok(()),
                ["help" | "?"] => context.output.print(&HELP.map(Line::from))?,
                _ => answer(&words, context),
            },
        }
        idle.use_now(time.now()); // a long answer is no idleness
    }
}

/// Runs one command, and says what became of it.
fn answer(words: &[String], context: &mut Context) {
    let is_id = |word: &str| word.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("t-"));
    let shown = words.len() == 1 && is_id(&words[0]);
    let verb = if shown { Some("show".to_owned()) } else { None };
    let all = ["desk".to_owned()].into_iter().chain(verb).chain(words.iter().cloned());
    match read(all) {
        Err(error) => drop(help::usage(&error, &mut context.output)),
        Ok((Cli { verb: Verb::Tui | Verb::Watch(_), .. }, _)) => {
            context.output.note(&Line::from("that goes on until it is ended: type `end` first"));
        }
        Ok((cli, name)) => {
            let done = dispatch(cli.verb, &name, context);
            if let Err(failure) = done {
                report(&failure, &mut context.output);
            }
        }
    }
}

/// Words as a shell would take them: spaces part them, quotes hold them together. Nothing else means anything.
pub(super) fn split(line: &str) -> Result<Vec<String>, &'static str> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    if quote.is_some() {
        return Err("a quote is open: nothing was done");
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_words_together_and_nothing_else_means_anything() {
        let split = |line| split(line).map(|words| words.join("|"));
        assert_eq!(
            split("note T-7K3M -m 'it''s \"so\"' $(x) `y` \\n"),
            Ok("note|T-7K3M|-m|its \"so\"|$(x)|`y`|\\n".into())
        );
        assert_eq!(split("  a \t b\n"), Ok("a|b".into()));
        assert_eq!(split("a \"\" b"), Ok("a||b".into()));
        assert_eq!(split("\n"), Ok(String::new()));
        assert!(split("note 'x").is_err());
    }
}
