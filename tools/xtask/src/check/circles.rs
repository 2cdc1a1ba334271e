//! Import circles between the files of a crate: files that need each other can only be read, tested and moved together.
//!
//! An edge leads from a file to the one that defines what it uses, re-exports followed. A `mod child;` is no edge, nor is what
//! a file uses of the modules around it. Test modules have no part in it.

mod graph;
mod source;
mod tokens;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::counts::Counts;
use crate::failure::{OrFail, Outcome};
use crate::files::names;
use crate::layout::Layout;
use graph::Graph;
use source::Source;

/// The folders that hold no circle.
const ROOTS: [&str; 5] = ["core/src", "src", "tools/bindgen/src", "tools/sandbox/src", "tools/xtask/src"];

/// Looks for circles; prints the edges of each.
pub(super) fn check(layout: &Layout) -> Outcome<Counts> {
    let mut free = true;
    for root in ROOTS {
        for circle in read(&layout.root.join(root))?.circles() {
            free = false;
            println!("{}", circle.describe(root));
        }
    }
    Ok(Counts::one(free))
}

fn read(root: &Path) -> Outcome<Graph> {
    let mut sources = BTreeMap::new();
    for name in names(root)? {
        // Each file of `bin/` is a crate of its own.
        if let Some(module) = name.strip_suffix(".rs")
            && !name.starts_with("bin/")
        {
            let text = fs::read_to_string(root.join(&name)).or_fail(format!("cannot read {name}"))?;
            sources.entry(module_path(module)).or_insert_with(Source::default).add(&text);
        }
    }
    Ok(Graph::new(&sources))
}

/// `a/b` is `a::b`; what `lib.rs` and `main.rs` hold is the crate itself.
fn module_path(file: &str) -> Vec<String> {
    match file {
        "lib" | "main" => Vec::new(),
        _ => file.split('/').map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circles(files: &[(&str, &str)]) -> Vec<String> {
        let mut sources = BTreeMap::new();
        for (file, text) in files {
            sources.entry(module_path(file)).or_insert_with(Source::default).add(text);
        }
        Graph::new(&sources).circles().iter().map(|circle| circle.describe("src")).collect()
    }

    #[test]
    fn files_that_use_each_other_are_a_circle_with_its_edges() {
        assert_eq!(
            circles(&[
                ("lib", "mod a; mod b; mod c;"),
                ("a", "use crate::b::{self, B, Other};"),
                ("b", "fn f() { crate::c::g(crate::c::C); }"),
                ("c", "use super::a::A as Renamed;"),
            ]),
            ["Import circle of 3 files in src: a, b, c\n  a -> b (B, Other)\n  b -> c (C, g)\n  c -> a (A)"]
        );
    }

    #[test]
    fn a_chain_is_no_circle() {
        assert!(circles(&[("a", "use crate::b::B;"), ("b", "use crate::c::C;"), ("c", "pub struct C;")]).is_empty());
    }

    #[test]
    fn a_parent_may_use_its_children_and_they_what_is_around_them() {
        let parent = ("a", "mod child; use child::Part; pub struct Whole(Part);");
        assert!(circles(&[parent, ("a/child", "use super::Whole; pub struct Part;")]).is_empty());
        assert_eq!(circles(&[parent, ("a/child", "use crate::b::B;"), ("b", "use crate::a::Whole;")]).len(), 1);
    }

    #[test]
    fn what_is_exported_again_counts_where_it_is_defined() {
        let by_name = ("a", "mod b; mod c; pub use b::B; pub use c::C as Sea;");
        let by_star = ("a", "mod b; mod c; pub use b::*; pub use c::*;");
        let c = ("a/c", "use super::B; pub struct C;");
        for (parent, b) in [(by_name, "use super::Sea; pub struct B;"), (by_star, "use super::C; pub struct B;")] {
            assert_eq!(circles(&[parent, ("a/b", b), c]).len(), 1, "{b}");
            assert!(circles(&[parent, ("a/b", "pub struct B;"), c]).is_empty());
        }
    }

    #[test]
    fn a_path_through_an_imported_module_counts() {
        let files = [
            ("a", "use crate::inner; fn f() { inner::b::g(); }"),
            ("inner", "pub mod b;"),
            ("inner/b", "use crate::a::f;"),
        ];
        assert_eq!(circles(&files).len(), 1);
    }

    #[test]
    fn tests_comments_and_texts_do_not_count() {
        for a in [
            "// use crate::b::B;\n/* use crate::b::B; /* */ */",
            "const TEXT: &str = \"crate::b::B \\\" crate::b::B\"; const RAW: &str = r#\"\" crate::b::B\"#;",
            "const QUOTE: char = '\"'; fn f<'a>() {} const OTHER: char = '\\''; // crate::b::B",
            "#[cfg(test)] mod tests { use crate::b::B; }",
            "#[cfg(test)] use crate::b::B; struct A;",
        ] {
            assert!(circles(&[("a", a), ("b", "use crate::a::A;")]).is_empty(), "{a}");
        }
        let tested = ("a", "#[cfg(test)] mod tests; pub struct A;");
        assert!(circles(&[tested, ("a/tests", "use crate::b::B;"), ("b", "use crate::a::A;")]).is_empty());
    }

    #[test]
    fn an_inline_module_belongs_to_its_file() {
        let a = "mod inner { use super::super::b::B; pub fn f() {} } fn g() { inner::f(); }";
        assert_eq!(circles(&[("a", a), ("b", "use crate::a::g;")]).len(), 1);
    }
}
