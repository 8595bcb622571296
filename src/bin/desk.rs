//! The binary `desk`: hands its words to the library and ends with the code it gives.

use knothole::clock::SystemClock;
use knothole::desk::environment::Screen;
use knothole::desk::verbs;
use std::process::ExitCode;
use std::sync::Arc;

/// Where ten thousand tips are known, the system's own takes a third of the time until the first line of a list: it touches each page
/// of memory anew, a page at a time, and gives it back between one file and the next.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(verbs::run(std::env::args_os(), Screen::of_process(), Arc::new(SystemClock)) as u8)
}
