//! `desk man` and `desk completions`: the definitions of the commands once more, as pages of the manual and for shells.

use crate::desk::cli::Cli;
use crate::desk::failure::{Exit, Failure};
use crate::desk::files;
use crate::desk::output::{Line, Output, Shown};
use clap::{Command, CommandFactory as _};
use clap_complete::Shell;
use clap_mangen::Man;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// Prints what a shell needs to complete our words.
pub fn completions(shell: Shell, output: &mut Output) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "desk", &mut script);
    let lines: Vec<Line> = Shown::lines(&String::from_utf8_lossy(&script)).into_iter().map(Line::from).collect();
    Ok(output.print(&lines)?)
}

/// Writes a page for each command into a directory.
pub fn man(dir: &Path, output: &mut Output) -> Result<(), Failure> {
    files::make_dir(dir)?;
    let pages = pages();
    for (name, page) in &pages {
        files::replace(&dir.join(format!("{name}.1")), page)?;
    }
    Ok(output.print(&[Line::from(format!("wrote {} pages to {}", pages.len(), dir.display()))])?)
}

/// Every page by its name, such as `desk-keys-rotate`.
fn pages() -> Vec<(String, Vec<u8>)> {
    let mut command = Cli::command();
    command.build();
    let mut pages = Vec::new();
    let mut left = vec![("desk".to_owned(), command)];
    while let Some((name, command)) = left.pop() {
        for child in command.get_subcommands().filter(|child| !child.is_hide_set()) {
            left.push((format!("{name}-{}", child.get_name()), child.clone()));
        }
        let page = page(&name, command).expect("writing to memory does not fail");
        pages.push((name, page));
    }
    pages.sort();
    pages
}

/// Examples stand right after the synopsis, as in `--help`.
fn page(name: &str, command: Command) -> io::Result<Vec<u8>> {
    let examples = command.get_before_help().map(ToString::to_string).unwrap_or_default();
    let has_children = command.get_subcommands().any(|child| !child.is_hide_set());
    let source = format!("knothole {}", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command.display_name(name.to_owned())).title(name.to_owned()).source(source).manual("desk");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    if !examples.is_empty() {
        page.extend(section("EXAMPLES", examples.lines().skip(1)).into_bytes());
    }
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if has_children {
        man.render_subcommands_section(&mut page)?;
    }
    let codes = Exit::ALL.map(|(exit, meaning)| format!("{:4}  {meaning}", exit as u8));
    page.extend(section("EXIT STATUS", codes.iter().map(String::as_str)).into_bytes());
    Ok(page)
}

/// Lines as they stand.
fn section<'a>(heading: &str, lines: impl Iterator<Item = &'a str>) -> String {
    let mut section = format!(".SH \"{heading}\"\n.nf\n");
    for line in lines {
        // A line that begins with a dot or an apostrophe would be a request.
        let _ = writeln!(section, "\\&{}", line.replace('\\', "\\e").replace('-', "\\-"));
    }
    section.push_str(".fi\n");
    section
}
