//! Makes an assembled site ready to be hosted: smaller, named by its bytes, guarded by digests, compressed.
//!
//! Every file that only `index.html` names gets a name of its own final bytes, so that it can be cached for ever.

mod compress;
mod digest;
mod glue;
mod loader;
mod names;
mod version;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) use compress::{EDITED_BY_THE_HOST, brotli, is_compressible};
pub(crate) use digest::{Contents, integrity};
pub(crate) use version::Source;

use crate::command::{ask, timed};
use crate::failure::{Failure, OrFail, Outcome};
use crate::html::{self, LATER, Tag, tags};
use crate::parallel;
use crate::toolchain::node::Node;

/// What `wasm-opt` does, in this order. Flattening and finding loops anew before `-Oz` leaves less to send than `-Oz` alone;
/// `--converge` takes much longer and saves nothing. Not `--traps-never-happen`: a panic ends in a trap, and must. Not
/// `--gufa`: it concludes from what one of the files calls through their common table. `--low-memory-unused` says that nothing is
/// read or written through an address below 1 KiB: the linker puts the end of the stack there, and everything else above the stack.
const PASSES: [&str; 8] = [
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// What terser does.
const TERSER: [&str; 5] = ["--module", "--compress", "--mangle", "--comments", "false"];

/// Finishes a site in place. Without Node.js everything keeps the size it was built with.
pub(crate) fn finish(site: &Path, node: Option<&Node>, source: &Source) -> Outcome {
    let index = site.join("index.html");
    let mut page = fs::read_to_string(&index).or_fail("cannot read the assembled index.html")?;
    refuse_what_the_policy_would(&page)?;

    // The program first: the script is told the names of the other files before it is made smaller itself.
    for tag in tags(&page) {
        if let (Some(wasm), Some(glue)) = (tag.get("data-wasm"), tag.get("data-glue")) {
            let program = Program { site, main: site.join(local_name(wasm)?), glue: site.join(local_name(glue)?) };
            let later = program.finish(node)?;
            page = html::rewrite(&page, |tag| {
                if tag.get("data-wasm").is_some() {
                    name_later_files(tag, &later);
                }
            });
        }
    }
    let mut hosted = BTreeMap::new();
    for reference in references(&page) {
        let name = local_name(&reference)?;
        if !hosted.contains_key(&reference) {
            if let (Some(node), true) = (node, name.ends_with(".js")) {
                shrink(&site.join(name), node.terser(), &TERSER)?;
            }
            hosted.insert(reference.clone(), host(site, name)?);
        }
    }
    let page = html::rewrite(&page, |tag| refer(tag, &hosted));
    fs::write(&index, &page).or_fail("cannot write index.html")?;

    // The page carries the id of its build, so that it can tell when another one is hosted.
    let id = version::id(site)?;
    let page = html::rewrite(&page, |tag| {
        if tag.get("data-wasm").is_some() {
            tag.set("data-build", id.clone());
        }
    });
    fs::write(&index, page).or_fail("cannot write index.html")?;
    version::write(site, source, &id)?;
    timed("Compressing with brotli and gzip", || compress::siblings(site))
}

/// A file under its final name.
struct Hosted {
    reference: String,
    /// None for a file that its host may edit, or that something else names, too.
    integrity: Option<String>,
}

/// Every file the page loads at once, as the page names it.
pub(crate) fn references(page: &str) -> Vec<String> {
    tags(page)
        .iter()
        .flat_map(|tag| tag.references().iter().filter_map(|attribute| tag.get(attribute)).map(str::to_owned))
        .collect()
}

/// The files that are loaded only when one of their functions is called, or is about to be.
pub(crate) fn later_references(page: &str) -> Vec<String> {
    tags(page)
        .iter()
        .filter_map(|tag| tag.get(LATER))
        .flat_map(|files| files.split_whitespace().map(str::to_owned))
        .collect()
}

/// The file of a reference in the site. Anything but a relative reference would tie the build to one address.
pub(crate) fn local_name(reference: &str) -> Outcome<&str> {
    let name = reference.strip_prefix("./").unwrap_or(reference);
    if name.is_empty() || name.starts_with('/') || name.contains([':', '?', '#']) || name.contains("..") {
        return Err(Failure::new(format!("index.html refers to \"{reference}\""))
            .remedy("Write references relative to the document, so that one build runs under any path"));
    }
    Ok(name)
}

/// The policy the console is served under has no inline script and no inline style.
fn refuse_what_the_policy_would(page: &str) -> Outcome {
    for tag in tags(page) {
        let data = tag.get("type").is_some_and(|kind| kind.ends_with("json"));
        if tag.name == "style" || (tag.name == "script" && tag.get("src").is_none() && !data) {
            return Err(Failure::new(format!(
                "the built index.html has an inline {}, which the policy blocks",
                tag.name
            ))
            .remedy("Move it to a file in public/ or style/"));
        }
    }
    Ok(())
}

/// Starts the console, under this name in every build: a page of an earlier build has to find it, so that it can lead on to
/// the present one when the other files of that page are gone.
const BOOT: &str = "boot.js";

/// Gives a file the name of its bytes, if only `index.html` names it. Pictures are named by the program, too, `config.json`
/// is edited where it is hosted, and what starts the console is the same for pages of all builds: these keep their names.
fn host(site: &Path, name: &str) -> Outcome<Hosted> {
    let path = site.join(name);
    let bytes = fs::read(&path).or_fail(format!("index.html refers to {name}, which is not in the build"))?;
    if name == BOOT || ![".css", ".js", ".wasm"].iter().any(|kind| name.ends_with(kind)) {
        return Ok(Hosted { reference: format!("./{name}"), integrity: None });
    }
    let hosted = digest::hosted_name(name, &bytes);
    fs::rename(&path, site.join(&hosted)).or_fail(format!("cannot rename {name}"))?;
    Ok(Hosted { reference: format!("./{hosted}"), integrity: Some(digest::integrity(&bytes)) })
}

fn refer(tag: &mut Tag, hosted: &BTreeMap<String, Hosted>) {
    for attribute in tag.references() {
        let Some(file) = tag.get(attribute).and_then(|reference| hosted.get(reference)) else { continue };
        tag.set(attribute, file.reference.clone());
        let guard = match (*attribute, tag.get("rel")) {
            ("src", _) | ("href", Some("stylesheet" | "modulepreload")) => "integrity",
            // Browsers ignore a digest on `rel="preload" as="fetch"` and warn; boot.js fetches with this one.
            ("data-wasm", _) => "data-wasm-integrity",
            _ => continue,
        };
        if let Some(integrity) = &file.integrity {
            tag.set(guard, integrity.clone());
        }
    }
}

/// Two lists in the same order: the files and their digests.
fn name_later_files(tag: &mut Tag, later: &[Hosted]) {
    if later.is_empty() {
        return;
    }
    let list = |text: fn(&Hosted) -> &str| later.iter().map(text).collect::<Vec<_>>().join(" ");
    tag.set(LATER, list(|file| &file.reference));
    tag.set("data-later-integrity", list(|file| file.integrity.as_deref().unwrap_or_default()));
}

/// The program: its first file, and the script that starts it.
struct Program<'a> {
    site: &'a Path,
    main: PathBuf,
    glue: PathBuf,
}

impl Program<'_> {
    /// Makes the program's files smaller, names those that are loaded later by their bytes, and tells the script.
    fn finish(&self, node: Option<&Node>) -> Outcome<Vec<Hosted>> {
        let loader_path = self.site.join(loader::FILE);
        let loader = fs::read_to_string(&loader_path).or_fail(format!("cannot read {}", loader::FILE))?;
        fs::remove_file(&loader_path).or_fail(format!("cannot remove {}", loader::FILE))?;
        let script = fs::read_to_string(&self.glue).or_fail("cannot read the script that starts the program")?;

        let mut later = BTreeMap::new();
        for file in loader::later_files(&loader) {
            // `split_` is how the splitter tells these files from those that several of them share.
            let name = file.strip_prefix("split_").unwrap_or(&file).to_owned();
            fs::rename(self.site.join(&file), self.site.join(&name)).or_fail(format!("cannot rename {file}"))?;
            later.insert(file, name);
        }
        let names = node.map(|node| self.shrink(node, later.values())).transpose()?;
        let later = later.into_iter().map(|(file, name)| Ok((file, host(self.site, &name)?)));
        let later = later.collect::<Outcome<BTreeMap<_, _>>>()?;

        let hosted = |file: &str| later.get(file).map(|hosted| hosted.reference.clone());
        let mut script = loader::join(&script, &loader, hosted)?;
        if let Some(names) = names {
            script = names.tell(&glue::prune(&script, &names))?;
        }
        fs::write(&self.glue, script).or_fail("cannot write the script that starts the program")?;
        Ok(later.into_values().collect())
    }

    /// Gives the program's imports and exports short names, too.
    fn shrink<'n>(&self, node: &Node, later: impl Iterator<Item = &'n String>) -> Outcome<names::Names> {
        let mut files = vec![(self.main.clone(), [&PASSES[..], &[names::PASS]].concat())];
        files.extend(later.map(|name| (self.site.join(name), PASSES.to_vec())));
        let printed = timed("Shrinking the program with wasm-opt (half a minute)", || {
            parallel::each(files, |(path, passes)| shrink(&path, node.wasm_opt(), &passes))
        })?;
        names::Names::read(printed.first().map_or("", String::as_str))
    }
}

/// Shrinks a file in place; gives back what the tool printed.
fn shrink(path: &Path, mut tool: Command, arguments: &[&str]) -> Outcome<String> {
    let small = path.with_extension("small");
    let answer = ask(tool.arg(path).arg("--output").arg(&small).args(arguments))?;
    if !answer.ok {
        let first = answer.stderr.trim().lines().next().unwrap_or_default();
        return Err(Failure::new(format!("shrinking {} failed: {first}", path.display())));
    }
    fs::rename(&small, path).or_fail(format!("cannot replace {} by its smaller self", path.display()))?;
    Ok(answer.stdout)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_that_leave_the_document_s_folder_are_refused() {
        assert_eq!(local_name("./boot.js").unwrap(), "boot.js");
        assert_eq!(local_name("snippets/a.js").unwrap(), "snippets/a.js");
        for reference in ["/boot.js", "https://host.example/boot.js", "../boot.js", "", "data:text/css,"] {
            assert!(local_name(reference).is_err(), "{reference}");
        }
    }

    #[test]
    fn inline_scripts_and_styles_are_refused() {
        for page in ["<script>x()</script>", "<head><style>a{}</style>"] {
            assert!(refuse_what_the_policy_would(page).is_err(), "{page}");
        }
        let fine = r#"<script src="./boot.js"></script><script type="application/json">{}</script>"#;
        assert_eq!(refuse_what_the_policy_would(fine), Ok(()));
    }

    #[test]
    fn a_finished_page_names_files_by_their_bytes_and_guards_them() {
        let dist = std::env::temp_dir().join(format!("runboard-finish-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        let page = r#"<link rel="preload" href="config.json" as="fetch">
            <link rel="stylesheet" href="./a-0123456789abcdef.css" integrity="old">
            <link rel="preload" href="./app_bg.wasm" as="fetch">
            <script src="./boot.js" data-glue="./app.js" data-wasm="./app_bg.wasm"></script>"#;
        let names = ["config.json", "a-0123456789abcdef.css", "app_bg.wasm", "boot.js", "app.js", "app_bg.wasm"];
        for name in names {
            fs::write(dist.join(name), name).unwrap();
        }
        fs::write(dist.join("index.html"), page).unwrap();
        let loader = |name: &str| {
            format!(
                "() => {{\n    const src = fetch(new URL(\"./{name}.wasm\", import.meta.url));\n    src.catch(() => {{}});\n    \
                 return async (imports) => (WebAssembly.instantiateStreaming(src, imports));\n}}\n"
            )
        };
        fs::write(dist.join(loader::FILE), loader("chunk_0") + &loader("split_later")).unwrap();
        for name in ["chunk_0", "split_later"] {
            fs::write(dist.join(name).with_extension("wasm"), name).unwrap();
        }
        let source = Source { version: "1.2.3".into(), commit: Some("abc".into()) };
        finish(&dist, None, &source).unwrap();
        let version: serde_json::Value = serde_json::from_slice(&fs::read(dist.join("version.json")).unwrap()).unwrap();
        let finished = fs::read_to_string(dist.join("index.html")).unwrap();
        let read = |reference: &String| fs::read(dist.join(local_name(reference).unwrap())).unwrap();
        let contents: Vec<_> = references(&finished).iter().map(read).collect();
        let later = later_references(&finished);
        let later_contents: Vec<_> = later.iter().map(read).collect();
        fs::remove_dir_all(&dist).unwrap();

        assert_eq!(contents, names.map(str::as_bytes));
        let kept = ["./config.json", "./boot.js"];
        assert!(
            references(&finished).iter().all(|name| kept.contains(&name.as_str()) || !page.contains(name)),
            "{finished}"
        );
        let of = |text: &str| Some(digest::integrity(text.as_bytes()));
        let guard = |name: &str| tags(&finished).iter().map(|tag| tag.get(name).map(str::to_owned)).collect::<Vec<_>>();
        assert_eq!(guard("data-build").pop().unwrap().as_deref(), version["build"].as_str());
        assert_eq!([&version["version"], &version["commit"]], ["1.2.3", "abc"]);
        assert_eq!(guard("integrity"), [None, of("a-0123456789abcdef.css"), None, None]);
        assert_eq!(guard("data-wasm-integrity"), [None, None, None, of("app_bg.wasm")]);
        assert_eq!(later_contents, [&b"chunk_0"[..], b"split_later"]);
        assert!(later.iter().all(|name| name.starts_with("./chunk_0-") || name.starts_with("./later-")), "{later:?}");
        let both = [of("chunk_0"), of("split_later")].map(Option::unwrap).join(" ");
        assert_eq!(guard("data-later-integrity"), [None, None, None, Some(both)]);
    }
}
