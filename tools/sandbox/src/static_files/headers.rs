//! The response headers of the console's files: what a browser may do with them, and how long it may store them.

use axum::http::{HeaderName, HeaderValue, header};

use crate::options::ConsoleOptions;

/// Every browser feature that the console does not use.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), \
    browsing-topics=(), camera=(), clipboard-read=(), clipboard-write=(self), display-capture=(), encrypted-media=(), \
    fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), \
    local-fonts=(), magnetometer=(), microphone=(), midi=(), otp-credentials=(), payment=(), picture-in-picture=(), \
    publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), \
    usb=(), window-management=(), xr-spatial-tracking=()";

/// The headers of every response, including errors.
pub(super) fn security(
    options: &ConsoleOptions,
    host_pages: &[String],
) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
    let ancestors = [&options.frame_ancestors, host_pages].concat();
    // 'none' is only valid alone, so a source replaces it.
    let ancestors = if ancestors.is_empty() { "'none'".to_owned() } else { ancestors.join(" ") };
    let mut connect = vec!["'self'".to_owned()];
    connect.extend(options.connect_src.iter().cloned());
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src {}; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors {ancestors}; \
         require-trusted-types-for 'script'; trusted-types 'none'",
        connect.join(" ")
    );
    let policy = HeaderValue::try_from(policy).map_err(|error| format!("the content security policy: {error}"))?;
    Ok(vec![
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS)),
    ])
}

/// How long an existing file may be cached: only a name that changes with the contents may be cached for good. Never ask
/// this about a missing file; an `immutable` 404 stays in every cache on the way.
pub(super) fn caching(name: &str) -> HeaderValue {
    if is_hashed(name) {
        HeaderValue::from_static("public, max-age=31536000, immutable")
    } else {
        HeaderValue::from_static("no-cache")
    }
}

/// Whether the name contains a hash of the contents: `name-`, then 16 hexadecimal digits, then an ending or `_bg.wasm`.
/// A word of letters only, such as `facade`, is no hash.
fn is_hashed(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let Some((stem, _)) = file.split_once('.') else { return false };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let Some((_, hash)) = stem.rsplit_once('-') else { return false };
    (8..=64).contains(&hash.len())
        && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        && hash.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashed_names_are_cached_for_good() {
        for (name, expected) in [
            ("runboard-1a2b3c4d5e6f7081.js", true),
            ("runboard-1a2b3c4d5e6f7081_bg.wasm", true),
            ("style/runboard-0123456789abcdef.css", true),
            ("index.html", false),
            ("boot.js", false),
            ("config.json", false),
            ("version.json", false),
            ("icon-sprite.svg", false),
            ("open-facade.js", false),
            ("release-1234567.js", false),
            ("runboard-1A2B3C4D5E6F7081.js", false),
        ] {
            assert_eq!(is_hashed(name), expected, "{name}");
        }
    }
}
