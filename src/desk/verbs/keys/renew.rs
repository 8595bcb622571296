//! `desk keys renew`: whatever this member can do now so that nobody who has left holds anything that opens what comes: confirm a
//! new key, make one, seal again, give open tips new keys. Each step is one of the other verbs; what waits for somebody else is said.

use super::{Bench, note_faults, rekey, reseal};
use crate::desk::admin::revoke::left_with_the_key;
use crate::desk::agency_keys::{self, Done, KeyError};
use crate::desk::chain::Chain;
use crate::desk::context::{Context, block_on};
use crate::desk::failure::Failure;
use crate::desk::output::Line;

/// Goes as far as it can; again and again, it does what has become possible meanwhile.
pub fn run(context: &mut Context) -> Result<(), Failure> {
    if is_new_key_under_way(context)? {
        return Ok(());
    }
    // A colleague who sealed junk holds up nothing but what they sealed.
    let sealed = reseal::run(false, context);
    rekey::run(context)?;
    reseal::report(false, context)?;
    sealed
}

/// Confirms the agency's next key where a colleague made one, and makes it where somebody has left with the one in use. What is sealed
/// again before it is published would be sealed to a key that they have.
fn is_new_key_under_way(context: &mut Context) -> Result<bool, Failure> {
    let bench = Bench::open(context)?;
    let Bench { profile, genesis, identity, client, version, member, .. } = &bench;
    let today = context.clock.today();
    let confirmed = block_on(async { Ok(agency_keys::confirm(client, version, member, identity, today).await) })?;
    let line = match confirmed {
        Ok(Done { done, passed_over }) => {
            note_faults(&passed_over, &mut context.output);
            let epochs: Vec<_> = done.iter().map(|name| name.epoch.to_string()).collect();
            format!("your copy of key {} opens, and the admins know it", epochs.join(", "))
        }
        Err(KeyError::OwnKey) => "the key that you made waits".to_owned(),
        Err(error @ (KeyError::NothingToConfirm | KeyError::NoneGood(_))) => {
            if let KeyError::NoneGood(faults) = &error {
                note_faults(faults, &mut context.output);
            }
            let chain = Chain::load(profile, *genesis)?;
            let left = chain.map_or_else(Vec::new, |chain| left_with_the_key(chain.versions(), member.agency));
            if left.is_empty() {
                return Ok(false);
            }
            let made = block_on(async { Ok(agency_keys::rotate(client, version, member, identity, today).await?) })?;
            format!(
                "made key {} of agency {}, as {} left with the one in use",
                made.done.epoch,
                member.agency,
                left.join(", ")
            )
        }
        Err(error) => return Err(error.into()),
    };
    let is_alone = version.staff.readers(member.agency).all(|reader| reader.person == member.person);
    let next = if is_alone {
        "next, the admins: `desk admin agency key`, sign, publish; then `desk keys renew` once more"
    } else {
        "next, `desk keys renew` by a second member, if none has said yet that it opens; the admins: `desk admin agency key`, sign, publish; then \
         `desk keys renew` by two of you"
    };
    context.output.print(&[Line::from(line), Line::from(next)])?;
    Ok(true)
}
