//! `desk doctor`: the findings as lines or JSON. Fails when something must be put right.

use crate::desk::context::{Context, block_on};
use crate::desk::doctor::{self, Finding, Level, machine};
use crate::desk::environment::Screen;
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::{Line, Style};
use serde::Serialize;

#[derive(Serialize)]
struct Report<'a> {
    checks: &'a [Finding],
}

/// Looks at everything that can be looked at: at a terminal also at what needs the passphrase.
pub fn run(json: bool, context: &mut Context) -> Result<(), Failure> {
    let mut findings = machine::examine(Screen::of_process());
    findings.extend(of_profile(context)?);
    if json {
        context.output.print_json(&Report { checks: &findings })?;
    } else {
        context.output.print(&findings.iter().flat_map(lines).collect::<Vec<_>>())?;
    }
    verdict(&findings)
}

/// How a command ends that found this.
pub(super) fn verdict(findings: &[Finding]) -> Result<(), Failure> {
    match findings.iter().filter(|finding| finding.level == Level::Fail).count() {
        0 => Ok(()),
        1 => Err(Failure::new(Exit::Other, "one thing must be put right")),
        failed => Err(Failure::new(Exit::Other, &format!("{failed} things must be put right"))),
    }
}

fn of_profile(context: &mut Context) -> Result<Vec<Finding>, Failure> {
    let failed =
        |failure: Failure| Finding { check: "profile", level: Level::Fail, text: failure.what, hint: failure.hint };
    let profile = match context.profile(None) {
        Ok(profile) => profile,
        Err(failure) => return Ok(vec![failed(failure)]),
    };
    let (identity, wrong) = match context.unlock_if_possible(&profile) {
        Ok(identity) => (identity, None),
        Err(failure) if failure.exit == Exit::Interrupted => return Err(failure),
        Err(failure) => (None, Some(failed(failure))),
    };
    let (clock, proxy) = (context.clock.clone(), context.proxy().map(str::to_owned));
    let findings =
        block_on(async { Ok(doctor::examine(&profile, identity.as_deref(), proxy.as_deref(), clock).await) })?;
    Ok(wrong.into_iter().chain(findings).collect())
}

/// A finding for people.
pub(super) fn lines(finding: &Finding) -> Vec<Line> {
    let style = match finding.level {
        Level::Ok => Style::Faint,
        Level::Warn => Style::Bold,
        Level::Fail => Style::Alarm,
    };
    let start = format!("{:4}  {:11}  ", finding.level.as_str(), finding.check);
    let mut lines = vec![Line::new().with(style, &start).with(Style::Plain, &finding.text)];
    lines.extend(finding.hint.as_ref().map(|hint| Line::from(format!("{:19}{hint}", ""))));
    lines
}
