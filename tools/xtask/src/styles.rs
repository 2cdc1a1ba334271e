//! Joins the style sheets into the one that `index.html` names; Trunk has this done before each build. For release it is
//! also made smaller.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, OrFail, Outcome};
use crate::layout::Layout;

/// What the components build on, in this order; then `style/components/*.css` by name.
const FIRST: [&str; 2] = ["tokens.css", "base.css"];

/// Writes the joined sheet.
pub(crate) fn join(layout: &Layout) -> Outcome {
    let joined = joined(&layout.root.join("style"))?;
    let target = layout.joined_styles();
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).or_fail(format!("cannot create {}", folder.display()))?;
    }
    fs::write(&target, joined).or_fail(format!("cannot write {}", target.display()))
}

fn joined(style: &Path) -> Outcome<String> {
    let mut joined = String::new();
    for sheet in sheets(style)? {
        let text = fs::read_to_string(&sheet).or_fail(format!("cannot read {}", sheet.display()))?;
        joined.push_str(&text);
        if !text.ends_with('\n') {
            joined.push('\n');
        }
    }
    Ok(joined)
}

/// A style sheet without comments and without white space that means nothing. Under brotli this is as small as what a CSS
/// compiler makes of it (5.9 kB either way).
pub(crate) fn minified(css: &str) -> String {
    let mut small = String::with_capacity(css.len());
    let mut space = false;
    let mut characters = css.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '/' if characters.peek() == Some(&'*') => {
                characters.next();
                let mut last = ' ';
                characters.by_ref().find(|next| std::mem::replace(&mut last, *next) == '*' && *next == '/');
                space = true;
                continue;
            }
            _ if character.is_whitespace() => {
                space = true;
                continue;
            }
            '}' if small.ends_with(';') => {
                small.pop();
            }
            _ => {}
        }
        // Before a colon a space is the one between an element and its descendants.
        let joins = "{};,".contains(character) || small.is_empty() || small.ends_with(['{', '}', ';', ',', ':']);
        if std::mem::take(&mut space) && !joins {
            small.push(' ');
        }
        small.push(character);
        if ['"', '\''].contains(&character) {
            let mut escaped = false;
            for next in characters.by_ref() {
                small.push(next);
                if next == character && !escaped {
                    break;
                }
                escaped = next == '\\' && !escaped;
            }
        }
    }
    small
}

fn sheets(style: &Path) -> Outcome<Vec<PathBuf>> {
    let components = style.join("components");
    let entries = fs::read_dir(&components).or_fail("cannot list style/components")?;
    let mut parts: Vec<_> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "css"))
        .collect();
    parts.sort();
    if parts.is_empty() {
        return Err(Failure::new("style/components holds no style sheet"));
    }
    Ok(FIRST.iter().map(|name| style.join(name)).chain(parts).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own for each test.
    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("runboard-styles-{}-{name}", std::process::id()));
        fs::create_dir_all(folder.join("components")).unwrap();
        for (name, text) in files {
            fs::write(folder.join(name), text).unwrap();
        }
        folder
    }

    #[test]
    fn tokens_come_first_then_the_base_then_components_by_name() {
        let files = [
            ("components/b.css", "b{}"),
            ("components/a.css", "a{}\n"),
            ("components/notes.txt", "no sheet"),
            ("base.css", "base{}"),
            ("tokens.css", "tokens{}"),
        ];
        let folder = folder("order", &files);
        assert_eq!(joined(&folder).unwrap(), "tokens{}\nbase{}\na{}\nb{}\n");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn minifying_keeps_every_space_that_means_something() {
        let css = "/* a; comment */\n.a .b > .c :hover,\n  .d::before {\n  content: \"a  ; \\\" /* b */\";\n  \
                   margin: 0 calc(1px + 2px);\n  --x: 1px /* in between */ 2px;\n}\n\n@media (width < 4em) {\n  .e { color: red }\n}\n";
        assert_eq!(
            minified(css),
            ".a .b > .c :hover,.d::before{content:\"a  ; \\\" /* b */\";margin:0 calc(1px + 2px);--x:1px 2px}\
             @media (width < 4em){.e{color:red}}"
        );
    }

    #[test]
    fn a_missing_sheet_is_named() {
        let folder = folder("missing", &[("components/a.css", "a{}"), ("tokens.css", "")]);
        assert!(joined(&folder).unwrap_err().to_string().contains("base.css"));
        fs::remove_dir_all(folder).unwrap();
    }
}
