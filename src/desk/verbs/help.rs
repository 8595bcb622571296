//! `desk help`, and what is said when words were not understood.

use crate::desk::cli::Cli;
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::{Line, Output, Shown};
use clap::CommandFactory as _;
use clap::error::ErrorKind;

/// Explains a command or a topic.
pub fn run(topic: &[String], output: &mut Output) -> Result<(), Failure> {
    let words: Vec<&str> = topic.iter().map(String::as_str).collect();
    if words == ["exit-codes"] {
        let codes = Exit::ALL.map(|(exit, meaning)| Line::from(format!("{:4}  {meaning}", exit as u8)));
        return Ok(output.print(&codes)?);
    }
    let mut command = Cli::command();
    command.build();
    let mut found = &mut command;
    for word in &words {
        found = found.find_subcommand_mut(word).ok_or_else(|| {
            Failure::new(Exit::Usage, &format!("there is no command or topic {word:?}"))
                .hint("`desk help` lists the commands; the topics are: exit-codes")
        })?;
    }
    Ok(output.print(&lines(&found.render_help().to_string()))?)
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
