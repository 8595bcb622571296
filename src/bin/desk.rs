//! The binary `desk`: hands its words to the library and ends with the code it gives.

use knothole::clock::SystemClock;
use knothole::desk::environment::Screen;
use knothole::desk::verbs;
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    ExitCode::from(verbs::run(std::env::args_os(), Screen::of_process(), Arc::new(SystemClock)) as u8)
}
