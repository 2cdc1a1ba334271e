//! Which file uses which, and the circles in that.

use std::collections::{BTreeMap, BTreeSet};
use std::slice::from_ref;

use super::source::{Source, Written};

type Module = Vec<String>;

/// What one file uses of another.
type Edges = BTreeMap<Module, BTreeSet<String>>;

/// Files by their modules, with what they use.
pub(super) struct Graph(BTreeMap<Module, Edges>);

impl Graph {
    pub(super) fn new(sources: &BTreeMap<Module, Source>) -> Self {
        let known = Known::new(sources);
        let edges = |(module, source): (&&Module, &&Source)| ((*module).clone(), known.edges(module, source));
        Self(known.sources.iter().map(edges).collect())
    }

    /// The largest groups in which each file leads to every other.
    pub(super) fn circles(&self) -> Vec<Circle<'_>> {
        let reached: BTreeMap<_, _> = self.0.keys().map(|module| (module, self.reached(module))).collect();
        let leads = |from: &Module, to: &Module| reached.get(from).is_some_and(|reached| reached.contains(to));
        let mut seen = BTreeSet::new();
        let mut circles = Vec::new();
        for module in self.0.keys() {
            if leads(module, module) && !seen.contains(module) {
                let group: BTreeSet<_> =
                    self.0.keys().filter(|other| leads(module, other) && leads(other, module)).collect();
                seen.extend(group.iter().copied());
                circles.push(Circle { graph: self, group });
            }
        }
        circles
    }

    fn reached(&self, from: &Module) -> BTreeSet<&Module> {
        let mut reached = BTreeSet::new();
        let mut next: Vec<_> = self.0.get(from).into_iter().flat_map(BTreeMap::keys).collect();
        while let Some(module) = next.pop() {
            if reached.insert(module) {
                next.extend(self.0.get(module).into_iter().flat_map(BTreeMap::keys));
            }
        }
        reached
    }
}

/// Files that use each other.
pub(super) struct Circle<'a> {
    graph: &'a Graph,
    group: BTreeSet<&'a Module>,
}

impl Circle<'_> {
    /// The files, and each edge between them with what is used.
    pub(super) fn describe(&self, root: &str) -> String {
        let files: Vec<_> = self.group.iter().map(|module| module.join("::")).collect();
        let mut text = format!("Import circle of {} files in {root}: {}", files.len(), files.join(", "));
        for module in &self.group {
            for (target, names) in self.graph.0.get(*module).into_iter().flatten() {
                if self.group.contains(target) {
                    let names: Vec<_> = names.iter().map(String::as_str).collect();
                    text.push_str(&format!(
                        "\n  {} -> {} ({})",
                        module.join("::"),
                        target.join("::"),
                        names.join(", ")
                    ));
                }
            }
        }
        text
    }
}

/// The files that are no tests.
struct Known<'a> {
    sources: BTreeMap<&'a Module, &'a Source>,
}

impl<'a> Known<'a> {
    fn new(sources: &'a BTreeMap<Module, Source>) -> Self {
        let tests: Vec<Module> = sources
            .iter()
            .flat_map(|(module, source)| source.tests.iter().map(|test| [module.as_slice(), from_ref(test)].concat()))
            .collect();
        let is_test = |module: &Module| tests.iter().any(|test| module.starts_with(test));
        Self { sources: sources.iter().filter(|(module, _)| !is_test(module)).collect() }
    }

    fn edges(&self, module: &Module, source: &Source) -> Edges {
        let mut edges = Edges::new();
        let imports = source.imports.iter().map(|import| &import.written);
        for written in imports.chain(&source.paths) {
            let Some((target, name)) = self.resolve(module, source, written) else { continue };
            // What is around a file, and the crate itself, is no edge.
            if !module.starts_with(&target) && name != "*" {
                edges.entry(target).or_default().insert(name);
            }
        }
        edges
    }

    /// The file that defines what is written, and its name there; `*` stands for the module itself.
    fn resolve(&self, module: &Module, source: &Source, written: &Written) -> Option<(Module, String)> {
        let path = self.absolute(module, source, written)?;
        let (mut target, mut name) = self.file_of(&path);
        // A circle of exports would not compile; this only bounds a wrong reading.
        for _ in 0..16 {
            match self.exported_from(&target, &name) {
                Some(next) => (target, name) = next,
                None => break,
            }
        }
        Some((target, name))
    }

    /// The path from the crate on; none when it leads out of the crate, or to something of the file's own.
    fn absolute(&self, module: &Module, source: &Source, written: &Written) -> Option<Module> {
        let here = [module.as_slice(), &written.inside].concat();
        let (first, rest) = written.path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([&here, rest].concat()),
            "super" => {
                let ups = written.path.iter().take_while(|word| *word == "super").count();
                let above = here.get(..here.len().checked_sub(ups)?)?;
                Some([above, written.path.get(ups..)?].concat())
            }
            _ => {
                let child = [here.as_slice(), from_ref(first)].concat();
                if self.sources.contains_key(&child) {
                    return Some([here.as_slice(), &written.path].concat());
                }
                let same = |import: &&super::source::Import| import.name == *first && import.written != *written;
                let import = source.imports.iter().find(same)?;
                // What is imported is absolute, or a child's.
                let begins = import.written.path.first()?;
                if begins == first {
                    return None;
                }
                let base = self.absolute(module, source, &import.written)?;
                Some([base.as_slice(), rest].concat())
            }
        }
    }

    /// Splits a path behind the file it leads into.
    fn file_of(&self, path: &[String]) -> (Module, String) {
        let mut length = 0;
        while path.get(..=length).is_some_and(|longer| self.sources.contains_key(&longer.to_vec())) {
            length += 1;
        }
        let (file, rest) = path.split_at_checked(length).unwrap_or((path, &[]));
        (file.to_vec(), rest.first().cloned().unwrap_or_else(|| "*".to_owned()))
    }

    /// Where a file has a name from that it exports and does not define.
    fn exported_from(&self, file: &Module, name: &str) -> Option<(Module, String)> {
        let source = self.sources.get(file)?;
        if name == "*" || source.defined.contains(name) {
            return None;
        }
        let exports = || source.imports.iter().filter(|import| import.exported);
        let target = |written| self.absolute(file, source, written).map(|path| self.file_of(&path));
        if let Some(import) = exports().find(|import| import.name == name) {
            return target(&import.written).filter(|(next, _)| next != file);
        }
        exports().filter(|import| import.name == "*").find_map(|import| {
            let (next, _) = target(&import.written)?;
            let defines = self.sources.get(&next)?.defined.contains(name);
            defines.then(|| (next, name.to_owned()))
        })
    }
}
