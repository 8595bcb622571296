//! The form's words in one language: Fluent messages, with what the site fills in.

use super::languages::Language;
use crate::crypto::keyring::SiteWords;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use std::collections::BTreeMap;
use unic_langid::LanguageIdentifier;

/// Message id to text. A message that needs a word which the site has not given is not there.
pub fn messages(language: &Language, site: Option<&SiteWords>) -> BTreeMap<String, String> {
    let parsed = FluentResource::try_new(language.messages.to_owned());
    let resource = parsed.unwrap_or_else(|(resource, _errors)| resource);
    let ids: Vec<String> = resource.entries().filter_map(message_id).collect();
    let tag: LanguageIdentifier = language.tag.parse().expect("the tag of a language that is built in");
    let mut bundle = FluentBundle::new(vec![tag]);
    // Without isolating marks a telephone number stands back to front in Arabic; elsewhere they would only end up in what a
    // source copies out of the page.
    bundle.set_use_isolating(language.dir == "rtl");
    bundle.add_resource_overriding(resource);
    let mut args = FluentArgs::new();
    // The template knows which screen it is on.
    args.set("screen", "{screen}");
    args.set("screens", "{screens}");
    if let Some(site) = site {
        args.set("state", site.state.as_str());
        args.set("hotline_phone", site.hotline_phone.as_str());
        args.set("hotline_text", site.hotline_text.as_str());
        args.set("urgent_time", site.urgent_time.as_str());
        args.set("normal_time", site.normal_time.as_str());
        args.set("exit_host", site.exit_host());
    }
    ids.into_iter()
        .filter_map(|id| {
            let mut errors = Vec::new();
            let pattern = bundle.get_message(&id)?.value()?;
            let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
            errors.is_empty().then_some((id, text))
        })
        .collect()
}

fn message_id(entry: &fluent_syntax::ast::Entry<&str>) -> Option<String> {
    match entry {
        fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
        _ => None,
    }
}
