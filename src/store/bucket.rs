//! A bucket that speaks Amazon's S3 protocol, for sites of more than one machine: where it is, and what opens it.

use http::Uri;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use zeroize::Zeroizing;

/// See the module. What it says of itself leaves out the key.
#[derive(Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Where its server is.
    pub endpoint: Endpoint,
    /// What its server calls the place where it lies.
    pub region: String,
    /// Its name.
    pub name: String,
    /// Whether the name stands before that of the host, and not in the path.
    pub is_host_style: bool,
    /// Which key.
    pub key_id: String,
    /// The key.
    pub key: Zeroizing<String>,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} at {}", self.name, self.endpoint)
    }
}

/// The address of a bucket's server: `https`, or `http` on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint(String);

impl fmt::Display for Endpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// What is no address of a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("https://HOST or https://HOST:PORT; http only for 127.0.0.1 or [::1], as of a proxy that speaks TLS")]
pub struct NoEndpoint;

impl FromStr for Endpoint {
    type Err = NoEndpoint;

    fn from_str(text: &str) -> Result<Self, NoEndpoint> {
        let uri: Uri = text.parse().map_err(|_| NoEndpoint)?;
        let host = uri.host().ok_or(NoEndpoint)?;
        let is_here = host.trim_matches(['[', ']']).parse().is_ok_and(|address: IpAddr| address.is_loopback());
        let is_safe = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => is_here,
            _ => false,
        };
        let is_plain = matches!(uri.path(), "" | "/")
            && uri.query().is_none()
            && uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
        if is_safe && is_plain { Ok(Self(text.trim_end_matches('/').to_owned())) } else { Err(NoEndpoint) }
    }
}

#[cfg(feature = "bucket")]
mod connection {
    use super::Bucket;
    use object_store::aws::{AmazonS3, AmazonS3Builder};
    use object_store::client::{HttpClient, HttpConnector};
    use object_store::{BackoffConfig, ClientOptions, Error, Result, RetryConfig};
    use reqwest::redirect::Policy;
    use std::time::Duration;

    /// A source waits meanwhile, and sends again after an answer that it was not possible.
    const RETRY: RetryConfig = RetryConfig {
        backoff: BackoffConfig {
            init_backoff: Duration::from_millis(100),
            max_backoff: Duration::from_secs(2),
            base: 2.0,
        },
        max_retries: 2,
        retry_timeout: Duration::from_secs(10),
    };
    const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
    /// For one part, which has at most a few mebibytes.
    const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

    impl Bucket {
        /// What puts objects there and gets them. Connects to nobody yet.
        pub fn open(&self) -> Result<AmazonS3> {
            AmazonS3Builder::new()
                .with_endpoint(self.endpoint.to_string())
                .with_allow_http(true) // on this machine alone: see `Endpoint`
                .with_region(&self.region)
                .with_bucket_name(&self.name)
                .with_virtual_hosted_style_request(self.is_host_style)
                .with_access_key_id(&self.key_id)
                .with_secret_access_key(self.key.as_str())
                .with_retry(RETRY)
                .with_http_connector(Direct)
                .build()
        }
    }

    /// Goes where it was told and nowhere else, whatever the environment says of proxies, or an answer of other places.
    #[derive(Debug)]
    struct Direct;

    impl HttpConnector for Direct {
        fn connect(&self, _: &ClientOptions) -> Result<HttpClient> {
            let client = reqwest::Client::builder()
                .no_proxy()
                .redirect(Policy::none())
                .connect_timeout(CONNECT_TIMEOUT)
                .timeout(REQUEST_TIMEOUT)
                .build();
            let client = client.map_err(|error| Error::Generic { store: "bucket", source: error.into() })?;
            Ok(HttpClient::new(client))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_over_no_line_in_the_clear() {
        for good in ["https://s3.example", "https://s3.example:9000/", "http://127.0.0.1:9000", "http://[::1]:9000"] {
            assert_eq!(good.parse(), Ok(Endpoint(good.trim_end_matches('/').to_owned())));
        }
        for bad in [
            "http://s3.example",
            "http://127.0.0.1.example",
            "s3.example",
            "ftp://127.0.0.1",
            "https://s3.example/bucket",
            "https://key@s3.example",
            "https://s3.example?x",
            "",
        ] {
            assert_eq!(bad.parse::<Endpoint>(), Err(NoEndpoint), "{bad}");
        }
    }

    #[test]
    fn no_key_is_printed() {
        let bucket = Bucket {
            endpoint: "https://s3.example".parse().unwrap(),
            region: "here".into(),
            name: "sealed".into(),
            is_host_style: false,
            key_id: "who".into(),
            key: Zeroizing::new("opens".into()),
        };
        assert_eq!(format!("{bucket:?}"), "sealed at https://s3.example");
    }
}
