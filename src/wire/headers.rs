//! Headers that decide what a browser does with an answer: what every answer of both doors carries, and the policy of a page.
//! The server sends them; `desk verify` knows by them what else an answer carries.

/// For everything that is not a page: nothing may load, run, frame or be framed.
pub const CLOSED_POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// On every answer.
pub const FIXED: [(&str, &str); 9] = [
    ("cache-control", "no-store"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", FEATURES),
    ("x-dns-prefetch-control", "off"),
];

/// Every policy-controlled feature that a browser could otherwise grant a page, turned off but for the microphone: a source who cannot
/// write may speak, once they have said so to the browser as well.
const FEATURES: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), \
    clipboard-read=(), clipboard-write=(), compute-pressure=(), display-capture=(), encrypted-media=(), \
    fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), \
    idle-detection=(), local-fonts=(), magnetometer=(), microphone=(self), midi=(), otp-credentials=(), payment=(), \
    picture-in-picture=(), publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), \
    serial=(), storage-access=(), usb=(), window-management=(), xr-spatial-tracking=()";

/// What kind of answer a document, the script and the page to keep are.
pub const HTML: &str = "text/html; charset=utf-8";
/// See [`HTML`].
pub const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// What kind of answer a line is.
pub const TEXT: &str = "text/plain; charset=utf-8";
/// The line for who asked too much for now.
pub const TOO_MANY_LINE: &str = "too much for now: try again later\n";
/// The line while the server cannot do it.
pub const UNAVAILABLE_LINE: &str = "not now: try again soon\n";
/// The line where there is nothing.
pub const NOT_FOUND_LINE: &str = "no such address\n";
/// In which header a refusal names the work by which one need not wait.
pub const WORK_HEADER: &str = "knothole-work";

/// What a document may do besides showing itself: nothing, unless it says so.
#[derive(Default)]
pub struct Allowed {
    /// Directives on scripts and connections.
    pub active: String,
    /// Whether its forms may be sent to where it came from.
    pub posts: bool,
}

impl Allowed {
    /// The form on the site.
    pub fn online() -> Self {
        Self { active: "script-src 'self'; connect-src 'self'; ".to_owned(), posts: true }
    }

    /// The same on a disk; `script` is the hash of its script.
    pub fn on_disk(script: &str) -> Self {
        Self { active: format!("script-src '{script}'; connect-src 'none'; "), posts: false }
    }

    /// As it may also stand inside a document whose style has this hash. Has no comma.
    pub fn inside(&self, style: &str) -> String {
        format!(
            "default-src 'none'; {}style-src '{style}'; img-src data:; form-action {}; base-uri 'none'; \
             require-trusted-types-for 'script'; trusted-types 'none'",
            self.active,
            if self.posts { "'self'" } else { "'none'" },
        )
    }

    /// As it stands in the header.
    pub fn policy(&self, style: &str) -> String {
        format!("{}; frame-ancestors 'none'", self.inside(style))
    }
}
