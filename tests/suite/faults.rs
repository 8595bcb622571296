//! Promise 7: what was acknowledged outlives `kill -9`, a full disk and a power cut. A short form runs with every
//! test; `make faults` runs all of it, and `docs/RELIABILITY.md` says what came of it.

mod alike;
mod client;
mod disk;
mod kill;
mod sync;
mod trace;
mod uploads;
