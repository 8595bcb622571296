//! `desk` against a staff door of our own making, which can be made to lie, and against the true one.

mod accessible;
mod agency_keys;
mod agent;
mod attachments;
mod auditing;
#[cfg(feature = "server")]
mod canary;
mod clocks;
mod coming_back;
mod commands;
mod cover;
#[cfg(feature = "server")]
mod cut_off;
#[cfg(feature = "server")]
mod comparing;
mod consent;
#[cfg(feature = "server")]
mod devices;
mod doctor;
mod door;
#[cfg(feature = "server")]
mod drafts;
#[cfg(feature = "server")]
mod ending;
mod events;
#[cfg(feature = "server")]
mod expiring;
mod exporting;
mod finding;
mod flow;
#[cfg(feature = "server")]
mod found_code;
mod hostile;
mod interrupting;
#[cfg(feature = "server")]
mod joining;
mod keep;
#[cfg(feature = "server")]
mod kept_back;
mod keyring;
mod lists;
#[cfg(feature = "server")]
mod lost_admin;
mod logbook;
#[cfg(target_os = "linux")]
mod many;
mod matrix;
mod mistakes;
mod nowhere;
mod pages;
mod plugin;
mod process;
mod purging;
#[cfg(feature = "server")]
mod recovering_admins;
mod recovery;
#[cfg(feature = "server")]
mod rekeying;
mod replying;
#[cfg(feature = "server")]
mod resealing;
#[cfg(feature = "server")]
mod retiring;
#[cfg(feature = "server")]
mod revoking;
#[cfg(feature = "server")]
mod rolling;
mod sharing;
mod site;
#[cfg(feature = "server")]
mod status;
mod sync;
mod terminal;
mod transcripts;
#[cfg(feature = "server")]
mod true_server;
#[cfg(feature = "server")]
mod true_site;
mod tui;
#[cfg(feature = "server")]
mod under_load;
#[cfg(feature = "server")]
mod verify;
mod watch;
