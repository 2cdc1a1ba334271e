//! Makes the folder that is hosted from `index.html`, as Trunk would: the same `data-trunk` links, the same patterns of
//! `Trunk.toml`. Trunk itself cannot split a program, and builds from source for minutes.

use std::fs;
use std::path::Path;

use crate::failure::{Failure, OrFail, Outcome};
use crate::files::copy_folder;
use crate::html::{self, Tag};
use crate::layout::Layout;
use crate::styles;

/// What `Trunk.toml` has in place of the link to the program, in this order.
const PATTERNS: [&str; 2] = ["pattern_script", "pattern_preload"];

/// Writes `site/` for the program that was bundled as `name`.
pub(crate) fn assemble(layout: &Layout, name: &str, bundle: &Path, site: &Path) -> Outcome {
    let _ = fs::remove_dir_all(site);
    fs::create_dir_all(site).or_fail(format!("cannot create {}", site.display()))?;
    copy_folder(bundle, site)?;
    styles::join(layout)?;

    let read = |name: &str| fs::read_to_string(layout.root.join(name)).or_fail(format!("cannot read {name}"));
    let program = program_tags(&read("Trunk.toml")?, name)?;
    let mut failed = None;
    let page = html::replace(&read("index.html")?, |tag| {
        let asset = Asset::read(tag)?.and_then(|asset| asset.place(&layout.root, site, &program));
        asset.map_err(|failure| failed = Some(failure)).ok()
    });
    if let Some(failure) = failed {
        return Err(failure);
    }
    fs::write(site.join("index.html"), without_white_space(&page)).or_fail("cannot write index.html")
}

/// What a `<link data-trunk>` asks for.
#[derive(Debug, PartialEq, Eq)]
enum Asset {
    /// A style sheet, linked.
    Css(String),
    /// The program.
    Rust,
    /// A folder, copied as it is to the root of the site.
    CopyDir(String),
    /// A file whose text stands in the page itself.
    InlineSvg(String),
}

impl Asset {
    /// None for a tag that is none of Trunk's.
    fn read(tag: &Tag) -> Option<Outcome<Self>> {
        tag.get("data-trunk")?;
        let value = |name| tag.get(name).unwrap_or_default();
        let file = value("href").to_owned();
        Some(match (value("rel"), value("type"), value("data-target-path")) {
            ("css", "", "") => Ok(Self::Css(file)),
            ("rust", "", "") => Ok(Self::Rust),
            ("copy-dir", "", ".") => Ok(Self::CopyDir(file)),
            ("inline", "svg", "") => Ok(Self::InlineSvg(file)),
            (rel, kind, target) => Err(Failure::new(format!(
                "index.html has a data-trunk link that the release build does not know: \
                 rel=\"{rel}\" type=\"{kind}\" data-target-path=\"{target}\""
            ))
            .remedy("Teach it to tools/xtask/src/site.rs")),
        })
    }

    /// Puts it into the site; gives back what stands in the page in place of the link.
    fn place(self, root: &Path, site: &Path, program: &str) -> Outcome<String> {
        match self {
            Self::Css(file) => {
                let css = fs::read_to_string(root.join(&file)).or_fail(format!("cannot read {file}"))?;
                let name = file.rsplit('/').next().unwrap_or(&file);
                fs::write(site.join(name), styles::minified(&css)).or_fail(format!("cannot write {name}"))?;
                Ok(format!("<link rel=\"stylesheet\" href=\"./{name}\">"))
            }
            Self::Rust => Ok(program.to_owned()),
            Self::CopyDir(folder) => copy_folder(&root.join(folder), site).map(|()| String::new()),
            Self::InlineSvg(file) => fs::read_to_string(root.join(&file)).or_fail(format!("cannot read {file}")),
        }
    }
}

/// The tags that load the program, from the text of `Trunk.toml`.
fn program_tags(trunk: &str, name: &str) -> Outcome<String> {
    let pattern = |key: &str| {
        let line = trunk.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix("= '"));
        line.and_then(|line| line.strip_suffix('\''))
            .ok_or_else(|| Failure::new(format!("Trunk.toml has no line {key} = '...'")))
    };
    let mut tags = String::new();
    for key in PATTERNS {
        tags.push_str(pattern(key)?);
    }
    Ok(tags
        .replace("{base}", "./")
        .replace("{js}", &format!("{name}.js"))
        .replace("{wasm}", &format!("{name}_bg.wasm")))
}

/// The page without comments, and without the white space that only indents. It has no `pre` and no text over several lines.
fn without_white_space(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, comment)) = rest.split_once("<!--") {
        text.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUNK: &str = "pattern_script = '<script src=\"{base}boot.js\" data-glue=\"{base}{js}\"></script>'\n\
                         pattern_preload = '<link rel=\"preload\" href=\"{base}{wasm}\">'\n";

    #[test]
    fn trunk_s_links_become_what_trunk_makes_of_them() {
        let root = std::env::temp_dir().join(format!("runboard-site-{}", std::process::id()));
        let layout = Layout { root: root.clone(), target: root.join("target"), tools: root.join("tools") };
        for (name, text) in [
            ("Trunk.toml", TRUNK),
            ("style/tokens.css", ".a { color: red; }\n"),
            ("style/base.css", ""),
            ("style/components/b.css", ".b {}\n"),
            ("style/icons.svg", "<svg/>"),
            ("public/boot.js", "boot"),
            ("bundle/app.js", "glue"),
            (
                "index.html",
                "<head>\n  <!-- no -->\n  <link rel=\"icon\" href=\"favicon.svg\">\n  \
                 <link data-trunk rel=\"css\" href=\"target/style/runboard.css\">\n  <link data-trunk rel=\"rust\" data-bin=\"x\">\n  \
                 <link data-trunk rel=\"copy-dir\" href=\"public\" data-target-path=\".\">\n</head>\n\
                 <link data-trunk rel=\"inline\" type=\"svg\" href=\"style/icons.svg\">\n",
            ),
        ] {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let site = root.join("site");
        assemble(&layout, "app", &root.join("bundle"), &site).unwrap();
        let read = |name: &str| fs::read_to_string(site.join(name)).unwrap();
        let files = ["index.html", "runboard.css", "boot.js", "app.js"].map(read);
        fs::remove_dir_all(&root).unwrap();
        assert_eq!(
            files,
            [
                "<head>\n<link rel=\"icon\" href=\"favicon.svg\">\n<link rel=\"stylesheet\" href=\"./runboard.css\">\n\
                 <script src=\"./boot.js\" data-glue=\"./app.js\"></script><link rel=\"preload\" href=\"./app_bg.wasm\">\n\
                 </head>\n<svg/>",
                ".a{color:red}.b{}",
                "boot",
                "glue"
            ]
        );
    }

    #[test]
    fn a_link_of_trunk_that_is_not_known_fails_the_build() {
        let asset = |link: &str| html::tags(link).first().and_then(Asset::read);
        for link in
            ["<link data-trunk rel=\"sass\" href=\"a\">", "<link data-trunk rel=\"copy-dir\" data-target-path=\"a\">"]
        {
            assert!(asset(link).unwrap().is_err(), "{link}");
        }
        assert_eq!(asset("<link rel=\"icon\" href=\"a\">"), None);
        assert!(program_tags("pattern_script = ''", "app").is_err());
    }
}
