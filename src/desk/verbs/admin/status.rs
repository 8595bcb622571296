//! `desk admin status`: how the site is, on one screen or as JSON. Ends as `desk doctor` does.

use crate::desk::admin::status::findings;
use crate::desk::canary::true_words;
use crate::desk::chain::Chain;
use crate::desk::context::{Context, block_on};
use crate::desk::doctor::Finding;
use crate::desk::failure::Failure;
use crate::desk::profile::Part;
use crate::desk::verbs::doctor::{lines, verdict};
use crate::wire::SiteStatus;
use serde::Serialize;

#[derive(Serialize)]
struct Report<'a> {
    checks: &'a [Finding],
    server: &'a SiteStatus,
}

/// Asks the server and looks at the keyring.
pub(super) fn run(json: bool, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(Some(Part::Admin))?;
    let genesis = profile.site()?.genesis;
    let identity = context.unlock(&profile)?;
    let client = context.client(&profile, &identity)?;
    let (chain, status, words) = block_on(async {
        let chain = Chain::update(&profile, genesis, &client).await?;
        let words = client.canaries().await.map(|said| true_words(said.opened, &chain));
        Ok((chain, client.status().await.map_err(Failure::from)?, words))
    })?;
    let found = findings(&chain, &status, words.as_deref(), context.clock.today());
    if json {
        context.output.print_json(&Report { checks: &found, server: &status })?;
    } else {
        context.output.print(&found.iter().flat_map(lines).collect::<Vec<_>>())?;
    }
    verdict(&found)
}
