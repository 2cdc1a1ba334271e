//! `bench size`: what a signed-in person's first visit to the list transfers, file by file.

use std::fs;
use std::path::Path;

use crate::failure::{Failure, OrFail, Outcome};
use crate::files::names;
use crate::finish::{brotli, is_compressible, later_references, local_name, references};
use crate::table::table;

/// Bytes after brotli that the first visit to the list may transfer; 1 kB is 1000 bytes.
const FIRST_VISIT: usize = 270_000;

/// Bytes after brotli of everything together.
const EVERYTHING: usize = 480_000;

/// What one file costs.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cost {
    name: String,
    raw: usize,
    sent: usize,
}

/// Prints the tables and fails above a budget.
pub(crate) fn report(dist: &Path) -> Outcome {
    let first = first_visit(dist)?;
    println!("What the first visit to the list transfers (the answers of the API and HTTP headers not counted):\n");
    println!("{}", table(&rows(&first)));
    let later = later_files(dist)?;
    if !later.is_empty() {
        println!(
            "When the pointer first moves, a key is pressed or the screen is touched, or when another page is opened:\n"
        );
        println!("{}", table(&rows(&later)));
    }
    let sent = |costs: &[Cost]| costs.iter().map(|cost| cost.sent).sum::<usize>();
    let first = within("The first visit", sent(&first), FIRST_VISIT)?;
    within("Everything together", sent(&later) + first, EVERYTHING)?;
    Ok(())
}

/// Says how much of a budget is used, and fails when it is more.
fn within(what: &str, sent: usize, budget: usize) -> Outcome<usize> {
    let words = format!("{what}: {} of {} (1 kB = 1000 bytes)", kilobytes(sent), kilobytes(budget));
    if sent > budget {
        return Err(Failure::new(format!("over the budget. {words}")));
    }
    println!("{words}");
    Ok(sent)
}

/// What the list does not need.
fn later_files(dist: &Path) -> Outcome<Vec<Cost>> {
    let page = fs::read_to_string(dist.join("index.html")).or_fail("cannot read dist/index.html")?;
    let measure = |reference: String| {
        let name = local_name(&reference)?;
        let bytes = fs::read(dist.join(name)).or_fail(format!("cannot read dist/{name}"))?;
        cost(name.to_owned(), &bytes)
    };
    later_references(&page).into_iter().map(measure).collect()
}

/// `index.html`, what it refers to, the configuration, and every other file whose name one of these carries (the
/// program names the icons).
fn first_visit(dist: &Path) -> Outcome<Vec<Cost>> {
    let read = |name: &str| fs::read(dist.join(name)).or_fail(format!("cannot read dist/{name}"));
    let page = read("index.html")?;
    let mut names = vec!["index.html".to_owned()];
    let mut add = |name: &str| {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    };
    for reference in references(&String::from_utf8_lossy(&page)) {
        add(local_name(&reference)?);
    }
    if dist.join("config.json").is_file() {
        add("config.json");
    }
    let later = later_references(&String::from_utf8_lossy(&page));
    let later = later.iter().map(|reference| local_name(reference)).collect::<Outcome<Vec<_>>>()?;
    let mut loaded = names.iter().map(|name| Ok((name.clone(), read(name)?))).collect::<Outcome<Vec<_>>>()?;
    for name in named_in(dist, &loaded)?.into_iter().filter(|name| !later.contains(&name.as_str())) {
        loaded.push((name.clone(), read(&name)?));
    }
    loaded.into_iter().map(|(name, bytes)| cost(name, &bytes)).collect()
}

/// Files of the build that are not in the list, but named in what is.
fn named_in(dist: &Path, loaded: &[(String, Vec<u8>)]) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    for name in names(dist)? {
        let is_sibling = name.ends_with(".br") || name.ends_with(".gz");
        // A schema is named for editors, not for the console.
        let names_files = |known: &str| !known.ends_with(".json");
        let named = || loaded.iter().any(|(known, bytes)| names_files(known) && contains(bytes, name.as_bytes()));
        if !is_sibling && !loaded.iter().any(|(known, _)| *known == name) && named() {
            found.push(name);
        }
    }
    Ok(found)
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

fn cost(name: String, bytes: &[u8]) -> Outcome<Cost> {
    let sent = if is_compressible(Path::new(&name)) {
        let compressed = brotli(bytes).or_fail(format!("cannot compress {name}"))?;
        compressed.len().min(bytes.len())
    } else {
        bytes.len()
    };
    Ok(Cost { name, raw: bytes.len(), sent })
}

fn rows(costs: &[Cost]) -> Vec<Vec<String>> {
    let row = |name: &str, raw: usize, sent: usize| vec![name.to_owned(), raw.to_string(), sent.to_string()];
    let mut rows = vec![["file", "bytes", "brotli-11"].map(str::to_owned).to_vec()];
    rows.extend(costs.iter().map(|cost| row(&cost.name, cost.raw, cost.sent)));
    rows.push(row("total", costs.iter().map(|cost| cost.raw).sum(), costs.iter().map(|cost| cost.sent).sum()));
    rows
}

fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_visit_is_the_page_what_it_names_and_what_those_name() {
        let dist = std::env::temp_dir().join(format!("runboard-size-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        let page = r#"<script src="./boot.js" data-wasm="./a.wasm" data-later="./chunk.wasm ./later.wasm"></script>"#;
        for (name, text) in [
            ("index.html", page),
            ("index.html.br", "sibling"),
            ("boot.js", "loads ./later.wasm"),
            ("a.wasm", "…./icons.svg#stop…"),
            ("later.wasm", "not loaded at once"),
            ("chunk.wasm", "nor this"),
            ("config.json", r#"{"$schema": "./schema.json"}"#),
            ("schema.json", "{}"),
            ("icons.svg", "<svg/>"),
            ("embed.js", "not loaded"),
        ] {
            fs::write(dist.join(name), text).unwrap();
        }
        let names = |costs: Outcome<Vec<Cost>>| costs.unwrap().into_iter().map(|cost| cost.name).collect::<Vec<_>>();
        let (first, later) = (names(first_visit(&dist)), names(later_files(&dist)));
        fs::remove_dir_all(&dist).unwrap();
        assert_eq!(first, ["index.html", "boot.js", "a.wasm", "config.json", "icons.svg"]);
        assert_eq!(later, ["chunk.wasm", "later.wasm"]);
    }

    #[test]
    fn the_table_ends_with_the_totals() {
        let cost = |name: &str, raw, sent| Cost { name: name.into(), raw, sent };
        let rows = rows(&[cost("a.js", 1200, 400), cost("b.css", 300, 100)]);
        assert_eq!(rows.last().unwrap(), &["total", "1500", "500"]);
    }

    #[test]
    fn more_than_the_budget_is_a_failure() {
        assert_eq!(within("It", 1000, 1000), Ok(1000));
        assert!(within("It", 1001, 1000).is_err());
    }

    #[test]
    fn a_kilobyte_is_a_thousand_bytes() {
        assert_eq!(kilobytes(150_000), "150.0 kB");
        assert_eq!(kilobytes(149_999), "149.9 kB");
    }
}
