//! Which addresses are talked to, and by which way: never in clear across a network, never to a name service about an onion.

use http::Uri;
use std::net::IpAddr;

/// A server and the way there, checked.
#[derive(Debug)]
pub struct Reach {
    /// Its address.
    pub server: Uri,
    /// What leads there; none for this machine itself.
    pub proxy: Option<reqwest::Proxy>,
}

/// Why an address or a proxy is not used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// Not an address.
    #[error("{0:?} is not an address like https://host or http://name.onion")]
    NotOne(String),
    /// Everyone on the way could read and change what is sent.
    #[error("{0:?} is neither https, nor an onion, nor on this machine: everyone on the way could read along")]
    InClear(String),
    /// Without a proxy its name would be asked for in clear, and not be found.
    #[error("{0:?} is an onion, and only a proxy leads there: say `--proxy socks5h://127.0.0.1:9050`")]
    NoProxy(String),
    /// Not a proxy, or none that is asked for names.
    #[error("{0:?} is not a SOCKS proxy like socks5h://127.0.0.1:9050")]
    BadProxy(String),
}

impl Reach {
    /// Checks an address and the proxy that was named.
    pub fn new(server: &str, proxy: Option<&str>) -> Result<Self, BadAddress> {
        let proxy = proxy.map(socks).transpose()?;
        let not_one = || BadAddress::NotOne(server.to_owned());
        let uri: Uri = server.parse().map_err(|_| not_one())?;
        let host = uri.host().filter(|host| !host.is_empty()).ok_or_else(not_one)?;
        let is_named_only = uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
        let (is_here, is_onion) = (is_this_machine(host), is_onion(host));
        match uri.scheme_str() {
            Some("http" | "https") if !is_named_only => Err(not_one()),
            Some("http") if !is_here && !is_onion => Err(BadAddress::InClear(server.to_owned())),
            Some("http" | "https") if is_onion && proxy.is_none() => Err(BadAddress::NoProxy(server.to_owned())),
            Some("http" | "https") => Ok(Self { server: uri, proxy: proxy.filter(|_| !is_here) }),
            _ => Err(not_one()),
        }
    }
}

/// Always as `socks5h`: the proxy looks the name up, and no name service hears of it.
fn socks(proxy: &str) -> Result<reqwest::Proxy, BadAddress> {
    let bad_proxy = || BadAddress::BadProxy(proxy.to_owned());
    let uri: Uri = proxy.parse().map_err(|_| bad_proxy())?;
    let (Some("socks5" | "socks5h"), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(bad_proxy());
    };
    reqwest::Proxy::all(format!("socks5h://{authority}")).map_err(|_| bad_proxy())
}

fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn is_onion(host: &str) -> bool {
    host.trim_end_matches('.').to_ascii_lowercase().ends_with(".onion")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOR: &str = "socks5h://127.0.0.1:9050";

    fn refusal(server: &str, proxy: Option<&str>) -> Option<BadAddress> {
        Reach::new(server, proxy).err()
    }

    #[test]
    fn nothing_goes_in_clear_across_a_network() {
        for server in [
            "https://desk.example",
            "http://127.0.0.1:8081",
            "http://127.9.9.9",
            "http://[::1]:8081",
            "http://LocalHost:1",
        ] {
            assert_eq!(refusal(server, None), None, "{server}");
            assert_eq!(refusal(server, Some(TOR)), None, "{server}");
        }
        for server in [
            "http://desk.example",
            "http://10.0.0.1",
            "http://127.0.0.1.example",
            "http://localhost.example",
            "http://onion",
            "http://x.onion.example",
            "http://127.1",
            "http://[::2]",
        ] {
            assert_eq!(refusal(server, Some(TOR)), Some(BadAddress::InClear(server.into())));
        }
    }

    #[test]
    fn an_onion_is_reached_through_a_proxy_or_not_at_all() {
        for server in ["http://abc.onion", "http://abc.ONION:81", "http://abc.onion.", "https://a.abc.onion"] {
            assert_eq!(refusal(server, Some(TOR)), None, "{server}");
            assert_eq!(refusal(server, None), Some(BadAddress::NoProxy(server.into())));
        }
    }

    #[test]
    fn what_is_no_address_is_told_apart() {
        for server in ["desk.example", "", "ftp://127.0.0.1", "http://", "http://127.0.0.1@desk.example", "https://a b"]
        {
            assert_eq!(refusal(server, None), Some(BadAddress::NotOne(server.into())));
        }
    }

    #[test]
    fn names_are_always_looked_up_by_the_proxy() {
        for proxy in ["socks5://127.0.0.1:9050", TOR, "socks5://user:word@10.0.0.1:9050"] {
            let reach = Reach::new("https://desk.example", Some(proxy)).unwrap();
            let shown = format!("{:?}", reach.proxy.unwrap());
            assert!(shown.contains("socks5h"), "{shown}");
        }
        for proxy in ["http://127.0.0.1:8118", "socks4a://127.0.0.1:9050", "127.0.0.1:9050", "", "socks5h:///x"] {
            assert_eq!(refusal("https://desk.example", Some(proxy)), Some(BadAddress::BadProxy(proxy.into())));
        }
    }

    #[test]
    fn this_machine_is_not_asked_for_through_a_proxy() {
        assert!(Reach::new("http://127.0.0.1:8081", Some(TOR)).unwrap().proxy.is_none());
    }
}
