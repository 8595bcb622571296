//! The part of the door by which members' own keys roll.

use super::State;
use knothole::crypto::keyring::hash_of;
use knothole::wire::{MemberRolls, NewRoll, Roll};

impl State {
    /// Takes what the true server would take after its checks.
    pub(super) fn roll(&mut self, member: &str, new: NewRoll) {
        if let Some(rolled) = new.rolled {
            let roll = Roll { recipient: hash_of(&rolled.recipient), signature: rolled.signature };
            let known = &mut self.rolls.members;
            if let Some(known) = known.iter_mut().find(|known| known.member == member) {
                known.rolls.push(roll);
                known.recipient = rolled.recipient;
            } else {
                known.push(MemberRolls { member: member.into(), rolls: vec![roll], recipient: rolled.recipient });
            }
        }
        for copy in new.copies {
            let keys = self.secrets.keys.iter_mut().filter(|record| record.key.name == copy.name);
            for there in keys.flat_map(|record| &mut record.key.copies).filter(|there| there.member == member) {
                there.sealed.clone_from(&copy.sealed);
            }
        }
    }
}
