//! Cuts a program in two that share a memory, a table of functions, and what the one exports for the other.

use std::collections::{BTreeMap, BTreeSet};

use walrus::ir::{Value, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, FunctionBuilder, FunctionId, FunctionKind, GlobalId, GlobalKind,
    ImportKind, ImportedFunction, MemoryId, Module, ModuleConfig, TableId,
};

use super::{Halves, MODULE, NEVER_CALLED, Rest};
use crate::failure::{Failure, OrFail, Outcome};

/// Splits the program.
///
/// # Errors
/// When it is not made as expected, or the main half would call the rest past its gates.
pub(super) fn cut(program: &[u8], rest: &Rest) -> Outcome<Halves> {
    // Read twice: what has a number in the one has the same number in the other.
    let (mut main, mut other) = (read(program)?, read(program)?);
    let plan = Plan::of(&main, rest)?;
    let second = Plan::of(&other, rest)?;
    let data = plan.reduce(&mut main, rest)?;
    second.extract(&mut other, data)?;
    Ok(Halves { main: main.emit_wasm(), rest: other.emit_wasm() })
}

/// The program with other names for what it imports from the main half.
///
/// # Errors
/// When it cannot be read, or imports what the other does not give.
pub(in super::super) fn rename_imports(program: &[u8], names: &BTreeMap<String, String>) -> Outcome<Vec<u8>> {
    let mut module = read(program)?;
    for import in module.imports.iter_mut() {
        import.name = names
            .get(&import.name)
            .ok_or_else(|| Failure::new(format!("the main program does not give {}", import.name)))?
            .clone();
    }
    Ok(module.emit_wasm())
}

fn read(program: &[u8]) -> Outcome<Module> {
    let mut config = ModuleConfig::new();
    config.generate_producers_section(false);
    let mut module =
        config.parse(program).map_err(|error| Failure::new(format!("cannot read the program: {error}")))?;
    // The others speak of the program as it was linked.
    let stale: Vec<_> =
        module.customs.iter().filter(|(_, section)| section.name() != "target_features").map(|(id, _)| id).collect();
    for id in stale {
        module.customs.delete(id);
    }
    Ok(module)
}

/// What of a module goes where.
struct Plan {
    memory: MemoryId,
    table: TableId,
    /// The functions of the rest.
    moved: BTreeSet<FunctionId>,
    /// The gates, each with its place in the table.
    gates: Vec<(FunctionId, i32)>,
    /// The other functions of the rest that stand in the table, by their place.
    listed: BTreeMap<i32, FunctionId>,
    /// What the rest calls and reads of the main half, in order, with the name it is exported under.
    shared_functions: BTreeMap<FunctionId, String>,
    shared_globals: BTreeMap<GlobalId, String>,
}

/// What functions refer to.
#[derive(Default)]
struct Uses {
    functions: BTreeSet<FunctionId>,
    globals: BTreeSet<GlobalId>,
}

impl<'a> Visitor<'a> for Uses {
    fn visit_function_id(&mut self, function: &FunctionId) {
        self.functions.insert(*function);
    }

    fn visit_global_id(&mut self, global: &GlobalId) {
        self.globals.insert(*global);
    }
}

impl Uses {
    fn of(module: &Module, function: FunctionId) -> Self {
        let mut uses = Self::default();
        if let FunctionKind::Local(local) = &module.funcs.get(function).kind {
            dfs_in_order(&mut uses, local, local.entry_block());
        }
        uses
    }
}

impl Plan {
    fn of(module: &Module, rest: &Rest) -> Outcome<Self> {
        let memory = module.memories.iter().next().map(walrus::Memory::id);
        let memory = memory.ok_or_else(|| Failure::new("the program has no memory"))?;
        let table = module.tables.main_function_table().map_err(|error| Failure::new(error.to_string()))?;
        let table = table.ok_or_else(|| Failure::new("the program has no table of functions"))?;

        let (mut moved, mut gates) = (BTreeSet::new(), Vec::new());
        let next_slot = i32::try_from(module.tables.get(table).initial).or_fail("the table is too long")?;
        for function in module.funcs.iter().filter(|function| matches!(function.kind, FunctionKind::Local(_))) {
            let Some(name) = function.name.as_ref().filter(|name| rest.functions.contains(*name)) else { continue };
            moved.insert(function.id());
            if rest.gates.contains(name) {
                gates.push((function.id(), next_slot + i32::try_from(gates.len()).or_fail("too many gates")?));
            }
        }
        let mut plan = Self {
            memory,
            table,
            moved,
            gates,
            listed: BTreeMap::new(),
            shared_functions: BTreeMap::new(),
            shared_globals: BTreeMap::new(),
        };
        plan.refuse_other_ways_in(module)?;
        for element in module.elements.iter() {
            let (ElementKind::Active { offset, .. }, ElementItems::Functions(functions)) =
                (&element.kind, &element.items)
            else {
                continue;
            };
            for (place, function) in (address(offset)?..).zip(functions) {
                if plan.moved.contains(function) {
                    plan.listed.insert(place, *function);
                }
            }
        }
        plan.share(module);
        Ok(plan)
    }

    fn is_gate(&self, function: FunctionId) -> bool {
        self.gates.iter().any(|(gate, _)| *gate == function)
    }

    fn refuse_other_ways_in(&self, module: &Module) -> Outcome {
        let name = |id: FunctionId| module.funcs.get(id).name.clone().unwrap_or_default();
        for (caller, _) in module.funcs.iter_local().filter(|(id, _)| !self.moved.contains(id)) {
            for called in Uses::of(module, caller).functions {
                if self.moved.contains(&called) && !self.is_gate(called) {
                    let words = format!("{} would call {} before it is there", name(caller), name(called));
                    return Err(Failure::new(words).remedy("Enter it through a function of runboard::gates"));
                }
            }
        }
        Ok(())
    }

    fn share(&mut self, module: &Module) {
        let mut name = (0_usize..).map(|number| format!("_{number}"));
        let mut next = || name.next().unwrap_or_default();
        for function in &self.moved {
            let uses = Uses::of(module, *function);
            for used in uses.functions.into_iter().filter(|used| !self.moved.contains(used)) {
                self.shared_functions.entry(used).or_insert_with(&mut next);
            }
            for global in uses.globals {
                self.shared_globals.entry(global).or_insert_with(&mut next);
            }
        }
    }

    /// Leaves of the program what is not in the rest; gives the data taken out of it.
    fn reduce(&self, module: &mut Module, rest: &Rest) -> Outcome<Vec<(u32, Vec<u8>)>> {
        // Called before the rest is there, a function of it ends the program instead of doing something else.
        let mut trap = FunctionBuilder::new(&mut module.types, &[], &[]);
        trap.func_body().unreachable();
        let trap = trap.finish(Vec::new(), &mut module.funcs);
        for element in module.elements.iter_mut() {
            if let ElementItems::Functions(functions) = &mut element.items {
                for function in functions.iter_mut().filter(|function| self.moved.contains(function)) {
                    *function = trap;
                }
            }
        }
        for (gate, place) in &self.gates {
            let ty = module.funcs.get(*gate).ty();
            let (parameters, results) = {
                let ty = module.types.get(ty);
                (ty.params().to_vec(), ty.results().to_vec())
            };
            let locals: Vec<_> = parameters.iter().map(|kind| module.locals.add(*kind)).collect();
            let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
            let mut body = builder.func_body();
            for local in &locals {
                body.local_get(*local);
            }
            body.i32_const(*place).call_indirect(ty, self.table);
            module.funcs.get_mut(*gate).kind = FunctionKind::Local(builder.local_func(locals));
        }
        let table = module.tables.get_mut(self.table);
        table.initial += self.gates.len() as u64;
        table.maximum = table.maximum.map(|most| most + self.gates.len() as u64);

        let never: Vec<_> =
            module.exports.iter().filter(|export| export.name.contains(NEVER_CALLED)).map(walrus::Export::id).collect();
        never.into_iter().for_each(|id| module.exports.delete(id));
        for (function, name) in &self.shared_functions {
            module.exports.add(name, *function);
        }
        for (global, name) in &self.shared_globals {
            module.exports.add(name, *global);
        }
        module.exports.add(MEMORY, self.memory);
        module.exports.add(TABLE, self.table);

        let data = self.take_data(module, rest)?;
        walrus::passes::gc::run(module);
        Ok(data)
    }

    /// Cuts out the pieces of data that only the rest refers to; zeros stay in their place.
    fn take_data(&self, module: &mut Module, rest: &Rest) -> Outcome<Vec<(u32, Vec<u8>)>> {
        let mut taken: Vec<(u32, Vec<u8>)> = Vec::new();
        let ids: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
        for id in ids {
            let segment = module.data.get_mut(id);
            let DataKind::Active { offset, .. } = &segment.kind else { continue };
            let start = address(offset)?.cast_unsigned();
            for (at, size) in &rest.data {
                let Some(from) = at.checked_sub(start) else { continue };
                let range = from as usize..from as usize + *size as usize;
                let Some(bytes) = segment.value.get_mut(range) else { continue };
                match taken.last_mut() {
                    // What follows at once is one piece with it.
                    Some((last, piece)) if *last as usize + piece.len() == *at as usize => {
                        piece.extend_from_slice(bytes)
                    }
                    _ => taken.push((*at, bytes.to_vec())),
                }
                bytes.fill(0);
            }
        }
        Ok(taken)
    }

    /// Leaves of the program what is in the rest, and takes all else from the main half.
    fn extract(&self, module: &mut Module, data: Vec<(u32, Vec<u8>)>) -> Outcome {
        module.start = None;
        let exports: Vec<_> = module.exports.iter().map(walrus::Export::id).collect();
        exports.into_iter().for_each(|id| module.exports.delete(id));
        let elements: Vec<_> = module.elements.iter().map(walrus::Element::id).collect();
        elements.into_iter().for_each(|id| module.elements.delete(id));
        module.tables.get_mut(self.table).elem_segments.clear();
        let segments: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
        segments.into_iter().for_each(|id| module.data.delete(id));
        module.memories.get_mut(self.memory).data_segments.clear();

        let old: Vec<_> = module.imports.iter().map(walrus::Import::id).collect();
        for (function, name) in &self.shared_functions {
            let ty = module.funcs.get(*function).ty();
            let import = module.imports.add(MODULE, name, ImportKind::Function(*function));
            module.funcs.get_mut(*function).kind = FunctionKind::Import(ImportedFunction { import, ty });
        }
        for (global, name) in &self.shared_globals {
            let import = module.imports.add(MODULE, name, ImportKind::Global(*global));
            module.globals.get_mut(*global).kind = GlobalKind::Import(import);
        }
        let memory = module.imports.add(MODULE, MEMORY, ImportKind::Memory(self.memory));
        module.memories.get_mut(self.memory).import = Some(memory);
        let import = module.imports.add(MODULE, TABLE, ImportKind::Table(self.table));
        let table = module.tables.get_mut(self.table);
        table.import = Some(import);
        table.initial += self.gates.len() as u64;
        table.maximum = table.maximum.map(|most| most + self.gates.len() as u64);
        old.into_iter().for_each(|id| module.imports.delete(id));

        let mut listed = self.listed.clone();
        listed.extend(self.gates.iter().map(|(gate, place)| (*place, *gate)));
        let mut runs: Vec<(i32, Vec<FunctionId>)> = Vec::new();
        for (place, function) in listed {
            match runs.last_mut() {
                Some((first, run)) if *first + i32::try_from(run.len()).unwrap_or(i32::MAX) == place => {
                    run.push(function)
                }
                _ => runs.push((place, vec![function])),
            }
        }
        for (place, run) in runs {
            let offset = ConstExpr::Value(Value::I32(place));
            let kind = ElementKind::Active { table: self.table, offset };
            let element = module.elements.add(kind, ElementItems::Functions(run));
            module.tables.get_mut(self.table).elem_segments.insert(element);
        }
        for (at, bytes) in data {
            let offset = ConstExpr::Value(Value::I32(at.cast_signed()));
            let segment = module.data.add(DataKind::Active { memory: self.memory, offset }, bytes);
            module.memories.get_mut(self.memory).data_segments.insert(segment);
        }
        walrus::passes::gc::run(module);
        Ok(())
    }
}

/// Names under which memory and table are shared.
const MEMORY: &str = "_memory";
const TABLE: &str = "_table";

fn address(offset: &ConstExpr) -> Outcome<i32> {
    match offset {
        ConstExpr::Value(Value::I32(address)) => Ok(*address),
        _ => Err(Failure::new("the program is to be put at an address that is not fixed")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `$a` stands for a call from the main half.
    fn program(main_calls: &str) -> Vec<u8> {
        let text = format!(
            r#"(module
                (import "js" "log" (func $log (param i32)))
                (memory (export "memory") 1)
                (table (export "functions") 3 3 funcref)
                (global $stack (mut i32) (i32.const 100))
                (elem (i32.const 1) $listed $callback)
                (func $start (export "start") (param i32) (result i32) local.get 0 call {main_calls})
                (func $callback)
                (func $shared (param i32) (result i32) local.get 0 call $log global.get $stack)
                (func $gate (param i32) (result i32) local.get 0 call $only_rest)
                (func $only_rest (param i32) (result i32) local.get 0 call $log local.get 0 call $shared global.get $stack i32.add)
                (func $listed)
                (data (i32.const 16) "mainREST"))"#
        );
        wat::parse_str(text).unwrap()
    }

    fn rest() -> Rest {
        Rest {
            functions: ["gate", "only_rest", "listed"].map(String::from).into(),
            gates: ["gate"].map(String::from).into(),
            data: vec![(20, 2), (22, 2)],
        }
    }

    fn names(module: &Module) -> BTreeSet<&str> {
        module.funcs.iter().filter_map(|function| function.name.as_deref()).collect()
    }

    #[test]
    fn each_half_has_its_own_functions_and_they_fit_together() {
        let halves = cut(&program("$gate"), &rest()).unwrap();
        let (main, rest) = (read(&halves.main).unwrap(), read(&halves.rest).unwrap());
        assert!(!names(&main).contains("only_rest") && names(&main).contains("gate"));
        assert!(["gate", "only_rest", "listed"].iter().all(|name| names(&rest).contains(name)));
        assert!(matches!(rest.funcs.get(rest.funcs.by_name("shared").unwrap()).kind, FunctionKind::Import(_)));
        let given: BTreeSet<&str> = main.exports.iter().map(|export| export.name.as_str()).collect();
        let wanted: Vec<(&str, &str)> =
            rest.imports.iter().map(|import| (import.module.as_str(), import.name.as_str())).collect();
        assert!(wanted.len() == 5 && wanted.iter().all(|(module, name)| *module == MODULE && given.contains(name)));
        assert!(given.is_superset(&["memory", "functions", "start"].into()) && rest.exports.iter().next().is_none());
    }

    #[test]
    fn the_rest_fills_its_places_in_the_table_and_brings_its_data() {
        let halves = cut(&program("$gate"), &rest()).unwrap();
        let (main, rest) = (read(&halves.main).unwrap(), read(&halves.rest).unwrap());
        let placed: Vec<(i32, Vec<&str>)> = rest
            .elements
            .iter()
            .map(|element| match (&element.kind, &element.items) {
                (ElementKind::Active { offset, .. }, ElementItems::Functions(functions)) => {
                    let name = |id: &FunctionId| rest.funcs.get(*id).name.as_deref().unwrap();
                    (address(offset).unwrap(), functions.iter().map(name).collect())
                }
                _ => panic!("not active"),
            })
            .collect();
        // The gate stands behind what was there.
        assert_eq!(placed, [(1, vec!["listed"]), (3, vec!["gate"])]);
        let tables = [&main, &rest].map(|half| half.tables.iter().next().map(|table| (table.initial, table.maximum)));
        assert_eq!(tables, [Some((4, Some(4))); 2]);
        let data = |half: &Module| half.data.iter().map(|data| data.value.clone()).collect::<Vec<_>>();
        assert_eq!([data(&main), data(&rest)], [[b"main\0\0\0\0".to_vec()], [b"REST".to_vec()]]);
    }

    #[test]
    fn a_call_past_the_gate_fails_the_build() {
        let failure = cut(&program("$only_rest"), &rest()).err().unwrap().to_string();
        assert!(failure.starts_with("start would call only_rest"), "{failure}");
    }

    #[test]
    fn imports_follow_the_names_that_the_main_half_got() {
        let halves = cut(&program("$gate"), &rest()).unwrap();
        let old: Vec<String> = read(&halves.rest).unwrap().imports.iter().map(|import| import.name.clone()).collect();
        let names = old.iter().map(|name| (name.clone(), format!("new{name}"))).collect();
        let renamed = read(&rename_imports(&halves.rest, &names).unwrap()).unwrap();
        assert!(renamed.imports.iter().zip(&old).all(|(import, old)| import.name == format!("new{old}")));
        assert!(rename_imports(&halves.rest, &BTreeMap::new()).is_err());
    }
}
