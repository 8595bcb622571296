//! `desk keys`: the agency's next key, and a second member's word that it opens.

use crate::desk::agency_keys;
use crate::desk::chain::Chain;
use crate::desk::cli::KeysVerb;
use crate::desk::context::{Context, block_on};
use crate::desk::failure::Failure;
use crate::desk::output::Line;
use crate::desk::profile::Part;
use crate::desk::sync::member;

/// Makes or confirms a key.
pub fn run(verb: &KeysVerb, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(Some(Part::Member))?;
    let genesis = profile.site()?.genesis;
    let identity = context.unlock(&profile)?;
    let client = context.client(&profile, &identity)?;
    let lines = block_on(async {
        let chain = Chain::update(&profile, genesis, &client).await?;
        let version = chain.newest();
        let member = member(version, &identity)?;
        Ok(match verb {
            KeysVerb::Rotate => {
                let name = agency_keys::rotate(&client, version, member, &identity).await?;
                vec![
                    Line::from(format!(
                        "made key {} of agency {}, sealed to each of its members",
                        name.epoch, name.agency
                    )),
                    Line::from("next, a second member runs `desk keys confirm`; then the admins sign it"),
                ]
            }
            KeysVerb::Confirm => {
                let names = agency_keys::confirm(&client, version, member, &identity).await?;
                let said = names.iter().map(|name| {
                    Line::from(format!(
                        "your copy of key {} of agency {} opens, and the admins know it",
                        name.epoch, name.agency
                    ))
                });
                said.collect()
            }
        })
    })?;
    Ok(context.output.print(&lines)?)
}
