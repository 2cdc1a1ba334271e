//! Makes what Trunk built ready to be hosted: smaller, named by its bytes, guarded by digests, compressed.
//!
//! Trunk names the program after the bytes that went into wasm-bindgen, so the same name could stand for the output
//! with and without `wasm-opt`. Here every file that only `index.html` names gets a name of its own final bytes.

mod build;
mod compress;
mod digest;
mod glue;
mod names;
mod page;
mod split;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) use build::Source;
pub(crate) use compress::{EDITED_BY_THE_HOST, brotli, files, is_compressible};
pub(crate) use digest::integrity;
pub(crate) use page::tags;
pub(crate) use split::LINKER_FLAGS;

use crate::command::{ask, step};
use crate::failure::{Failure, OrFail, Outcome};
use crate::toolchain::node::Node;

/// What `wasm-opt` does, in this order. Flattening and finding loops anew before `-Oz` leaves less to send than `-Oz` alone;
/// `--converge` takes much longer and saves nothing. Not `--traps-never-happen`: a panic ends in a trap, and must. Not
/// `--gufa`: it concludes from what one of the two programs calls through their common table.
const PASSES: [&str; 7] =
    ["--flatten", "--rereloop", "-Oz", "-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"];

/// What terser does.
const TERSER: [&str; 5] = ["--module", "--compress", "--mangle", "--comments", "false"];

/// Under what name the rest of the program is built.
const REST: &str = "rest.wasm";

/// Seals a fresh Trunk build, in place. `linked` is the program as it was before wasm-bindgen; without it, it is not
/// split. Without Node.js everything keeps the size it was built with.
pub(crate) fn seal(dist: &Path, linked: Option<&Path>, node: Option<&Node>, source: &Source) -> Outcome {
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index).or_fail("cannot read dist/index.html")?;
    refuse_what_the_policy_would(&page)?;

    // The program first: the script is told its short names before it is shrunk itself.
    for tag in tags(&page) {
        if let (Some(wasm), Some(glue)) = (tag.get("data-wasm"), tag.get("data-glue")) {
            let program = Program {
                main: dist.join(local_name(wasm)?),
                rest: dist.join(REST),
                glue: dist.join(local_name(glue)?),
            };
            program.split(linked)?;
            if let Some(node) = node {
                program.shrink(node)?;
            }
        }
    }
    let page = page::rewrite(&page, |tag| {
        if tag.get("data-wasm").is_some() && dist.join(REST).is_file() {
            tag.set("data-rest", format!("./{REST}"));
        }
    });
    let mut hosted = BTreeMap::new();
    for reference in named(&page) {
        let name = local_name(&reference)?;
        if !hosted.contains_key(&reference) {
            if let (Some(node), true) = (node, name.ends_with(".js")) {
                shrink(&dist.join(name), node.terser(), &TERSER)?;
            }
            hosted.insert(reference.clone(), host(dist, name)?);
        }
    }
    let page = page::rewrite(&page, |tag| refer(tag, &hosted));
    fs::write(&index, &page).or_fail("cannot write dist/index.html")?;

    // The page carries the id of its build, so that it can tell when another one is hosted.
    let id = build::id(dist)?;
    let page = page::rewrite(&page, |tag| {
        if tag.get("data-wasm").is_some() {
            tag.set("data-build", id.clone());
        }
    });
    fs::write(&index, page).or_fail("cannot write dist/index.html")?;
    build::write(dist, source, &id)?;

    step("Compressing with brotli and gzip");
    compress::siblings(dist)
}

/// A file under its final name.
struct Hosted {
    reference: String,
    /// None for a file that its host may edit, or that something else names, too.
    integrity: Option<String>,
}

/// Every file the page loads at once, as the page names it.
pub(crate) fn references(page: &str) -> Vec<String> {
    let rest = later(page);
    named(page).into_iter().filter(|name| Some(name) != rest.as_ref()).collect()
}

/// The file that is loaded only when somebody turns to what is in it.
pub(crate) fn later(page: &str) -> Option<String> {
    tags(page).iter().find_map(|tag| tag.get("data-rest").map(str::to_owned))
}

fn named(page: &str) -> Vec<String> {
    tags(page)
        .iter()
        .flat_map(|tag| tag.references().iter().filter_map(|attribute| tag.get(attribute)).map(str::to_owned))
        .collect()
}

/// The file of a reference in `dist`. Anything but a relative reference would tie the build to one address.
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
fn host(dist: &Path, name: &str) -> Outcome<Hosted> {
    let path = dist.join(name);
    let bytes = fs::read(&path).or_fail(format!("index.html refers to {name}, which Trunk did not write"))?;
    if name == BOOT || ![".css", ".js", ".wasm"].iter().any(|kind| name.ends_with(kind)) {
        return Ok(Hosted { reference: format!("./{name}"), integrity: None });
    }
    let hosted = digest::hosted_name(name, &bytes);
    fs::rename(&path, dist.join(&hosted)).or_fail(format!("cannot rename {name}"))?;
    Ok(Hosted { reference: format!("./{hosted}"), integrity: Some(digest::integrity(&bytes)) })
}

fn refer(tag: &mut page::Tag, hosted: &BTreeMap<String, Hosted>) {
    for attribute in tag.references() {
        let Some(file) = tag.get(attribute).and_then(|reference| hosted.get(reference)) else { continue };
        tag.set(attribute, file.reference.clone());
        let guard = match (*attribute, tag.get("rel")) {
            ("src", _) | ("href", Some("stylesheet" | "modulepreload")) => "integrity",
            // Browsers ignore a digest on `rel="preload" as="fetch"` and warn; boot.js fetches with this one.
            ("data-wasm", _) => "data-wasm-integrity",
            ("data-rest", _) => "data-rest-integrity",
            _ => continue,
        };
        if let Some(integrity) = &file.integrity {
            tag.set(guard, integrity.clone());
        }
    }
}

/// The program: two files, and the script that starts it.
struct Program {
    main: PathBuf,
    rest: PathBuf,
    glue: PathBuf,
}

impl Program {
    /// Takes out of the main file what only the rest needs.
    fn split(&self, linked: Option<&Path>) -> Outcome {
        let Some(linked) = linked else { return Ok(()) };
        let linked = fs::read(linked).or_fail("cannot read the program as it was linked")?;
        let program = fs::read(&self.main).or_fail("cannot read the program")?;
        let halves = split::split(&linked, &program)?;
        fs::write(&self.main, halves.main).or_fail("cannot write the program")?;
        fs::write(&self.rest, halves.rest).or_fail("cannot write the rest of the program")
    }

    /// Shrinks both, and tells the script and the rest the names that changed.
    fn shrink(&self, node: &Node) -> Outcome {
        step("Shrinking the program with wasm-opt (half a minute)");
        let printed = shrink(&self.main, node.wasm_opt(), &[&PASSES[..], &[names::PASS]].concat())?;
        let names = names::Names::read(&printed)?;
        let script = fs::read_to_string(&self.glue).or_fail("cannot read the script that starts the program")?;
        fs::write(&self.glue, names.tell(&glue::prune(&script, &names))?)
            .or_fail("cannot write the script that starts the program")?;
        if self.rest.is_file() {
            let rest = fs::read(&self.rest).or_fail("cannot read the rest of the program")?;
            let rest = split::rename_imports(&rest, names.exports())?;
            fs::write(&self.rest, rest).or_fail("cannot write the rest of the program")?;
            shrink(&self.rest, node.wasm_opt(), &PASSES)?;
        }
        Ok(())
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
    fn a_sealed_page_names_files_by_their_bytes_and_guards_them() {
        let dist = std::env::temp_dir().join(format!("runboard-seal-{}", std::process::id()));
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
        let source = Source { version: "1.2.3".into(), commit: Some("abc".into()) };
        seal(&dist, None, None, &source).unwrap();
        let version: serde_json::Value = serde_json::from_slice(&fs::read(dist.join("version.json")).unwrap()).unwrap();
        let sealed = fs::read_to_string(dist.join("index.html")).unwrap();
        let read = |reference: &String| fs::read(dist.join(local_name(reference).unwrap())).unwrap();
        let contents: Vec<_> = references(&sealed).iter().map(read).collect();
        fs::remove_dir_all(&dist).unwrap();

        assert_eq!(contents, names.map(str::as_bytes));
        let kept = ["./config.json", "./boot.js"];
        assert!(
            references(&sealed).iter().all(|name| kept.contains(&name.as_str()) || !page.contains(name)),
            "{sealed}"
        );
        let of = |text: &str| Some(digest::integrity(text.as_bytes()));
        let guard = |name: &str| tags(&sealed).iter().map(|tag| tag.get(name).map(str::to_owned)).collect::<Vec<_>>();
        assert_eq!(guard("data-build").pop().unwrap().as_deref(), version["build"].as_str());
        assert_eq!([&version["version"], &version["commit"]], ["1.2.3", "abc"]);
        assert_eq!(guard("integrity"), [None, of("a-0123456789abcdef.css"), None, None]);
        assert_eq!(guard("data-wasm-integrity"), [None, None, None, of("app_bg.wasm")]);
    }
}
