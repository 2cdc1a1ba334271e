//! From a requested path to a name in the folder.

/// The name of the file that `rest` asks for, `rest` being the path as sent without the mount's part. `None` for every
/// path that is not a plain name in the folder: going up, empty or hidden segments, backslashes, drive letters, zero bytes.
pub(super) fn relative(rest: &str) -> Option<String> {
    if rest.is_empty() {
        return Some("index.html".to_owned());
    }
    let decoded = decode(rest)?;
    let plain = |segment: &str| {
        !segment.is_empty()
            && !segment.starts_with('.')
            && !segment.bytes().any(|byte| byte == b'\\' || byte == b':' || byte.is_ascii_control())
    };
    decoded.split('/').all(plain).then_some(decoded)
}

/// Percent-decodes; `None` when a sequence is incomplete or the result is no UTF-8.
fn decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let (high, low) = (digit(bytes.next()?)?, digit(bytes.next()?)?);
            decoded.push(high * 16 + low);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_rest_is_the_index() {
        assert_eq!(relative("").as_deref(), Some("index.html"));
    }

    #[test]
    fn names_are_decoded_once() {
        assert_eq!(relative("a%20b/c.js").as_deref(), Some("a b/c.js"));
        assert_eq!(relative("a%2520b").as_deref(), Some("a%20b"));
    }

    #[test]
    fn nothing_leads_out_of_the_folder() {
        for rest in [
            "..",
            "../x",
            "a/../../x",
            "%2e%2e/x",
            "%2e%2e%2fx",
            "..%2fx",
            "/etc/passwd",
            "%2fetc/passwd",
            "a//b",
            "a/",
            ".env",
            "a/.git/config",
            "..\\x",
            "..%5cx",
            "c:/x",
            "C%3A/x",
            "a%00.js",
            "%",
            "%2",
            "%zz",
            "%ff",
        ] {
            assert_eq!(relative(rest), None, "{rest}");
        }
    }
}
