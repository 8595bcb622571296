//! What `desk help` tells that belongs to no single command.

use crate::crypto::keyring::{Condition, Version};
use crate::desk::failure::Exit;
use crate::desk::output::{Line, Style};

/// The topics, with what each is about.
pub const TOPICS: [(&str, &str); 5] = [
    ("accessible", "for screen readers: sentences, nothing drawn"),
    ("exit-codes", "the number with which each command ends"),
    ("files", "photos and files that came with a tip, and what to do about pictures of children"),
    ("legal", "the clocks that the law starts, wishes, and what is written down"),
    ("priority", "what P1 to P4 mean, and the rules of your site"),
];

/// The lines of a topic; none where it is no topic. `version` is the newest keyring that this machine knows.
pub fn topic(name: &str, version: Option<&Version>) -> Option<Vec<Line>> {
    match name {
        "accessible" => Some(ACCESSIBLE.map(Line::from).into()),
        "exit-codes" => {
            Some(Exit::ALL.map(|(exit, meaning)| Line::from(format!("{:4}  {meaning}", exit as u8))).into())
        }
        "files" => Some(FILES.map(Line::from).into()),
        "legal" => Some(legal(version)),
        "priority" => Some(priority(version)),
        _ => None,
    }
}

const ACCESSIBLE: [&str; 9] = [
    "`desk config set accessible on`, or DESK_ACCESSIBLE=1 for one run, has everything said line by line: no tables, no boxes, no",
    "pager, nothing drawn over. DESK_ACCESSIBLE=0 turns it off for one run.",
    "`desk inbox` then counts the tips and tells one after another: Tip 3 of 12. `desk show` says what each thing is before it",
    "says it. What a source or another agency wrote is never a line that begins as ours do: a story stands in quotes.",
    "`desk tui` then is a dialogue: it asks what next, and takes the words of every command without `desk` before them.",
    "`desk watch` then prints a line only when something has changed.",
    "",
    "Words stay on the terminal then: clear it when you leave, and what it keeps above.",
    "Colour never means anything alone: NO_COLOR turns it off.",
];

const FILES: [&str; 19] = [
    "`desk attachments T-7K3M` lists what came with a tip, `desk save T-7K3M 1 -o FILE` opens one onto your disk. Both ask the",
    "server, which sees then that you hold the tip; `desk show` lists what they learned, and asks nobody.",
    "",
    "A file is saved only when it is what the source sealed, to the last byte; for you alone, never executable, and over no",
    "other. Nothing opens it: a picture, film or document from a stranger can harm the program that shows it. Look at it on a",
    "machine that holds nothing else. What a file was said to be and what its first bytes say can differ: then it is shouted.",
    "\"Sent, not listed\" is a file whose key never came, because the source left before the end: nobody can open it.",
    "",
    "If a picture or film shows a child in a sexual way:",
    "  1. Stop. Call nobody over, make no copy, no screenshot, no print, and open nothing else of it.",
    "  2. Help lines, lawyers and everyone who is not police: delete the saved file at once, do not send it anywhere, write down",
    "     the tip's id, the hour and who saw it, and call the one police contact that your agreement names.",
    "  3. That contact saves it on their own machine, where their agency was picked, and keeps or hands it on as the prosecutor says.",
    "  4. Do not ask for the tip to be deleted: `desk hold T-7K3M --reason ...` keeps it until the prosecutor has said in writing.",
    "  5. Danger to the child comes before all of this. For a source who wants a picture gone from the net: NCMEC's Take It Down,",
    "     where the picture stays on their own phone.",
    "",
    "docs/LEGAL.md, section 3, has the whole procedure. This is not legal advice. What counts is what a lawyer of your state has",
    "signed.",
];

const LEGAL: [&str; 15] = [
    "A tip with a minor in it may have started a clock of the law: from the moment at which a member who must report first",
    "opens it. `desk inbox` and `desk show` say how long it still runs. What the clocks are, your admins have signed:",
    "",
    "The source's wishes stand above every tip: who may read it, who must not, what may be shared, and how to reach them. A",
    "command that would cross them stops with exit code 8. The law can ask for a report that the source did not want: then only",
    "what the law names is passed on, to a recipient whom the source did not exclude where there is one, and the log says why.",
    "",
    "Help lines and services for victims may be bound by rules under which even a coded or hashed name is not passed on without",
    "written consent (28 CFR 94.115). Where tips go into an intelligence system, each one passed on is written down: to whom,",
    "what, why and when (28 CFR 23.20).",
    "",
    "Do not paste the results of record checks into notes. Do not open, copy or forward pictures of children: call the people",
    "whom your agency names for it.",
    "",
    "This is not legal advice. What counts is what a lawyer of your state has signed.",
];

const LEVELS: [(&str, &str); 4] = [
    ("P1", "danger now: read it within minutes, day and night"),
    ("P2", "danger soon, or a minor: within the hour"),
    ("P3", "something that can be checked: within a day"),
    ("P4", "no place, person or detail yet: within three days, many at once"),
];

fn legal(version: Option<&Version>) -> Vec<Line> {
    let mut lines: Vec<Line> = LEGAL[..2].iter().map(|text| Line::from(*text)).collect();
    let clocks = version.map(|version| version.staff.clocks.as_slice()).unwrap_or_default();
    for clock in clocks {
        let text = format!(": {} hours, when {}", clock.hours, conditions(&clock.when));
        lines.push(Line::from("  ").with(Style::Bold, &clock.name).with(Style::Plain, &text));
    }
    if clocks.is_empty() {
        lines.push(Line::from("  (none that this machine knows)"));
    }
    lines.extend(LEGAL[2..].iter().map(|text| Line::from(*text)));
    lines
}

fn priority(version: Option<&Version>) -> Vec<Line> {
    let mut lines = vec![
        Line::from("How soon a tip should be read. It says nothing of how good or how full a tip is:"),
        Line::new(),
    ];
    lines.extend(
        LEVELS.map(|(level, meaning)| {
            Line::from("  ").with(Style::Bold, level).with(Style::Plain, &format!("  {meaning}"))
        }),
    );
    lines.push(Line::new());
    let rules = version.map(|version| version.staff.priority.as_slice()).unwrap_or_default();
    if rules.is_empty() {
        lines.push(Line::from("The rules are signed by your admins; this machine knows none yet."));
        return lines;
    }
    lines.push(Line::from(
        "The rules of this site, as your admins have signed them; the most urgent that holds decides:",
    ));
    lines.push(Line::new());
    for rule in rules {
        let start = Line::from("  ").with(Style::Bold, &format!("P{}", rule.level));
        lines.push(start.with(Style::Plain, &format!("  {}: {}", rule.reason, conditions(&rule.when))));
    }
    lines
}

fn conditions(conditions: &[Condition]) -> String {
    if conditions.is_empty() {
        return "always".to_owned();
    }
    let words = |condition: &Condition| {
        let is_any = condition.any_of.iter().any(|value| value == "*");
        if is_any {
            format!("`{}` is answered", condition.field)
        } else {
            format!("`{}` is {}", condition.field, condition.any_of.join(" or "))
        }
    };
    conditions.iter().map(words).collect::<Vec<_>>().join(" and ")
}
