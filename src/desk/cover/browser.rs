//! What a browser says with each request, and in which order. What TLS and the network tell of it is not known here.

use crate::desk::random;

/// A browser as it is set up on one machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Browser {
    kind: &'static Kind,
    languages: &'static str,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A document whose address somebody has typed.
    Page,
    /// One to which a link leads.
    Link,
    /// A script.
    Script,
    /// Nothing: a tip is sent.
    Tip,
}

#[derive(Debug, PartialEq, Eq)]
struct Kind {
    /// Names of what it says, in its order; what a request does not need is left out.
    order: &'static [&'static str],
    agent: &'static str,
    accepts: &'static str,
    /// What it says of itself beside that.
    own: &'static [(&'static str, &'static str)],
    /// How answers may be packed, where nobody in between can meddle and where somebody can.
    packings: [&'static str; 2],
    languages: &'static [&'static str],
}

const OF_FIREFOX: [&str; 14] = [
    "Host",
    "User-Agent",
    "Accept",
    "Accept-Language",
    "Accept-Encoding",
    "Content-Type",
    "Origin",
    "Upgrade-Insecure-Requests",
    "Sec-Fetch-Dest",
    "Sec-Fetch-Mode",
    "Sec-Fetch-Site",
    "Sec-Fetch-User",
    "Pragma",
    "Cache-Control",
];
const OF_CHROME: [&str; 16] = [
    "Host",
    "Cache-Control",
    "Sec-CH-UA",
    "Sec-CH-UA-Mobile",
    "Sec-CH-UA-Platform",
    "Upgrade-Insecure-Requests",
    "User-Agent",
    "Content-Type",
    "Accept",
    "Origin",
    "Sec-Fetch-Site",
    "Sec-Fetch-Mode",
    "Sec-Fetch-User",
    "Sec-Fetch-Dest",
    "Accept-Encoding",
    "Accept-Language",
];
const OF_SAFARI: [&str; 10] = [
    "Host",
    "Content-Type",
    "Origin",
    "Sec-Fetch-Dest",
    "User-Agent",
    "Accept",
    "Sec-Fetch-Site",
    "Sec-Fetch-Mode",
    "Accept-Language",
    "Accept-Encoding",
];

/// On Windows, as it says everywhere.
static TOR: Kind = Kind {
    order: &OF_FIREFOX,
    agent: "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
    accepts: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    own: &[],
    packings: ["gzip, deflate, br, zstd", "gzip, deflate"],
    languages: &["en-US,en;q=0.5"],
};
/// On Windows.
static FIREFOX: Kind = Kind {
    order: &OF_FIREFOX,
    agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
    accepts: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    own: &[],
    packings: ["gzip, deflate, br, zstd", "gzip, deflate"],
    languages: &["en-US,en;q=0.5", "es-MX,es;q=0.8,en-US;q=0.5,en;q=0.3", "pt-BR,pt;q=0.8,en-US;q=0.5,en;q=0.3"],
};
/// On Android.
static CHROME: Kind = Kind {
    order: &OF_CHROME,
    agent: "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
    accepts: "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
    own: &[
        ("Sec-CH-UA", r#""Chromium";v="142", "Google Chrome";v="142", "Not_A Brand";v="99""#),
        ("Sec-CH-UA-Mobile", "?1"),
        ("Sec-CH-UA-Platform", r#""Android""#),
    ],
    packings: ["gzip, deflate, br, zstd", "gzip, deflate"],
    languages: &["en-US,en;q=0.9", "es-US,es;q=0.9,en-US;q=0.8,en;q=0.7", "zh-CN,zh;q=0.9,en-US;q=0.8,en;q=0.7"],
};
/// On an iPhone.
static SAFARI: Kind = Kind {
    order: &OF_SAFARI,
    agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1",
    accepts: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    own: &[],
    packings: ["gzip, deflate, br", "gzip, deflate"],
    languages: &["en-US,en;q=0.9", "es-419,es;q=0.9", "vi-VN,vi;q=0.9"],
};
static KINDS: [&Kind; 4] = [&TOR, &FIREFOX, &CHROME, &SAFARI];

impl Browser {
    /// The one that sources are told to use.
    pub const fn tor() -> Self {
        Self { kind: &TOR, languages: TOR.languages[0] }
    }

    /// Any of the common ones, in a language of its users; at an onion address the one that everybody has there.
    pub fn drawn(form: &str) -> Self {
        let host = form.split("://").last().and_then(|rest| rest.split(['/', ':']).next()).unwrap_or_default();
        if host.to_ascii_lowercase().ends_with(".onion") {
            return Self::tor();
        }
        let kind = one_of(&KINDS);
        Self { kind, languages: one_of(kind.languages) }
    }

    /// Everything that it says with a request, in its order. `is_secure` is whether it goes over TLS.
    pub fn headers(&self, asked: Asked, host: &str, origin: &str, is_secure: bool) -> Vec<(&'static str, String)> {
        let value = |name: &&'static str| {
            let own = || self.kind.own.iter().find(|(known, _)| known == name).map(|(_, value)| *value);
            let value = match *name {
                "Host" => Some(host),
                "Origin" => (asked == Asked::Tip).then_some(origin),
                "User-Agent" => Some(self.kind.agent),
                "Accept" => Some(if asked.is_document() { self.kind.accepts } else { "*/*" }),
                "Accept-Language" => Some(self.languages),
                "Accept-Encoding" => Some(self.kind.packings[usize::from(!is_secure)]),
                name => asked.says(name).or_else(own),
            };
            Some((*name, value?.to_owned()))
        };
        self.kind.order.iter().filter_map(value).collect()
    }
}

impl Asked {
    const fn is_document(self) -> bool {
        matches!(self, Self::Page | Self::Link)
    }

    /// What any browser says of such a request, where it says it at all.
    fn says(self, name: &str) -> Option<&'static str> {
        match (name, self) {
            ("Upgrade-Insecure-Requests", Self::Page | Self::Link) => Some("1"),
            ("Sec-Fetch-User", Self::Page | Self::Link) => Some("?1"),
            ("Sec-Fetch-Dest", Self::Page | Self::Link) => Some("document"),
            ("Sec-Fetch-Dest", Self::Script) => Some("script"),
            ("Sec-Fetch-Dest", Self::Tip) => Some("empty"),
            ("Sec-Fetch-Mode", Self::Page | Self::Link) => Some("navigate"),
            ("Sec-Fetch-Mode", Self::Script | Self::Tip) => Some("cors"),
            ("Sec-Fetch-Site", Self::Page) => Some("none"),
            ("Sec-Fetch-Site", _) => Some("same-origin"),
            ("Content-Type", Self::Tip) => Some("application/x-tar"),
            ("Pragma" | "Cache-Control", Self::Tip) => Some("no-cache"),
            _ => None,
        }
    }
}

fn one_of<T: Copy>(things: &[T]) -> T {
    let at = random::below(things.len() as u64);
    things[usize::try_from(at).expect("it is smaller than the number of things")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn named(browser: Browser, asked: Asked) -> Vec<&'static str> {
        let headers = browser.headers(asked, "form.example", "https://form.example", true);
        headers.into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn each_browser_says_what_it_says_in_its_own_order() {
        let of = |kind: &'static Kind| Browser { kind, languages: kind.languages[0] };
        for firefox in [&TOR, &FIREFOX] {
            let page = "Host User-Agent Accept Accept-Language Accept-Encoding Upgrade-Insecure-Requests Sec-Fetch-Dest Sec-Fetch-Mode \
                        Sec-Fetch-Site Sec-Fetch-User";
            assert_eq!(named(of(firefox), Asked::Page).join(" "), page);
        }
        let tip = "Host User-Agent Accept Accept-Language Accept-Encoding Content-Type Origin Sec-Fetch-Dest Sec-Fetch-Mode Sec-Fetch-Site \
                   Pragma Cache-Control";
        assert_eq!(named(Browser::tor(), Asked::Tip).join(" "), tip);
        let script = "Host Sec-CH-UA Sec-CH-UA-Mobile Sec-CH-UA-Platform User-Agent Accept Sec-Fetch-Site Sec-Fetch-Mode Sec-Fetch-Dest \
                      Accept-Encoding Accept-Language";
        assert_eq!(named(of(&CHROME), Asked::Script).join(" "), script);
        let page =
            "Host Sec-Fetch-Dest User-Agent Accept Sec-Fetch-Site Sec-Fetch-Mode Accept-Language Accept-Encoding";
        assert_eq!(named(of(&SAFARI), Asked::Page).join(" "), page);
    }

    #[test]
    fn any_of_them_is_drawn_in_any_of_its_languages_and_one_alone_at_an_onion_address() {
        let draw = |form: &str| -> BTreeSet<(&str, &str)> {
            (0..500).map(|_| Browser::drawn(form)).map(|one| (one.kind.agent, one.languages)).collect()
        };
        assert_eq!(draw("https://form.example/es").len(), 10);
        for onion in ["http://abc.onion", "http://abc.Onion:80/es", "https://abc.onion/"] {
            assert_eq!(draw(onion), [(TOR.agent, TOR.languages[0])].into(), "{onion}");
        }
        assert_eq!(draw("https://abc.onion.example/").len(), 10);
    }
}
