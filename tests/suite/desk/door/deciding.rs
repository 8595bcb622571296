//! The part of the door by which tips go: two members' words, and two admins'. Nobody checks any.

use super::State;
use knothole::crypto::statement::{DeletionAsked, Statement as _};
use knothole::desk::admin;
use knothole::model::hex::Sha256Hash;
use knothole::model::tip::CustodyToken;
use knothole::wire::{
    DeletionAct, DeletionPost, DeletionRecord, Deletions, Notice, Notices, PurgePost, Purged, SecondRecord, notice_tag,
};

impl State {
    pub(super) fn decide(&mut self, member: String, post: &DeletionPost) -> (u16, Vec<u8>) {
        let tip = CustodyToken(post.token.0).tip_id();
        if !self.tips.iter().any(|known| known.id == tip) {
            return (410, Vec::new());
        }
        self.tokens.insert(tip, post.token.0);
        let site = admin::hash(&self.versions[0]);
        let of = |request: Sha256Hash| move |record: &&mut DeletionRecord| record.asked.hash() == request;
        match &post.act {
            DeletionAct::Show => {
                let of_tip = self.deletions.iter().filter(|record| record.asked.tip == tip).cloned().collect();
                return (200, serde_json::to_vec(&Deletions { requests: of_tip }).unwrap());
            }
            DeletionAct::Ask { nonce, day, signature } => {
                let asked = DeletionAsked { site, tip, member, nonce: *nonce, day: *day };
                let record = DeletionRecord { asked, signature: *signature, seconded: None, objected: false };
                self.deletions.push(record);
            }
            DeletionAct::Second { request, day, signature } => {
                let record = self.deletions.iter_mut().find(of(*request)).unwrap();
                record.seconded = Some(SecondRecord { seq: 1, member, day: *day, signature: *signature });
            }
            DeletionAct::Object { request, .. } => {
                self.deletions.iter_mut().find(of(*request)).unwrap().objected = true;
            }
        }
        (201, b"{}".to_vec())
    }

    /// Takes any word, of whomever it is.
    pub(super) fn purge(&mut self, post: &PurgePost) -> (u16, Vec<u8>) {
        let junk = self.junk.as_mut().unwrap();
        match post {
            PurgePost::Ask(record) => {
                junk.requests.push(record.clone());
                (201, b"{}".to_vec())
            }
            PurgePost::Second { .. } => {
                let tips = std::mem::take(&mut junk.list).len() as u64;
                junk.requests.clear();
                (200, serde_json::to_vec(&Purged { tips }).unwrap())
            }
        }
    }

    pub(super) fn notices(&self) -> Notices {
        let open = self.deletions.iter().filter(|record| record.seconded.is_some() && !record.objected);
        let is_there = |record: &&DeletionRecord| self.tips.iter().any(|tip| tip.id == record.asked.tip);
        let notice = |record: &DeletionRecord| {
            let request = record.asked.hash();
            let token = self.tokens.get(&record.asked.tip).expect("somebody has shown it");
            Notice { seq: 1, request, tag: notice_tag(token, &request) }
        };
        Notices { last: 1, open: open.filter(is_there).map(notice).collect() }
    }
}
