//! Which of the precompressed siblings a client gets (RFC 9110, section 12.5.3).

use axum::http::{HeaderMap, header};

/// The encodings served, best first, with the ending of the sibling's name.
pub(super) const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// The encoding of `available` (best first) that the client weighs highest, if it weighs that no lower than the plain
/// file. `None` means the plain file.
pub(super) fn choose(asked: &HeaderMap, available: &[&'static str]) -> Option<&'static str> {
    let list: Vec<&str> =
        asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).collect();
    let list = list.join(",");
    // Not named, the plain file is acceptable, but only as the last choice.
    let plain = weight(&list, "identity").unwrap_or(1);
    let mut best: Option<(&'static str, u16)> = None;
    for encoding in available {
        let weight = weight(&list, encoding).or_else(|| weight(&list, "*")).unwrap_or(0);
        if weight > 0 && weight >= plain && best.is_none_or(|(_, other)| weight > other) {
            best = Some((encoding, weight));
        }
    }
    best.map(|(encoding, _)| encoding)
}

/// The weight of `coding` in thousandths; `None` when it is not named. A weight that cannot be read is 0.
fn weight(list: &str, coding: &str) -> Option<u16> {
    list.split(',').find_map(|item| {
        let mut parts = item.split(';').map(str::trim);
        let name = parts.next()?;
        let named = name.eq_ignore_ascii_case(coding) || (coding == "gzip" && name.eq_ignore_ascii_case("x-gzip"));
        named.then(|| {
            parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="))).map_or(1000, thousandths)
        })
    })
}

fn thousandths(text: &str) -> u16 {
    let weight: f32 = text.trim().parse().unwrap_or(0.0);
    // Saturates, and NaN becomes 0.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let weight = (weight.clamp(0.0, 1.0) * 1000.0).round() as u16;
    weight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_weight_wins_and_brotli_wins_a_tie() {
        for (accept, expected) in [
            (None, None),
            (Some(""), None),
            (Some("gzip, deflate, br, zstd"), Some("br")),
            (Some("gzip"), Some("gzip")),
            (Some("x-gzip"), Some("gzip")),
            (Some("GZIP;Q=0.5"), Some("gzip")),
            (Some("br;q=0.5, gzip;q=0.9"), Some("gzip")),
            (Some("br;q=0, gzip;q=0.001"), Some("gzip")),
            (Some("br;q=0"), None),
            (Some("*"), Some("br")),
            (Some("*;q=0"), None),
            (Some("*, br;q=0"), Some("gzip")),
            (Some("br;q=0.2, identity;q=0.8"), None),
            (Some("identity"), None),
            (Some("br;q=nonsense"), None),
            (Some("deflate"), None),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(accept) = accept {
                headers.insert(header::ACCEPT_ENCODING, accept.parse().unwrap());
            }
            assert_eq!(choose(&headers, &["br", "gzip"]), expected, "{accept:?}");
        }
    }

    #[test]
    fn only_what_is_there_is_chosen() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, "br, gzip".parse().unwrap());
        assert_eq!(choose(&headers, &["gzip"]), Some("gzip"));
        assert_eq!(choose(&headers, &[]), None);
    }
}
