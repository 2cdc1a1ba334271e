//! What the documents refer to: links lead to files and headings that exist, and a code block that names a file
//! (```` ```js hosting/embed/host-page.js ````) is that file. Addresses on the web are not tried: a check must not need the network.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::counts::Counts;
use crate::failure::{OrFail, Outcome};
use crate::files::names;
use crate::layout::Layout;

/// The documents outside of `docs/`.
const ELSEWHERE: [&str; 2] = ["README.md", "tools/sandbox/README.md"];

/// Reads every document; prints what is wrong in each.
pub(super) fn check(layout: &Layout) -> Outcome<Counts> {
    let mut documents = BTreeMap::new();
    let docs = names(&layout.root.join("docs"))?.into_iter().filter(|name| name.ends_with(".md"));
    for name in ELSEWHERE.map(str::to_owned).into_iter().chain(docs.map(|name| format!("docs/{name}"))) {
        let text = fs::read_to_string(layout.root.join(&name)).or_fail(format!("cannot read {name}"))?;
        documents.insert(name, Document::read(&text));
    }
    let faults = faults(&layout.root, &documents);
    for fault in &faults {
        println!("{fault}");
    }
    Ok(Counts::one(faults.is_empty()))
}

/// What a document has that others, or files, have to agree with.
#[derive(Debug, Default, PartialEq, Eq)]
struct Document {
    /// The names by which links lead to its headings.
    anchors: Vec<String>,
    links: Vec<String>,
    /// The files that code blocks name, and the text of each block.
    copies: Vec<(String, String)>,
}

impl Document {
    fn read(text: &str) -> Self {
        let mut document = Self::default();
        let (mut heading, mut copy) = (None, None);
        for event in Parser::new_ext(text, pulldown_cmark::Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => {
                    let name = anchor(&heading.take().unwrap_or_default());
                    let same = document.anchors.iter().filter(|taken| **taken == name).count();
                    document.anchors.push(if same == 0 { name } else { format!("{name}-{same}") });
                }
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    document.links.push(dest_url.into_string());
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    copy = info.split_once(' ').map(|(_, file)| (file.trim().to_owned(), String::new()));
                }
                Event::End(TagEnd::CodeBlock) => document.copies.extend(copy.take()),
                Event::Text(words) | Event::Code(words) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&words);
                    }
                    if let Some((_, text)) = &mut copy {
                        text.push_str(&words);
                    }
                }
                _ => {}
            }
        }
        document
    }
}

/// The name that GitHub gives a heading: lower case, hyphens for spaces, no punctuation.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|character| character.is_alphanumeric() || " -_".contains(*character));
    kept.flat_map(char::to_lowercase).map(|character| if character == ' ' { '-' } else { character }).collect()
}

fn faults(root: &Path, documents: &BTreeMap<String, Document>) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, document) in documents {
        for link in document.links.iter().filter(|link| !link.contains("://") && !link.starts_with("mailto:")) {
            let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { name.clone() } else { beside(name, path) };
            if !root.join(&target).exists() {
                faults.push(format!("{name}: a link leads to {link}, which is not there"));
            } else if !fragment.is_empty()
                && !documents.get(&target).is_some_and(|found| found.anchors.iter().any(|anchor| anchor == fragment))
            {
                faults.push(format!("{name}: a link leads to {link}, but {target} has no such heading"));
            }
        }
        for (file, text) in &document.copies {
            match fs::read_to_string(root.join(file)) {
                Ok(found) if found == *text => {}
                Ok(_) => faults.push(format!("{name}: the code block {file} differs from that file")),
                Err(error) => faults.push(format!("{name}: a code block names {file}: {error}")),
            }
        }
    }
    faults
}

/// A path that is written in `document`, from the root of the checkout.
fn beside(document: &str, path: &str) -> String {
    let mut parts: Vec<_> = document.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn faults_of(documents: &[(&str, &str)]) -> Vec<String> {
        static FOLDERS: AtomicUsize = AtomicUsize::new(0);
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("runboard-docs-{}-{number}", std::process::id()));
        for (name, text) in documents.iter().chain(&[("code/a.js", "let a;\n")]) {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let read = documents.iter().map(|(name, text)| ((*name).to_owned(), Document::read(text))).collect();
        let found = faults(&root, &read);
        fs::remove_dir_all(root).unwrap();
        found
    }

    #[test]
    fn links_to_files_headings_and_the_web_are_fine() {
        let faults = faults_of(&[
            (
                "README.md",
                "[a](docs/a.md#what-is-it) [b](docs/a.md) [c](#d) [d](https://x.example/#y) ![e](code/a.js)\n\n## D\n",
            ),
            ("docs/a.md", "# What *is* `it`?\n\n| [x](../README.md) |\n| --- |\n| [y](b/c.md#again-1) |\n"),
            ("docs/b/c.md", "# Again\n\n## Again\n\n[up](../a.md)\n"),
        ]);
        assert_eq!(faults, Vec::<String>::new());
    }

    #[test]
    fn link_to_a_missing_file_or_heading_is_named() {
        let faults = faults_of(&[
            ("README.md", "# A\n\n[a](docs/gone.md) [b](#b) [c](docs/a.md#c)\n"),
            ("docs/a.md", "\n| [x](README.md) |\n| --- |\n"),
        ]);
        assert_eq!(
            faults,
            [
                "README.md: a link leads to docs/gone.md, which is not there",
                "README.md: a link leads to #b, but README.md has no such heading",
                "README.md: a link leads to docs/a.md#c, but docs/a.md has no such heading",
                "docs/a.md: a link leads to README.md, which is not there",
            ]
        );
    }

    #[test]
    fn code_block_that_names_a_file_must_be_that_file() {
        let block = |file: &str, text: &str| format!("```js {file}\n{text}```\n\n```js\nanything\n```\n");
        assert_eq!(faults_of(&[("a.md", &block("code/a.js", "let a;\n"))]), Vec::<String>::new());
        let faults = faults_of(&[("a.md", &block("code/a.js", "let b;\n")), ("b.md", &block("code/gone.js", ""))]);
        assert_eq!(faults[0], "a.md: the code block code/a.js differs from that file");
        assert!(faults[1].starts_with("b.md: a code block names code/gone.js:"), "{faults:?}");
    }
}
