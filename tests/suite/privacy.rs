//! Plants words, keys, an address and what a browser tells, and searches everything the server has for them: what was
//! sent, what it answered, its files, its log at every level, and its memory. Each search has a control that it finds.

mod caller;
mod core_dump;
mod image;
mod logging;
mod panics;
mod planted;
mod words;
