//! Help, the manual and completions come from the same definitions as the commands: none is left out.

use super::commands::{desk, said_now};
use clap::CommandFactory as _;
use knothole::desk::cli::Cli;
use std::collections::BTreeSet;

/// Every command that people type, as `desk keys rotate`, with whether it has examples of its own.
fn commands() -> Vec<(Vec<String>, bool)> {
    let mut command = Cli::command();
    command.build();
    let (mut found, mut left) = (Vec::new(), vec![(vec!["desk".to_owned()], command)]);
    while let Some((words, command)) = left.pop() {
        for child in command.get_subcommands().filter(|child| !child.is_hide_set()) {
            left.push(([words.clone(), vec![child.get_name().to_owned()]].concat(), child.clone()));
        }
        let examples = command.get_before_help().map(ToString::to_string).unwrap_or_default();
        found.push((words, examples.starts_with("Examples:\n  desk ")));
    }
    found
}

#[test]
fn every_verb_has_examples_above_everything_else() {
    for (words, has_examples) in commands().into_iter().filter(|(words, _)| words.len() <= 2) {
        assert!(has_examples, "{words:?}");
    }
}

#[test]
fn every_command_has_a_page_with_examples_before_options_and_the_exit_codes() {
    let dir = tempfile::tempdir().unwrap();
    let done = desk(&["man", "-o", dir.path().to_str().unwrap()]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let wanted: BTreeSet<String> = commands().into_iter().map(|(words, _)| format!("{}.1", words.join("-"))).collect();
    let files = std::fs::read_dir(dir.path()).unwrap();
    let written: BTreeSet<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(written, wanted);
    assert!(!written.iter().any(|name| name.contains("agent")), "what only desk itself calls has none");
    let page = std::fs::read_to_string(dir.path().join("desk-show.1")).unwrap();
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} in {page}"));
    assert!(at(".SH NAME") < at(".SH \"EXAMPLES\"") && at(".SH \"EXAMPLES\"") < at(".SH OPTIONS"));
    assert!(at("desk show T\\-7K3M") > at(".SH \"EXAMPLES\""));
    assert!(at("8  policy") > at(".SH \"EXIT STATUS\""));
}

#[tokio::test]
async fn every_shell_gets_completions_for_every_verb() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let said = said_now(&["completions", shell]).await.out;
        for (words, _) in commands().into_iter().filter(|(words, _)| words.len() == 2) {
            assert!(said.contains(&words[1]), "{shell} knows {words:?}");
        }
    }
}

#[tokio::test]
async fn each_topic_of_help_says_something_and_is_named_where_topics_are() {
    let listed = said_now(&["help", "help"]).await.out;
    for topic in ["accessible", "exit-codes", "legal", "priority"] {
        let said = said_now(&["--profile", "/nonexistent", "help", topic]).await;
        assert!(said.out.lines().count() >= 5 && said.notes.is_empty(), "{said:?}");
        assert!(listed.contains(topic), "{listed}");
    }
}
