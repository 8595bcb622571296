//! `knothole page`: prints what admins sign of the page. What that is stands in the library.

use anyhow::{Context as _, Result, bail};
use clap::{ArgGroup, Args};
use knothole::crypto::keyring::{Paper, words_of};
use knothole::http::page::{NoPage, manifest, webcat};
use knothole::model::hex::Sha256Hash;
use std::io::Write as _;
use std::path::PathBuf;

/// Flags of `knothole page`.
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("what").required(true).args(["manifest", "webcat"])))]
pub struct PageArgs {
    /// What admins hand around: keyring-draft.json, as `desk admin` writes it
    keyring: PathBuf,
    /// Print the hashes of the page for `desk admin pages`, one set for each language that sources are shown
    #[arg(long)]
    manifest: bool,
    /// Print the manifest for WEBCAT, to be signed with its own tools; needs the signed keyring, and --genesis
    #[arg(long, requires = "genesis")]
    webcat: bool,
    /// With languages that nobody has reviewed, as a server with `drafts = true` shows them
    #[arg(long, conflicts_with = "webcat")]
    drafts: bool,
    /// Hash of the keyring's version 0
    #[arg(long, value_name = "HEX")]
    genesis: Option<Sha256Hash>,
}

/// Prints one JSON object.
pub fn run(args: &PageArgs) -> Result<()> {
    let path = args.keyring.display();
    let text = std::fs::read(&args.keyring).with_context(|| format!("cannot read {path}"))?;
    let paper: Paper = serde_json::from_slice(&text).with_context(|| format!("{path} is no draft of a keyring"))?;
    let json = match (args.genesis, paper) {
        (Some(genesis), Paper::Version(signed)) if args.webcat => {
            let version = signed.read()?;
            if version.public.version == 0 && version.hash != genesis {
                bail!("{path} is another site's, whose words are: {}", words_of(&version.hash));
            }
            serde_json::to_string_pretty(&webcat(&version, &genesis)?)?
        }
        (_, Paper::Draft(_)) if args.webcat => {
            bail!("{path} is not signed yet, and WEBCAT wants the page to the last byte")
        }
        (_, paper) => serde_json::to_string_pretty(&manifest(&paper.into_unsigned().read()?, args.drafts)?)?,
    };
    // Whoever closed the pipe has read enough.
    let _printed = std::io::stdout().write_all((json + "\n").as_bytes());
    Ok(())
}

/// What a person can do about it, where this file knows.
pub fn hint(error: &anyhow::Error) -> Option<&'static str> {
    matches!(error.downcast_ref()?, NoPage::Closed).then_some("the page is signed with the version that opens the form")
}
