//! The server through its doors: what each actor can do, and what each is refused.

mod accept;
mod auth;
mod bad_tip;
mod broken;
mod canary;
mod capsules;
mod check;
mod courtesy;
mod deletion;
mod events;
mod headers;
mod junk;
mod keep;
mod keyring;
mod limits;
mod mailbox;
mod page;
mod pause;
mod process;
mod referral;
mod sealed;
mod secrets;
mod slow;
mod status;
mod submit;
mod tips;
