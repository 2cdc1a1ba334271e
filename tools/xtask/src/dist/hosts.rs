//! What the files for hosts have to say of one build.

use std::fs;
use std::path::Path;

use crate::failure::{OrFail, Outcome};
use crate::files::names;

/// Hosts that set headers by path alone, whether there is a file or not, so they are told each name.
const BY_NAME: [&str; 2] = ["netlify/_headers", "cloudflare-pages/_headers"];

/// A file with a name like this never changes.
const FOREVER: &str = "  Cache-Control: public, max-age=31536000, immutable\n";

/// Adds the files of `site` that are named by their bytes to the files that list them.
pub(super) fn name_hashed_files(hosting: &Path, site: &Path) -> Outcome {
    let rules: String =
        names(site)?.iter().filter(|name| is_hashed(name)).map(|name| format!("/{name}\n{FOREVER}")).collect();
    for file in BY_NAME {
        let path = hosting.join(file);
        let text = fs::read_to_string(&path).or_fail(format!("cannot read hosting/{file}"))?;
        fs::write(&path, text + &rules).or_fail(format!("cannot write hosting/{file}"))?;
    }
    Ok(())
}

/// `runboard-0123456789abcdef.js`, `runboard-0123456789abcdef_bg.wasm`: the same rule that the other host files have as a
/// pattern.
fn is_hashed(name: &str) -> bool {
    let Some((stem, kind)) = name.rsplit_once('.') else { return false };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
    ["js", "css", "wasm"].contains(&kind)
        && hash.len() == 16
        && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        for (name, hashed) in [
            ("runboard-0123456789abcdef.js", true),
            ("a/runboard-0123456789abcdef_bg.wasm", true),
            ("runboard-0123456789abcdef.css", true),
            ("runboard-0123456789abcdef.js.br", false),
            ("runboard-0123456789ABCDEF.js", false),
            ("runboard-0123456789abcde.js", false),
            ("boot.js", false),
            ("config.json", false),
            ("index.html", false),
        ] {
            assert_eq!(is_hashed(name), hashed, "{name}");
        }
    }

    #[test]
    fn hosts_that_go_by_path_get_each_name() {
        let folder = std::env::temp_dir().join(format!("runboard-hosts-{}", std::process::id()));
        for file in BY_NAME {
            let path = folder.join("hosting").join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "/*\n  X: y\n").unwrap();
        }
        fs::create_dir_all(folder.join("site")).unwrap();
        for name in ["a-0123456789abcdef.js", "a-0123456789abcdef.js.br", "config.json"] {
            fs::write(folder.join("site").join(name), "").unwrap();
        }
        name_hashed_files(&folder.join("hosting"), &folder.join("site")).unwrap();
        let texts = BY_NAME.map(|file| fs::read_to_string(folder.join("hosting").join(file)).unwrap());
        fs::remove_dir_all(&folder).unwrap();
        let expected = "/*\n  X: y\n/a-0123456789abcdef.js\n  Cache-Control: public, max-age=31536000, immutable\n";
        assert_eq!(texts, [expected, expected]);
    }
}
