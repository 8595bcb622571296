//! What a version keeps by itself: names, recipients, recovery admins, words.

use super::*;

fn words(change: impl FnOnce(&mut Words)) -> Words {
    let text = |text: &str| text.to_owned();
    let site = SiteWords {
        state: text("Connecticut"),
        hotline_phone: text("1-888-373-7888"),
        hotline_text: text("233733"),
        exit_url: text("https://www.weather.gov/"),
        urgent_time: text("1 hour"),
        normal_time: text("3 days"),
    };
    let mut words = Words { lang: text("en"), agencies: BTreeMap::new(), site, legal: BTreeMap::new(), review: None };
    change(&mut words);
    words
}

fn first_with_words(words: Words) -> Result<Version, KeyringError> {
    first_with(|draft| {
        draft.words.insert(words.lang.clone(), words);
    })
}

#[test]
fn the_form_names_the_host_that_leaving_leads_to() {
    for url in
        ["https://weather.gov", "https://weather.gov/a:b", "https://weather.gov:8443?x", "https://weather.gov#:1"]
    {
        assert_eq!(words(|words| words.site.exit_url = url.into()).site.exit_host(), "weather.gov", "{url}");
    }
}

#[test]
fn an_address_that_leaves_the_page_leads_to_a_plain_https_host() {
    let leading_to = |url: &str| first_with_words(words(|words| words.site.exit_url = url.into()));
    for good in
        ["https://www.weather.gov/", "https://weather.gov", "https://a-b.example:8443/x?y=z#top", "https://x/@y"]
    {
        assert!(leading_to(good).is_ok(), "{good}");
    }
    let bad = [
        "",
        "/",
        "//weather.gov/",
        "https:",
        "https://",
        "https:///weather.gov",
        "http://weather.gov/",
        "HTTPS://weather.gov/",
        " https://weather.gov/",
        "https://weather.gov/ ",
        "https://weather.gov/a b",
        "https://weather.gov/\n",
        "https://weather.gov/\u{7f}",
        "https://weather.gov\\@evil.example/",
        "https://weather.gov@evil.example/",
        "https://weather.gov:pass@evil.example/",
        "https://weather.gov:0/",
        "https://weather.gov:99999/",
        "https://weather.gov:/",
        "https://weather..gov/",
        "https://.gov/",
        "https://-weather.gov/",
        "https://[::1]/",
        "https://wetter\u{fc}.example/",
        "https://weather.gov/\"onclick=\"x",
        "https://weather.gov/<script>",
        "javascript:alert(1)",
        "javascript://weather.gov/%0aalert(1)",
        "data:text/html,x",
        "about:blank",
    ];
    for bad in bad {
        let refused = Err(KeyringError::BadWords { lang: "en".into(), name: "exit_url" });
        assert_eq!(leading_to(bad), refused, "{bad}");
    }
}

type Field = fn(&mut SiteWords) -> &mut String;

#[test]
fn a_page_that_would_not_say_whom_to_call_is_refused() {
    let blank: [(&str, Field); 5] = [
        ("state", |site| &mut site.state),
        ("hotline_phone", |site| &mut site.hotline_phone),
        ("hotline_text", |site| &mut site.hotline_text),
        ("urgent_time", |site| &mut site.urgent_time),
        ("normal_time", |site| &mut site.normal_time),
    ];
    for (name, field) in blank {
        for text in ["", " \u{a0}"] {
            let outcome = first_with_words(words(|words| *field(&mut words.site) = text.into()));
            assert_eq!(outcome, Err(KeyringError::BadWords { lang: "en".into(), name }), "{text:?}");
        }
    }
}

#[test]
fn a_language_is_a_tag() {
    let in_language = |tag: &str| first_with_words(words(|words| words.lang = tag.into()));
    let long = "a".repeat(36);
    for bad in ["", "en us", "../en", "en/", "en_US", "e\u{f1}", &long] {
        assert_eq!(in_language(bad), Err(KeyringError::BadLanguage(bad.into())));
        let page = PageHashes { html: Hex([0; 32]), script: Hex([0; 32]), offline: Hex([0; 32]) };
        let page = first_with(|draft| _ = draft.public.pages.insert(bad.into(), page));
        assert_eq!(page, Err(KeyringError::BadLanguage(bad.into())));
    }
    assert!(in_language("zh-Hant-TW").is_ok());
}

#[test]
fn ids_and_persons_are_plain_names() {
    let long = "a".repeat(65);
    for bad in ["", "a b", "a/b", "a\u{1b}[m", "\u{e9}", &long] {
        let refused = Err(KeyringError::BadName(bad.into()));
        assert_eq!(first_with(|draft| draft.staff.members.push(member(bad, 0, 20))), refused);
        assert_eq!(first_with(|draft| draft.public.admins.push(admin(bad, 0, 20))), refused);
        assert_eq!(first_with(|draft| draft.public.recovery.admins.push(admin(bad, 0, 20))), refused);
        let person = first_with(|draft| draft.staff.members[0].person = bad.into());
        assert_eq!(person, refused);
    }
    assert!(first_with(|draft| draft.staff.members.push(member(&"a".repeat(64), 0, 20))).is_ok());
}

#[test]
fn a_recipient_that_cannot_be_one_is_refused_wherever_it_stands() {
    let of_member = first_with(|draft| {
        draft.staff.members[0].recipient = "age1pq1m".into();
        draft.staff.members[0].proof = prove_member(&key(11), &draft.staff.members[0]);
    });
    assert_eq!(of_member, Err(KeyringError::BadRecipient("member \"m\"".into())));
    let of_agency = next_with(|draft| {
        give_key(draft, ("m", 11), &[("n", 12)]);
        draft.public.agencies[0].recipient = Some(recipient("x").to_uppercase());
    });
    assert_eq!(of_agency, Err(KeyringError::BadRecipient("agency 0".into())));
    let of_key = next_with(|draft| {
        give_key(draft, ("m", 11), &[("n", 12)]);
        draft.staff.agency_keys[0].recipient.push('q');
    });
    assert_eq!(of_key, Err(KeyringError::BadRecipient("agency 0, epoch 1".into())));
}

#[test]
fn recovery_takes_two_people_of_two_agencies_or_there_is_none() {
    let (r, s, t) = (admin("r", 0, 21), admin("s", 1, 22), admin("t", 0, 23));
    let with = |admins: &[&Admin], threshold| {
        let admins = admins.iter().copied().cloned().collect();
        first_with(|draft| draft.public.recovery = Recovery { admins, threshold, delay_days: 30 })
    };
    assert!(with(&[], 0).is_ok());
    assert!(with(&[&r, &s], 2).is_ok());
    let out_of_reach: [(&[&Admin], u32); 5] =
        [(&[&r], 1), (&[&r, &s], 0), (&[&r, &s], 1), (&[&r, &s], 3), (&[&r, &t], 2)];
    for (admins, threshold) in out_of_reach {
        assert_eq!(with(admins, threshold), Err(KeyringError::Recovery), "{threshold}");
    }
}

#[test]
fn a_proof_of_possession_covers_what_the_protocol_says() {
    let member = member("m", 0, 11);
    let claim =
        format!(r#"{{"agency":0,"id":"m","key":"{}","person":"m","recipient":"{}"}}"#, member.key, member.recipient);
    assert!(verifies(&member.key, Purpose::Enrol, claim.as_bytes(), &member.proof));
    let admin = admin("a", 1, 1);
    let claim = format!(r#"{{"agency":1,"id":"a","key":"{}"}}"#, admin.key);
    assert!(verifies(&admin.key, Purpose::Enrol, claim.as_bytes(), &admin.proof));
}

#[test]
fn nobody_is_put_into_an_agency_or_called_a_person_against_their_proof() {
    let refused = Err(KeyringError::NoPossession("m".into()));
    assert_eq!(first_with(|draft| draft.staff.members[0].person = "x".into()), refused);
    assert_eq!(first_with(|draft| draft.staff.members[0].agency = AgencyNumber(1)), refused);
    let admin = first_with(|draft| draft.public.admins[2].agency = AgencyNumber(1));
    assert_eq!(admin, Err(KeyringError::NoPossession("c".into())));
}
