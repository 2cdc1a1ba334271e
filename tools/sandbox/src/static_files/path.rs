//! Which requested paths may name a file. `ServeDir` alone would also serve hidden files and the compressed siblings
//! under their own names.

use percent_encoding::percent_decode_str;

/// The name of the requested file relative to the console's folder, percent-decoded; `requested` is the path below the
/// mount as sent. Empty for the folder itself, which stands for its `index.html`.
///
/// `None` for a path that is no plain name: with empty or hidden segments, `..`, backslashes, drive letters or control
/// characters, or with the ending of a compressed sibling, which is a form of its file and not a file of its own.
pub(super) fn file_name(requested: &str) -> Option<String> {
    let name = percent_decode_str(requested).decode_utf8().ok()?;
    let is_plain = |segment: &str| {
        !segment.is_empty()
            && !segment.starts_with('.')
            && !segment.bytes().any(|byte| byte == b'\\' || byte == b':' || byte.is_ascii_control())
    };
    let is_sibling = [".br", ".gz"].iter().any(|ending| name.ends_with(ending));
    let allowed = name.is_empty() || (name.split('/').all(is_plain) && !is_sibling);
    allowed.then(|| name.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mount_itself_is_the_folder() {
        assert_eq!(file_name("").as_deref(), Some(""));
    }

    #[test]
    fn decodes_names_once() {
        assert_eq!(file_name("a%20b/c.js").as_deref(), Some("a b/c.js"));
        assert_eq!(file_name("a%2520b").as_deref(), Some("a%20b"));
    }

    #[test]
    fn refuses_compressed_siblings() {
        assert_eq!(file_name("app.js.br"), None);
        assert_eq!(file_name("app.js%2Egz"), None);
    }

    #[test]
    fn refuses_paths_that_leave_the_folder_or_are_hidden() {
        for path in [
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
            "%ff",
        ] {
            assert_eq!(file_name(path), None, "{path}");
        }
    }

    #[test]
    fn takes_incomplete_percent_sequences_literally() {
        // As `ServeDir` does; there is no file of such a name.
        for path in ["%", "%2", "%zz"] {
            assert_eq!(file_name(path).as_deref(), Some(path));
        }
    }
}
