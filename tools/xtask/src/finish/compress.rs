//! Compressed siblings (`x.js.br`, `x.js.gz`) for hosts that serve them as they are.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use flate2::{Compression, GzBuilder};

use crate::failure::{OrFail, Outcome};
use crate::files::files;
use crate::parallel;

/// What is worth compressing. Images other than SVG are compressed already.
const COMPRESSIBLE: [&str; 9] = ["css", "html", "js", "json", "map", "svg", "txt", "wasm", "webmanifest"];

/// Edited where it is hosted: a sibling made here would go on being served after the edit.
pub(crate) const EDITED_BY_THE_HOST: &str = "config.json";

/// Whether a file is of a kind that hosts send compressed.
pub(crate) fn is_compressible(path: &Path) -> bool {
    path.extension().and_then(|extension| extension.to_str()).is_some_and(|kind| COMPRESSIBLE.contains(&kind))
}

/// Writes both siblings of every file in the folder that has a use for them.
pub(crate) fn siblings(folder: &Path) -> Outcome {
    let mut wanted = Vec::new();
    for path in files(folder)? {
        if is_compressible(&path) && path.file_name().is_none_or(|name| name != EDITED_BY_THE_HOST) {
            wanted.extend([("br", path.clone()), ("gz", path)]);
        }
    }
    parallel::each(wanted, |(extension, path)| sibling(&path, extension)).map(drop)
}

/// Writes one, unless it would not be smaller.
fn sibling(path: &Path, extension: &str) -> Outcome {
    let bytes = fs::read(path).or_fail(format!("cannot read {}", path.display()))?;
    let compressed = if extension == "br" { brotli(&bytes) } else { gzip(&bytes) };
    let compressed = compressed.or_fail(format!("cannot compress {}", path.display()))?;
    if compressed.len() < bytes.len() {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{extension}"));
        fs::write(&name, compressed).or_fail(format!("cannot write {}", name.display()))?;
    }
    Ok(())
}

/// Brotli at its highest quality, 11.
pub(crate) fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
    Ok(compressed)
}

/// Gzip at its highest level, 9, with no time and no name in it: the same bytes give the same file.
fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_give_the_same_siblings_and_an_edited_file_has_none() {
        let folder = std::env::temp_dir().join(format!("runboard-compress-{}", std::process::id()));
        fs::create_dir_all(folder.join("inner")).unwrap();
        let text = "runs ".repeat(200);
        for name in ["a.js", "inner/b.css", "config.json", "c.png"] {
            fs::write(folder.join(name), &text).unwrap();
        }
        fs::write(folder.join("tiny.txt"), "x").unwrap();
        let listed = || {
            siblings(&folder).unwrap();
            let bytes =
                |path: std::path::PathBuf| (path.strip_prefix(&folder).unwrap().to_path_buf(), fs::read(path).unwrap());
            files(&folder).unwrap().into_iter().map(bytes).collect::<Vec<_>>()
        };
        let once = listed();
        for path in ["a.js.br", "a.js.gz", "inner/b.css.br", "inner/b.css.gz"] {
            fs::remove_file(folder.join(path)).unwrap();
        }
        let twice = listed();
        fs::remove_dir_all(&folder).unwrap();

        assert_eq!(once, twice);
        let names: Vec<_> = once.iter().map(|(path, _)| path.to_string_lossy().replace('\\', "/")).collect();
        assert_eq!(
            names,
            [
                "a.js",
                "a.js.br",
                "a.js.gz",
                "c.png",
                "config.json",
                "inner/b.css",
                "inner/b.css.br",
                "inner/b.css.gz",
                "tiny.txt"
            ]
        );
    }

    #[test]
    fn what_brotli_wrote_is_read_back() {
        let text = "runs ".repeat(200);
        let mut read = Vec::new();
        brotli::BrotliDecompress(&mut brotli(text.as_bytes()).unwrap().as_slice(), &mut read).unwrap();
        assert_eq!(read, text.as_bytes());
    }
}
