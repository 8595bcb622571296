//! A program that panics says what it held when it did. The server's says only where.

use super::planted::{found, words};
use knothole::telemetry::{self, Level};
use std::process::Command;

#[test]
#[ignore = "It panics on purpose, and runs only in a process that the test below starts."]
fn panics_with_planted_words() {
    telemetry::start(Level::Error);
    let words: Vec<_> = words().into_iter().map(|planted| planted.text).collect();
    panic!("{words:?}");
}

fn output_of(args: &[&str]) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "privacy::panics::panics_with_planted_words", "--ignored"])
        .args(args)
        .output()
        .unwrap();
    assert!(!output.status.success());
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

#[test]
fn a_panic_tells_where_it_was_and_not_what_was_held() {
    let output = output_of(&["--nocapture"]);
    assert_eq!(found(&words(), output.as_bytes()), Vec::<String>::new(), "{output}");
    assert!(output.contains("ERROR a task panicked place=tests/suite/privacy/panics.rs:"), "{output}");
}
