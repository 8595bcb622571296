//! `desk enrolment`: what `init` wrote for the admins, once more. Nothing secret is in it.

use crate::desk::context::Context;
use crate::desk::enrolment::Enrolment;
use crate::desk::failure::Failure;
use crate::desk::output::{Line, Style};
use crate::desk::profile::Part;
use std::path::{Path, PathBuf};

/// Writes it to a file that must not be there yet, unless it has just that. The words are said in any case.
pub fn run(output: Option<PathBuf>, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(None)?;
    let identity = context.unlock(&profile)?;
    let settings = profile.settings();
    let path = output.unwrap_or_else(|| PathBuf::from(format!("{}.json", settings.id)));
    let enrolment = profile.enrolment(&identity);
    let written = if enrolment.stands_in(&path) { Ok(()) } else { enrolment.write(&path) };
    let [give, words] = hand_over(&enrolment, settings.part, &path);
    if let Err(error) = written {
        context.output.print(&[Line::from("your words, which are read to them over the telephone:"), words])?;
        return Err(Failure::from(error).hint("it has something else than your enrolment: name another with `-o FILE`"));
    }
    Ok(context.output.print(&[give, words])?)
}

/// What to do with the file.
pub(super) fn hand_over(enrolment: &Enrolment, part: Part, path: &Path) -> [Line; 2] {
    let admins = if part == Part::Admin { "the other admins" } else { "your admins" };
    let path = path.display();
    [
        Line::from(format!("give {path} to {admins}, and read them these words over the telephone:")),
        Line::from("  ").with(Style::Bold, &enrolment.words()),
    ]
}
