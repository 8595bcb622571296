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
    /// Nothing: a tip of so many bytes is sent.
    Tip(usize),
}

#[derive(Debug, PartialEq, Eq)]
struct Kind {
    /// Names of what it says with a document, and with anything else, in its order; what a request does not need is left out.
    order: [&'static [&'static str]; 2],
    agent: &'static str,
    accepts: &'static str,
    /// What it says of itself beside that.
    own: &'static [(&'static str, &'static str)],
    /// How answers may be packed, where nobody in between can meddle and where somebody can.
    packings: [&'static str; 2],
    /// Whether it says `Origin` with a script.
    has_origin: bool,
    languages: &'static [&'static str],
}

const OF_FIREFOX: [&str; 18] = [
    "Host",
    "User-Agent",
    "Accept",
    "Accept-Language",
    "Accept-Encoding",
    "Content-Type",
    "Content-Length",
    "Origin",
    "Sec-GPC",
    "Connection",
    "Upgrade-Insecure-Requests",
    "Sec-Fetch-Dest",
    "Sec-Fetch-Mode",
    "Sec-Fetch-Site",
    "Sec-Fetch-User",
    "Priority",
    "Pragma",
    "Cache-Control",
];
const OF_CHROME: [&str; 14] = [
    "Host",
    "Connection",
    "Sec-CH-UA",
    "Sec-CH-UA-Mobile",
    "Sec-CH-UA-Platform",
    "Upgrade-Insecure-Requests",
    "User-Agent",
    "Accept",
    "Sec-Fetch-Site",
    "Sec-Fetch-Mode",
    "Sec-Fetch-User",
    "Sec-Fetch-Dest",
    "Accept-Encoding",
    "Accept-Language",
];
const OF_CHROME_BESIDE: [&str; 13] = [
    "Host",
    "Connection",
    "Origin",
    "Sec-CH-UA-Platform",
    "User-Agent",
    "Sec-CH-UA",
    "Sec-CH-UA-Mobile",
    "Accept",
    "Sec-Fetch-Site",
    "Sec-Fetch-Mode",
    "Sec-Fetch-Dest",
    "Accept-Encoding",
    "Accept-Language",
];
const OF_SAFARI: [&str; 11] = [
    "Host",
    "Connection",
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
    order: [&OF_FIREFOX, &OF_FIREFOX],
    agent: "Mozilla/5.0 (Windows NT 10.0; rv:153.0) Gecko/20100101 Firefox/153.0",
    accepts: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    own: &[("Sec-GPC", "1")], // as all private windows of Firefox do
    packings: ["gzip, deflate, br, zstd", "gzip, deflate"],
    has_origin: false,
    languages: &["en-US,en;q=0.9"],
};
/// On Windows.
static FIREFOX: Kind = Kind {
    order: [&OF_FIREFOX, &OF_FIREFOX],
    agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0",
    accepts: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    own: &[],
    packings: ["gzip, deflate, br, zstd", "gzip, deflate"],
    has_origin: false,
    languages: &["en-US,en;q=0.9", "es-MX,es;q=0.9,en-US;q=0.8,en;q=0.7", "pt-BR,pt;q=0.9,en-US;q=0.8,en;q=0.7"],
};
/// On Android.
static CHROME: Kind = Kind {
    order: [&OF_CHROME, &OF_CHROME_BESIDE],
    agent: "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36",
    accepts: "text/html,application/xhtml+xml,application/xml;q=0.9,image/jxl,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
    own: &[
        ("Sec-CH-UA", r#""Not:A-Brand";v="8", "Chromium";v="156", "Google Chrome";v="156""#),
        ("Sec-CH-UA-Mobile", "?1"),
        ("Sec-CH-UA-Platform", r#""Android""#),
    ],
    packings: ["gzip, deflate, br, zstd", "gzip, deflate"],
    has_origin: true,
    languages: &["en-US,en;q=0.9", "es-US,es;q=0.9,en-US;q=0.8,en;q=0.7", "zh-CN,zh;q=0.9,en-US;q=0.8,en;q=0.7"],
};
/// On an iPhone.
static SAFARI: Kind = Kind {
    order: [&OF_SAFARI, &OF_SAFARI],
    agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1",
    accepts: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    own: &[],
    packings: ["gzip, deflate, br", "gzip, deflate"],
    has_origin: false,
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
        if is_onion(form.split("://").last().and_then(|rest| rest.split('/').next()).unwrap_or_default()) {
            return Self::tor();
        }
        let kind = one_of(&KINDS);
        Self { kind, languages: one_of(kind.languages) }
    }

    /// Everything that it says with a request, in its order. `is_secure` is whether it goes over TLS.
    pub fn headers(&self, asked: Asked, host: &str, origin: &str, is_secure: bool) -> Vec<(&'static str, String)> {
        // Nobody meddles on the way to an onion address, nor on the way to this machine.
        let is_trusted = is_secure || is_onion(host) || host.starts_with("127.0.0.1");
        let value = |name: &&'static str| {
            if let (Asked::Tip(length), "Content-Length") = (asked, *name) {
                return Some((*name, length.to_string()));
            }
            let own = || self.kind.own.iter().find(|(known, _)| known == name).map(|(_, value)| *value);
            let value = match *name {
                "Host" => Some(host),
                "Origin" => {
                    (matches!(asked, Asked::Tip(_)) || asked == Asked::Script && self.kind.has_origin).then_some(origin)
                }
                "User-Agent" => Some(self.kind.agent),
                "Accept" => Some(if asked.is_document() { self.kind.accepts } else { "*/*" }),
                "Accept-Language" => Some(self.languages),
                "Accept-Encoding" => Some(self.kind.packings[usize::from(!is_trusted)]),
                name => asked.says(name).or_else(own),
            };
            Some((*name, value?.to_owned()))
        };
        self.kind.order[usize::from(!asked.is_document())].iter().filter_map(value).collect()
    }
}

impl Asked {
    const fn is_document(self) -> bool {
        matches!(self, Self::Page | Self::Link)
    }

    /// What any browser says of such a request, where it says it at all.
    fn says(self, name: &str) -> Option<&'static str> {
        match (name, self) {
            ("Connection", _) => Some("keep-alive"),
            ("Priority", Self::Page | Self::Link) => Some("u=0, i"),
            ("Priority", Self::Tip(_)) => Some("u=4"),
            ("Upgrade-Insecure-Requests", Self::Page | Self::Link) => Some("1"),
            ("Sec-Fetch-User", Self::Page | Self::Link) => Some("?1"),
            ("Sec-Fetch-Dest", Self::Page | Self::Link) => Some("document"),
            ("Sec-Fetch-Dest", Self::Script) => Some("script"),
            ("Sec-Fetch-Dest", Self::Tip(_)) => Some("empty"),
            ("Sec-Fetch-Mode", Self::Page | Self::Link) => Some("navigate"),
            ("Sec-Fetch-Mode", Self::Script | Self::Tip(_)) => Some("cors"),
            ("Sec-Fetch-Site", Self::Page) => Some("none"),
            ("Sec-Fetch-Site", _) => Some("same-origin"),
            ("Content-Type", Self::Tip(_)) => Some("application/x-tar"),
            ("Pragma" | "Cache-Control", Self::Tip(_)) => Some("no-cache"),
            _ => None,
        }
    }
}

fn is_onion(host: &str) -> bool {
    host.split(':').next().unwrap_or_default().to_ascii_lowercase().ends_with(".onion")
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
            let page = "Host User-Agent Accept Accept-Language Accept-Encoding Connection Upgrade-Insecure-Requests Sec-Fetch-Dest \
                        Sec-Fetch-Mode Sec-Fetch-Site Sec-Fetch-User Priority";
            let said = named(of(firefox), Asked::Page).join(" ");
            assert_eq!(said.replace(" Sec-GPC", ""), page);
            assert_eq!(said.contains("Sec-GPC"), firefox == &TOR);
        }
        let tip = "Host User-Agent Accept Accept-Language Accept-Encoding Content-Type Content-Length Origin Sec-GPC Connection Sec-Fetch-Dest \
                   Sec-Fetch-Mode Sec-Fetch-Site Priority Pragma Cache-Control";
        assert_eq!(named(Browser::tor(), Asked::Tip(7)).join(" "), tip);
        let script = "Host Connection Origin Sec-CH-UA-Platform User-Agent Sec-CH-UA Sec-CH-UA-Mobile Accept Sec-Fetch-Site \
                      Sec-Fetch-Mode Sec-Fetch-Dest Accept-Encoding Accept-Language";
        assert_eq!(named(of(&CHROME), Asked::Script).join(" "), script);
        let page = "Host Connection Sec-Fetch-Dest User-Agent Accept Sec-Fetch-Site Sec-Fetch-Mode Accept-Language Accept-Encoding";
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
