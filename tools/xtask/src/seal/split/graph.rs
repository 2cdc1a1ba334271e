//! What refers to what in a linked program, as its relocations say.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use wasmparser::{
    DataKind, ExternalKind, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocSectionReader, RelocationType,
    SymbolInfo, TypeRef,
};

use super::{NEVER_CALLED, Rest};
use crate::failure::{Failure, OrFail, Outcome};

/// A function by its index, or a piece of data by its place among all pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    Function(u32),
    Data(usize),
}

/// Functions and pieces of data, and what each refers to.
#[derive(Debug, Default)]
pub(super) struct Graph {
    names: BTreeMap<u32, String>,
    /// Addresses and lengths of the pieces of data.
    pieces: Vec<(u32, u32)>,
    refers: BTreeMap<Node, BTreeSet<Node>>,
    /// What can be called from outside.
    roots: Vec<Node>,
}

/// Where what is in a file lies.
#[derive(Debug, Default)]
struct Places {
    imported: u32,
    code: Vec<Range<usize>>,
    /// Where the contents of each section start, by the section's number.
    sections: Vec<usize>,
    /// Address and place in the file of each data segment.
    segments: Vec<(u32, usize)>,
}

const LACK: &str = "the linked program does not say what refers to what";

impl Graph {
    /// Reads a program linked with [`super::LINKER_FLAGS`].
    ///
    /// # Errors
    /// When it cannot be read, or was linked otherwise.
    pub(super) fn read(linked: &[u8]) -> Outcome<Self> {
        let (mut graph, mut places) = (Self::default(), Places::default());
        let (mut symbols, mut relocations) = (Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(linked) {
            let payload = payload.or_fail(LACK)?;
            if let Some((_, range)) = payload.as_section() {
                places.sections.push(range.start);
            }
            match payload {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        places.imported += u32::from(matches!(import.or_fail(LACK)?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export.or_fail(LACK)?;
                        // wasm-bindgen runs what describes a type, and takes it away.
                        let called =
                            ["__wbindgen_describe", NEVER_CALLED].iter().all(|word| !export.name.contains(word));
                        if export.kind == ExternalKind::Func && called {
                            graph.roots.push(Node::Function(export.index));
                        }
                    }
                }
                Payload::CodeSectionEntry(body) => places.code.push(body.range()),
                Payload::DataSection(segments) => {
                    for segment in segments {
                        let segment = segment.or_fail(LACK)?;
                        let DataKind::Active { offset_expr, .. } = segment.kind else {
                            return Err(Failure::new(LACK));
                        };
                        let Operator::I32Const { value } = offset_expr.get_operators_reader().read().or_fail(LACK)?
                        else {
                            return Err(Failure::new(LACK));
                        };
                        places.segments.push((value.cast_unsigned(), segment.range.end - segment.data.len()));
                    }
                }
                Payload::CustomSection(custom) => match custom.as_known() {
                    KnownCustom::Name(names) => graph.read_names(names)?,
                    KnownCustom::Linking(linking) => {
                        for part in linking.subsections() {
                            if let Linking::SymbolTable(table) = part.or_fail(LACK)? {
                                symbols = table.into_iter().collect::<Result<_, _>>().or_fail(LACK)?;
                            }
                        }
                    }
                    KnownCustom::Reloc(section) => relocations.push(section),
                    _ => {}
                },
                _ => {}
            }
        }
        graph.connect(&places, &symbols, relocations)?;
        Ok(graph)
    }

    fn read_names(&mut self, names: wasmparser::NameSectionReader<'_>) -> Outcome {
        for part in names {
            if let Name::Function(functions) = part.or_fail(LACK)? {
                for naming in functions {
                    let naming = naming.or_fail(LACK)?;
                    self.names.insert(naming.index, naming.name.to_owned());
                }
            }
        }
        Ok(())
    }

    fn connect(
        &mut self,
        places: &Places,
        symbols: &[SymbolInfo<'_>],
        sections: Vec<RelocSectionReader<'_>>,
    ) -> Outcome {
        // Pieces by their place in the file; symbols may share one.
        let mut pieces = BTreeMap::new();
        let mut piece_of = |symbol: &SymbolInfo<'_>| match symbol {
            SymbolInfo::Data { symbol: Some(symbol), .. } => {
                let (address, place) = *places.segments.get(symbol.index as usize)?;
                let place = place + symbol.offset as usize;
                pieces.insert((place, symbol.size), address + symbol.offset);
                Some((place, symbol.size))
            }
            _ => None,
        };
        let keys: Vec<_> = symbols.iter().map(&mut piece_of).collect();
        self.pieces = pieces.iter().map(|((_, size), address)| (*address, *size)).collect();
        let places_of: Vec<(usize, u32)> = pieces.into_keys().collect();
        let node = |index: u32| match symbols.get(index as usize)? {
            SymbolInfo::Func { index, .. } => Some(Node::Function(*index)),
            SymbolInfo::Data { .. } => {
                let key = (*keys.get(index as usize)?)?;
                places_of.binary_search(&key).ok().map(Node::Data)
            }
            _ => None,
        };
        let holder = |place: usize| {
            let function = places.code.partition_point(|body| body.start <= place).checked_sub(1);
            if let Some(function) = function.filter(|at| places.code.get(*at).is_some_and(|body| body.contains(&place)))
            {
                return Some(Node::Function(places.imported + u32::try_from(function).ok()?));
            }
            let piece = places_of.partition_point(|(start, _)| *start <= place).checked_sub(1)?;
            let (start, size) = places_of.get(piece)?;
            (place < start + *size as usize).then_some(Node::Data(piece))
        };
        for section in &sections {
            let start = places.sections.get(section.section_index() as usize).ok_or_else(|| Failure::new(LACK))?;
            for entry in section.entries() {
                let entry = entry.or_fail(LACK)?;
                // The index of a type is no symbol.
                let Some(target) = (entry.ty != RelocationType::TypeIndexLeb).then(|| node(entry.index)).flatten()
                else {
                    continue;
                };
                let from = holder(start + entry.offset as usize).ok_or_else(|| Failure::new(LACK))?;
                self.refers.entry(from).or_default().insert(target);
            }
        }
        if self.refers.is_empty() || self.names.is_empty() {
            return Err(Failure::new(LACK));
        }
        Ok(())
    }

    /// What can only be reached through functions of a kind.
    ///
    /// # Errors
    /// When names of functions do not tell them apart.
    pub(super) fn behind(&self, is_gate: impl Fn(&str) -> bool) -> Outcome<Rest> {
        let gate = |node: &Node| matches!(node, Node::Function(index) if self.names.get(index).is_some_and(|name| is_gate(name)));
        let main = self.reached(&|node| !gate(node));
        let all = self.reached(&|_| true);
        let mut rest = Rest::default();
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for name in self.names.values() {
            *times.entry(name).or_default() += 1;
        }
        for node in all.difference(&main) {
            match node {
                Node::Function(index) => {
                    // What has no name was not in the sources: imports have theirs.
                    let Some(name) = self.names.get(index) else { continue };
                    if times.get(name.as_str()).is_some_and(|times| *times > 1) {
                        return Err(Failure::new(format!("two functions are named {name}")));
                    }
                    rest.functions.insert(name.clone());
                    if is_gate(name) {
                        rest.gates.insert(name.clone());
                    }
                }
                Node::Data(piece) => rest.data.extend(self.pieces.get(*piece).filter(|(_, size)| *size > 0)),
            }
        }
        // A piece may lie within another that the main half needs.
        let kept: Vec<(u32, u32)> = main
            .iter()
            .filter_map(|node| match node {
                Node::Data(piece) => self.pieces.get(*piece).copied(),
                Node::Function(_) => None,
            })
            .collect();
        rest.data.retain(|(start, size)| !kept.iter().any(|(at, long)| *start < at + long && *at < start + size));
        rest.data.sort_unstable();
        Ok(rest)
    }

    fn reached(&self, enters: &dyn Fn(&Node) -> bool) -> BTreeSet<Node> {
        let mut seen = BTreeSet::new();
        let mut next = self.roots.clone();
        while let Some(node) = next.pop() {
            if enters(&node) && seen.insert(node) {
                next.extend(self.refers.get(&node).into_iter().flatten());
            }
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reached_past_the_gate_stays_and_what_is_only_behind_it_goes() {
        use Node::{Data, Function};
        let refers = [
            (Function(0), vec![Function(1), Function(2), Data(0)]),
            (Function(1), vec![Function(3), Function(4), Data(1)]),
            (Function(2), vec![Function(4)]),
            (Data(1), vec![Function(5)]),
        ];
        let graph = Graph {
            names: ["start", "gate", "b", "only_rest", "both", "in_a_table"]
                .into_iter()
                .map(String::from)
                .enumerate()
                .map(|(at, name)| (at as u32, name))
                .collect(),
            pieces: vec![(1000, 8), (1008, 16)],
            refers: refers.into_iter().map(|(from, to)| (from, to.into_iter().collect())).collect(),
            roots: vec![Function(0)],
        };
        let rest = graph.behind(|name| name == "gate").unwrap();
        assert_eq!(rest.functions, ["gate", "in_a_table", "only_rest"].map(String::from).into());
        assert_eq!(rest.gates, ["gate"].map(String::from).into());
        assert_eq!(rest.data, [(1008, 16)]);
        assert_eq!(graph.behind(|_| false).unwrap(), Rest::default());
    }

    #[test]
    fn a_program_without_relocations_is_refused() {
        assert!(Graph::read(b"\0asm\x01\0\0\0").is_err());
        assert!(Graph::read(b"<!doctype html>").is_err());
    }
}
