//! `knothole page`: prints what admins sign of the page. What that is stands in the library.

use anyhow::{Context as _, Result, bail};
use clap::{ArgGroup, Args};
use knothole::config::{MAX_FILE_MEBIBYTES, limits_for};
use knothole::crypto::keyring::{Paper, words_of};
use knothole::http::page::{Choices, NoPage, manifest, webcat};
use knothole::intake::UploadLimits;
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
    /// The newest tree head of the Sigsum log in which the manifest will stand, as its address `get-tree-head` gives it
    #[arg(long, requires = "webcat", value_name = "FILE")]
    tree_head: Option<PathBuf>,
    /// With languages that nobody has reviewed, as a server with `drafts = true` shows them
    #[arg(long, conflicts_with = "webcat")]
    drafts: bool,
    /// With files as a server takes them that has another `uploads.max_file_mebibytes` in its file; 0 where it takes none
    #[arg(long, value_name = "MEBIBYTES", value_parser = clap::value_parser!(u32).range(..=i64::from(MAX_FILE_MEBIBYTES)))]
    max_file_mebibytes: Option<u32>,
    /// Hash of the keyring's version 0
    #[arg(long, value_name = "HEX")]
    genesis: Option<Sha256Hash>,
}

/// Prints one JSON object.
pub fn run(args: &PageArgs) -> Result<()> {
    let path = args.keyring.display();
    let text = std::fs::read(&args.keyring).with_context(|| format!("cannot read {path}"))?;
    let paper: Paper = serde_json::from_slice(&text).with_context(|| format!("{path} is no draft of a keyring"))?;
    let uploads = args.max_file_mebibytes.map_or(Some(UploadLimits::default()), limits_for);
    let choices =
        Choices { shows_drafts: args.drafts, files: uploads.and_then(|limits| limits.largest_file_megabytes()) };
    let json = match (args.genesis, paper) {
        (Some(genesis), Paper::Version(signed)) if args.webcat => {
            let version = signed.read()?;
            if version.public.version == 0 && version.hash != genesis {
                bail!("{path} is another site's, whose words are: {}", words_of(&version.hash));
            }
            serde_json::to_string_pretty(&webcat(&version, &genesis, choices, tree_head(args)?)?)?
        }
        (_, Paper::Draft(_)) if args.webcat => {
            bail!("{path} is not signed yet, and WEBCAT wants the page to the last byte")
        }
        (_, paper) => serde_json::to_string_pretty(&manifest(&paper.into_unsigned().read()?, choices)?)?,
    };
    // Whoever closed the pipe has read enough.
    let _printed = std::io::stdout().write_all((json + "\n").as_bytes());
    Ok(())
}

/// The text of the file, which is signed as it stands: whether log and witnesses have signed it, WEBCAT's tool looks when it signs.
fn tree_head(args: &PageArgs) -> Result<Option<String>> {
    let Some(path) = &args.tree_head else { return Ok(None) };
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let is_one = ["size=", "root_hash=", "signature=", "cosignature="]
        .iter()
        .all(|field| text.lines().any(|line| line.starts_with(field)));
    if !is_one {
        bail!(
            "{} is no tree head that witnesses have signed: no size=, root_hash=, signature= and cosignature=",
            path.display()
        );
    }
    Ok(Some(text.trim().to_owned()))
}

/// What a person can do about it, where this file knows.
pub fn hint(error: &anyhow::Error) -> Option<&'static str> {
    matches!(error.downcast_ref()?, NoPage::Closed).then_some("the page is signed with the version that opens the form")
}
