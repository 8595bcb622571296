//! `desk help`, and what is said when words were not understood.

mod topics;

use crate::desk::chain::Chain;
use crate::desk::cli::Cli;
use crate::desk::context::Context;
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::{Line, Output, Shown};
use clap::CommandFactory as _;
use clap::error::ErrorKind;

pub use topics::TOPICS;

/// Explains a command or a topic.
pub fn run(topic: &[String], context: &mut Context) -> Result<(), Failure> {
    let words: Vec<&str> = topic.iter().map(String::as_str).collect();
    if let [word] = words.as_slice()
        && let Some(lines) = topics::topic(word, chain(context).as_ref().map(Chain::newest))
    {
        return Ok(context.output.print(&lines)?);
    }
    let mut command = Cli::command();
    command.build();
    let mut found = &mut command;
    for word in &words {
        found = found.find_subcommand_mut(word).ok_or_else(|| {
            let names = TOPICS.map(|(name, _)| name).join(", ");
            Failure::new(Exit::Usage, &format!("there is no command or topic {word:?}"))
                .hint(&format!("`desk help` lists the commands; the topics are: {names}"))
        })?;
    }
    let text = found.render_help().to_string();
    Ok(context.output.print(&lines(&text))?)
}

/// The keyring that this machine knows, if help is asked for where there is one.
fn chain(context: &mut Context) -> Option<Chain> {
    let profile = context.profile(None).ok()?;
    Chain::load(&profile, profile.settings().genesis?).ok()?
}

/// Says why the words were not understood, or what was asked for with `--help`.
pub fn usage(error: &clap::Error, output: &mut Output) -> Exit {
    let text = lines(&error.render().to_string());
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return output.print(&text).map_or_else(|error| Failure::from(error).exit, |()| Exit::Ok);
    }
    for line in &text {
        output.note(line);
    }
    Exit::Usage
}

fn lines(text: &str) -> Vec<Line> {
    Shown::lines(text).into_iter().map(Line::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_commands_names_every_topic() {
        let about = Cli::command().find_subcommand("help").unwrap().get_about().unwrap().to_string();
        let topics = about.split_once(": ").unwrap().1;
        assert_eq!(topics, TOPICS.map(|(name, _)| name).join(", "));
    }
}
