//! Digests of file contents: for names that change with the bytes, and for `integrity` attributes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256, Sha384};

/// The value of an `integrity` attribute (Subresource Integrity, section 3.1).
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// Sixteen hexadecimal digits that change with the bytes.
fn fingerprint(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes), 8)
}

fn hexadecimal(digest: &[u8], bytes: usize) -> String {
    digest.iter().take(bytes).map(|byte| format!("{byte:02x}")).collect()
}

/// A digest over files: their names and their bytes, in the order they are added.
#[derive(Default)]
pub(crate) struct Contents(Sha256);

impl Contents {
    /// Adds a file.
    pub(crate) fn add(&mut self, name: &str, bytes: &[u8]) {
        // Digests are of one length, so no two lists of files are the same text.
        self.0.update(Sha256::digest(name));
        self.0.update(Sha256::digest(bytes));
    }

    /// Sixteen hexadecimal digits that change with any of the files.
    pub(crate) fn fingerprint(self) -> String {
        hexadecimal(&self.0.finalize(), 8)
    }
}

/// The name a file is hosted under: `runboard-0123456789abcdef_bg.wasm`. A fingerprint that Trunk
/// put in (of the program before wasm-bindgen and wasm-opt, so not of these bytes) is replaced.
pub(crate) fn hosted_name(name: &str, bytes: &[u8]) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let (stem, suffix) = stem.strip_suffix("_bg").map_or((stem, ""), |stem| (stem, "_bg"));
    let is_fingerprint = |text: &str| text.len() >= 8 && text.chars().all(|c| c.is_ascii_hexdigit());
    let plain = match stem.rsplit_once('-') {
        Some((plain, last)) if is_fingerprint(last) => plain,
        _ => stem,
    };
    format!("{plain}-{}{suffix}.{extension}", fingerprint(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrity_is_the_base64_of_sha_384() {
        // From the SRI recommendation's own example: `alert('Hello, world.');`
        assert_eq!(
            integrity(b"alert('Hello, world.');"),
            "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
        );
    }

    #[test]
    fn a_hosted_name_keeps_its_stem_and_changes_with_the_bytes() {
        for (name, hosted) in [
            ("runboard-1a2b3c4d5e6f7a8b.js", "runboard-2d711642b726b044.js"),
            ("runboard-1a2b3c4d5e6f7a8b_bg.wasm", "runboard-2d711642b726b044_bg.wasm"),
            ("boot.js", "boot-2d711642b726b044.js"),
            ("run-board.css", "run-board-2d711642b726b044.css"),
        ] {
            assert_eq!(hosted_name(name, b"x"), hosted);
        }
        assert_ne!(hosted_name("boot.js", b"x"), hosted_name("boot.js", b"y"));
    }
}
