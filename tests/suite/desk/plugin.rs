//! Keys that a plugin's token opens in the place of a passphrase.

use super::commands::desk;
use bech32::{Bech32, Hrp};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const PLUGIN: &str = include_str!("age-plugin-drawer.sh");

/// A machine with the plugin and a token, and what is done on it.
struct Machine {
    dir: TempDir,
}

impl Machine {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (programs, program) = (dir.path().join("programs"), dir.path().join("programs/age-plugin-drawer"));
        fs::create_dir(&programs).unwrap();
        fs::write(&program, PLUGIN).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let machine = Self { dir };
        machine.write("token", &format!("# made for a test\n{}\n", token(1)));
        machine
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.dir.path().join(name), text).unwrap();
    }

    fn profile(&self) -> PathBuf {
        self.dir.path().join("profile")
    }

    /// Runs a command with the plugin within reach, and this beside it in the environment.
    fn runs(&self, variable: (&str, &str), words: &[&str]) -> Output {
        let programs = self.dir.path().join("programs");
        let mut command = desk(&["--no-input", "--profile"]);
        command.arg(self.profile()).args(words).current_dir(self.dir.path());
        command.env("PATH", format!("{}:/usr/bin:/bin", programs.display())).env(variable.0, variable.1);
        command.output().unwrap()
    }

    /// Runs a command that needs the keys, and more words.
    fn opens(&self, variable: (&str, &str), more: &[&str]) -> Output {
        let _none = fs::remove_file(self.dir.path().join("mia-laptop.json"));
        self.runs(variable, &[&["enrolment"], more].concat())
    }

    fn makes_keys(&self, variable: (&str, &str), token: &str) -> Output {
        self.runs(variable, &["init", "--id", "mia-laptop", "--agency", "0", "--age-plugin", token])
    }
}

const OPEN: (&str, &str) = ("DRAWER_SHUT", "");
const SHUT: (&str, &str) = ("DRAWER_SHUT", "1");

fn token(number: u8) -> String {
    bech32::encode_upper::<Bech32>(Hrp::parse("age-plugin-drawer-").unwrap(), &[number]).unwrap()
}

fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn refused(output: &Output, code: i32, words: &str) {
    let (found, notes) = said(output);
    assert!(found == Some(code) && notes.contains(words), "{found:?}: {notes}");
}

#[test]
fn keys_that_were_made_with_a_token_open_with_it_and_ask_for_no_passphrase() {
    let machine = Machine::new();
    let made = machine.makes_keys(OPEN, "token");
    assert!(made.status.success(), "{:?}", said(&made));
    let sealed = fs::read(machine.profile().join("identity.age")).unwrap();
    let header = String::from_utf8_lossy(&sealed);
    assert!(header.lines().any(|line| line == format!("-> drawer {}", token(1))), "{header}");
    machine.write("words", "a passphrase\n");
    for more in [&[][..], &["--passphrase-file", "words"]] {
        let again = machine.opens(OPEN, more);
        assert!(again.status.success(), "{:?}", said(&again));
    }
    let doctor = machine.runs(OPEN, &["doctor"]);
    let found = String::from_utf8_lossy(&doctor.stdout);
    assert!(found.contains("none: age-plugin-drawer opens the keys by its token"), "{found}");
}

#[test]
fn a_plugin_that_is_missing_or_refuses_and_another_token_are_told_apart() {
    let machine = Machine::new();
    assert!(machine.makes_keys(OPEN, "token").status.success());
    refused(&machine.opens(SHUT, &[]), 1, "the drawer is shut");
    machine.write("profile/identity-plugin.txt", &format!("{}\n", token(2)));
    refused(&machine.opens(OPEN, &[]), 1, "it is sealed to another token");
    machine.write("profile/identity-plugin.txt", "what?\n");
    refused(&machine.opens(OPEN, &[]), 2, "does not hold one identity of an age plugin");
    machine.write("profile/identity-plugin.txt", &format!("{}\n", token(1)));
    fs::remove_file(machine.dir.path().join("programs/age-plugin-drawer")).unwrap();
    refused(&machine.opens(OPEN, &[]), 1, "there is no program age-plugin-drawer on this machine");
    let doctor = machine.runs(OPEN, &["doctor"]);
    assert!(String::from_utf8_lossy(&doctor.stdout).contains("age-plugin-drawer, which is not on this machine"));
}

#[test]
fn a_token_that_refuses_leaves_no_profile() {
    let machine = Machine::new();
    refused(&machine.makes_keys(SHUT, "token"), 1, "the drawer is shut");
    machine.write("two", &format!("{}\n{}\n", token(1), token(2)));
    refused(&machine.makes_keys(OPEN, "two"), 2, "does not hold one identity of an age plugin");
    refused(&machine.makes_keys(OPEN, "none"), 1, "none");
    assert!(!Path::new(&machine.profile()).exists());
    assert!(machine.makes_keys(OPEN, "token").status.success());
}

/// Where a program lies that `deploy/setup` has installed.
fn installed(name: &str) -> PathBuf {
    let found = Command::new("sh").args(["-c", "command -v \"$0\"", name]).output().unwrap();
    assert!(found.status.success(), "there is no {name}: `deploy/setup` installs it");
    String::from_utf8(found.stdout).unwrap().trim_end().into()
}

#[test]
fn a_plugin_that_others_wrote_opens_what_it_sealed_and_one_that_dies_meanwhile_opens_nothing() {
    const WHOLE: (&str, &str) = ("AGE_EXPLODES", "");
    let (machine, program) = (Machine::new(), installed("age-plugin-unencrypted"));
    std::os::unix::fs::symlink(&program, machine.dir.path().join("programs/age-plugin-unencrypted")).unwrap();
    let made = Command::new(&program).output().unwrap();
    fs::write(machine.dir.path().join("others"), made.stdout).unwrap();

    let died = machine.makes_keys(("AGE_EXPLODES", "wrap"), "others");
    refused(&died, 1, "age-plugin-unencrypted");
    assert!(!machine.profile().exists());
    let made = machine.makes_keys(WHOLE, "others");
    assert!(made.status.success() && said(&made).1.contains("It's unencrypted!"), "{:?}", said(&made));
    let sealed = fs::read(machine.profile().join("identity.age")).unwrap();
    assert!(String::from_utf8_lossy(&sealed).contains("\n-> unencrypted does nothing\n"));

    let opened = machine.opens(WHOLE, &[]);
    assert!(opened.status.success() && said(&opened).1.contains("This identity does nothing!"), "{:?}", said(&opened));
    refused(&machine.opens(("AGE_EXPLODES", "unwrap"), &[]), 1, "age-plugin-unencrypted");
}
