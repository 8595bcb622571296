//! The words of `desk keys`.

use super::{RecoverVerb, SharesArgs};
use clap::Subcommand;

/// `desk keys …`.
#[derive(Debug, Subcommand)]
pub enum KeysVerb {
    /// Make the agency's next key, sealed to each of its members
    Rotate,
    /// Open your copy of the new key that a colleague made, and say so to the admins
    Confirm,
    /// Shares of the key, so that it outlives every machine of the agency
    #[command(subcommand)]
    Recover(RecoverVerb),
    /// Try whether shares give the key, and say pass or fail; nobody is given it
    Drill(SharesArgs),
    /// Check what colleagues have sealed again to the newest key, and seal the rest of your agency's capsules again
    Reseal {
        /// Also what seems to be sealed to the newest key already, where `desk keys retire` has found that it is not
        #[arg(long)]
        all: bool,
    },
    /// Give open tips a new thread key, where somebody who was taken out may have kept the old one
    Rekey,
    /// Do all of this that you can do now, where somebody has left: confirm or make the next key, seal again, give open tips new keys
    Renew,
    /// Say which of your agency's keys are still needed
    Report {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the tips that a colleague could open who is one no more, as far as this machine knows
    SeenBy {
        /// Their id, as the keyring had it
        member: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Have an old key that nothing needs destroyed everywhere, once a second member says so too
    Retire {
        /// Number of the key, as `desk keys report` lists it
        epoch: u32,
        /// Go on although some open to it that nobody has sealed again: what no desk has opened by now never opens again
        #[arg(long)]
        lose: bool,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}
