//! `desk enrolment`: what `init` wrote for the admins, once more. Nothing secret is in it.

use crate::desk::context::Context;
use crate::desk::enrolment::Enrolment;
use crate::desk::failure::Failure;
use crate::desk::output::{Line, Style};
use crate::desk::profile::Part;
use std::path::{Path, PathBuf};

/// Writes it to a file that must not be there yet.
pub fn run(output: Option<PathBuf>, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(None)?;
    let identity = context.unlock(&profile)?;
    let settings = profile.settings();
    let path = output.unwrap_or_else(|| PathBuf::from(format!("{}.json", settings.id)));
    let enrolment = profile.enrolment(&identity);
    enrolment.write(&path)?;
    Ok(context.output.print(&hand_over(&enrolment, settings.part, &path))?)
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
