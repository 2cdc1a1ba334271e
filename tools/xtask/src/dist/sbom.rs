//! The software bill of materials: what the program was compiled from, as CycloneDX 1.6.
//!
//! What Cargo compiles for the program's own target counts. Macros, build scripts and tests run on the machine that builds
//! and send nothing to the browser, so they are not listed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::{Value, json};

use crate::command::ask;
use crate::failure::{Failure, OrFail, Outcome};
use crate::layout::Layout;
use crate::toolchain::rust::{self, WASM, cargo};

/// A crate, and the crates it uses.
#[derive(Debug, Default, PartialEq, Eq)]
struct Crate {
    licence: String,
    uses: BTreeSet<Name>,
}

/// A crate's name and version.
type Name = (String, String);

/// The document of what is in `dist/`. No time and no random number is in it: one source gives one text.
pub(super) fn document(layout: &Layout) -> Outcome<String> {
    // Features, too, are those of this program alone, which `cargo metadata` would mix with the other members'.
    let edges = ["--edges", "normal,no-proc-macro", "--prefix", "depth", "--format", "|{p}|{l}"];
    let tree =
        ask(cargo(layout).args(["tree", "--locked", "--offline", "-p", "runboard", "--target", WASM]).args(edges))?;
    if !tree.ok {
        return Err(Failure::new(format!("cargo tree failed: {}", tree.stderr.trim())));
    }
    let lock = fs::read_to_string(layout.root.join("Cargo.lock")).or_fail("cannot read Cargo.lock")?;
    let (root, crates) = read(&tree.stdout)?;
    let document = describe(&root, &crates, &checksums(&lock), &rust::version()?);
    serde_json::to_string_pretty(&document).map(|text| text + "\n").or_fail("cannot write the bill of materials")
}

/// Reads what `cargo tree` prints: `2|serde v1.0.0 (/path)|MIT OR Apache-2.0 (*)`, the depth first. What a crate uses
/// stands below its first mention; `(*)` marks the later ones.
fn read(tree: &str) -> Outcome<(Name, BTreeMap<Name, Crate>)> {
    let mut crates = BTreeMap::<Name, Crate>::new();
    let mut above: Vec<Name> = Vec::new();
    for line in tree.lines().filter(|line| !line.is_empty()) {
        let odd = || Failure::new(format!("cargo tree printed a line of another form: {line}"));
        let mut fields = line.splitn(3, '|');
        let depth: usize = fields.next().and_then(|depth| depth.parse().ok()).ok_or_else(odd)?;
        let mut package = fields.next().ok_or_else(odd)?.split(' ');
        let (Some(name), Some(version)) = (package.next(), package.next().and_then(|word| word.strip_prefix('v')))
        else {
            return Err(odd());
        };
        let licence = fields.next().ok_or_else(odd)?.trim_end_matches("(*)").trim();
        let name = (name.to_owned(), version.to_owned());
        above.truncate(depth);
        if let Some(user) = above.last() {
            crates.entry(user.clone()).or_default().uses.insert(name.clone());
        }
        // Older crates write a slash where SPDX has OR.
        crates.entry(name.clone()).or_default().licence = licence.replace('/', " OR ");
        above.push(name);
    }
    let root = above.into_iter().next().ok_or_else(|| Failure::new("cargo tree printed nothing"))?;
    Ok((root, crates))
}

/// The digests of what was downloaded, from the lock file. Crates of this project have none.
fn checksums(lock: &str) -> BTreeMap<Name, String> {
    let mut found = BTreeMap::new();
    for package in lock.split("[[package]]") {
        let value = |key: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))?;
            Some(line.trim_matches('"').to_owned())
        };
        if let (Some(name), Some(version), Some(checksum)) = (value("name"), value("version"), value("checksum")) {
            found.insert((name, version), checksum);
        }
    }
    found
}

fn describe(root: &Name, crates: &BTreeMap<Name, Crate>, checksums: &BTreeMap<Name, String>, rust: &str) -> Value {
    let standard_library = ("std".to_owned(), rust.to_owned());
    let component = |name: &Name, licence: &str, kind: &str| {
        let mut component = json!({
            "type": kind,
            "bom-ref": reference(name),
            "name": name.0,
            "version": name.1,
            "purl": reference(name),
        });
        if let Some(fields) = component.as_object_mut() {
            if !licence.is_empty() {
                fields.insert("licenses".into(), json!([{ "expression": licence }]));
            }
            if let Some(checksum) = checksums.get(name) {
                fields.insert("hashes".into(), json!([{ "alg": "SHA-256", "content": checksum }]));
            }
        }
        component
    };
    let licence = |name: &Name| crates.get(name).map_or("", |found| found.licence.as_str());
    let mut components: Vec<_> =
        crates.keys().filter(|name| *name != root).map(|name| component(name, licence(name), "library")).collect();
    // The compiler brings it along; Cargo does not name it.
    let mut std = component(&standard_library, "MIT OR Apache-2.0", "library");
    if let Some(fields) = std.as_object_mut() {
        fields.insert("purl".into(), json!(format!("pkg:generic/rust-std@{rust}")));
    }
    components.push(std);
    let dependencies: Vec<_> = crates
        .iter()
        .map(|(name, found)| {
            let uses: Vec<_> = found.uses.iter().map(reference).collect();
            json!({ "ref": reference(name), "dependsOn": uses })
        })
        .collect();
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "component": component(root, licence(root), "application") },
        "components": components,
        "dependencies": dependencies,
    })
}

fn reference((name, version): &Name) -> String {
    format!("pkg:cargo/{name}@{version}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "0|app v0.1.0 (/somewhere/app)|MIT\n\
        1|one v1.2.3|MIT/Apache-2.0\n\
        2|three v3.0.0+build|MIT\n\
        1|two v2.0.0|\n\
        2|one v1.2.3|MIT/Apache-2.0 (*)\n";

    fn name(name: &str, version: &str) -> Name {
        (name.into(), version.into())
    }

    #[test]
    fn the_tree_is_read_with_who_uses_what() {
        let (root, crates) = read(TREE).unwrap();
        assert_eq!(root, name("app", "0.1.0"));
        let uses: Vec<_> = crates
            .values()
            .map(|found| found.uses.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(uses, ["one two", "three", "", "one"]);
        assert_eq!(crates[&name("one", "1.2.3")].licence, "MIT OR Apache-2.0");
        assert!(read("nonsense").is_err() && read("").is_err());
    }

    #[test]
    fn the_document_names_every_crate_once_with_its_digest_and_no_folder_of_the_machine() {
        let (root, crates) = read(TREE).unwrap();
        let lock = "[[package]]\nname = \"one\"\nversion = \"1.2.3\"\nsource = \"x\"\nchecksum = \"abcd\"\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\n";
        let document = describe(&root, &crates, &checksums(lock), "1.95.0");
        let components = document["components"].as_array().unwrap();
        let names: Vec<_> = components.iter().map(|found| found["purl"].as_str().unwrap()).collect();
        assert_eq!(
            names,
            [
                "pkg:cargo/one@1.2.3",
                "pkg:cargo/three@3.0.0+build",
                "pkg:cargo/two@2.0.0",
                "pkg:generic/rust-std@1.95.0"
            ]
        );
        assert_eq!(components[0]["hashes"][0]["content"], "abcd");
        assert_eq!(components[2].get("licenses"), None);
        assert_eq!(document["metadata"]["component"]["name"], "app");
        assert_eq!(document["dependencies"][0]["dependsOn"].as_array().unwrap().len(), 2);
        assert!(!document.to_string().contains("somewhere"));
    }
}
