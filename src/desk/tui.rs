//! The full-screen view: the list, the tip, what was written on it. `state` says what a key means, `keys` which there are,
//! `keyboard` hears them, `flow` what is asked before a command is run, `draw` what stands where, `screen` how the terminal is
//! taken and given back. All that is done here is done by the commands that people type, with the words that they would type:
//! nothing has a second way.

pub mod draw;
pub mod flow;
pub mod keyboard;
pub mod keys;
pub mod screen;
pub mod signals;
pub mod state;
