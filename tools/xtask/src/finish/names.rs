//! Short names between the program and the script that starts it. wasm-bindgen names every import and export with a hash;
//! wasm-opt gives them one or two letters and says which, and the script is told.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::failure::{Failure, Outcome};

/// The pass of wasm-opt; it prints the names as JSON.
pub(super) const PASS: &str = "--minify-imports-and-exports-and-modules";
/// The module that every import comes from afterwards.
const MODULE: &str = "a";

/// What the names were and are now.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Names {
    modules: Vec<String>,
    imports: BTreeMap<String, String>,
    exports: BTreeMap<String, String>,
}

impl Names {
    /// Reads what wasm-opt printed.
    ///
    /// # Errors
    /// When it is not the JSON it prints.
    pub(super) fn read(printed: &str) -> Outcome<Self> {
        let bad = || Failure::new("wasm-opt printed no names that can be read".to_owned());
        let value: Value = serde_json::from_str(printed).map_err(|_| bad())?;
        let mut names = Self { modules: Vec::new(), imports: BTreeMap::new(), exports: BTreeMap::new() };
        for import in value.get("imports").and_then(Value::as_array).ok_or_else(bad)? {
            let [module, old, new] = texts(import).ok_or_else(bad)?;
            if !names.modules.contains(&module) {
                names.modules.push(module);
            }
            names.imports.insert(old, new);
        }
        for export in value.get("exports").and_then(Value::as_array).ok_or_else(bad)? {
            let [old, new] = texts(export).ok_or_else(bad)?;
            names.exports.insert(old, new);
        }
        Ok(names)
    }

    /// Whether the program still imports something.
    pub(super) fn imports(&self, name: &str) -> bool {
        self.imports.contains_key(name)
    }

    /// The script with the new names: imports wherever they stand (their names are unique), exports where the instance's are
    /// used.
    ///
    /// # Errors
    /// When the script does not name an import or its module: then it would not start.
    pub(super) fn tell(&self, script: &str) -> Outcome<String> {
        let mut out = String::with_capacity(script.len());
        let mut left: Vec<&String> = self.imports.keys().collect();
        let mut rest = script;
        while let Some(start) = rest.find(is_word) {
            let (before, tail) = rest.split_at(start);
            let end = tail.find(|c| !is_word(c)).unwrap_or(tail.len());
            let (word, after) = tail.split_at(end);
            out.push_str(before);
            let export = out.ends_with("wasm.").then(|| self.exports.get(word)).flatten();
            match export.or_else(|| self.imports.get(word)) {
                Some(new) => out.push_str(new),
                None => out.push_str(word),
            }
            left.retain(|name| *name != word);
            rest = after;
        }
        out.push_str(rest);
        for module in &self.modules {
            let quoted = format!("\"{module}\"");
            if !out.contains(&quoted) {
                return Err(Failure::new(format!("the script does not name the imports' module {module}")));
            }
            out = out.replace(&quoted, &format!("\"{MODULE}\""));
        }
        match left.first() {
            Some(name) => Err(Failure::new(format!("the script does not name the import {name}"))),
            None => Ok(out),
        }
    }
}

fn texts<const N: usize>(entry: &Value) -> Option<[String; N]> {
    let texts: Option<Vec<String>> = entry.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect();
    texts?.try_into().ok()
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = r#"{"imports": [["./app_bg.js", "__wbg_get_1f", "$"], ["./app_bg.js", "__wbg_get_1f2", "$a"]],
        "exports": [["memory", "b"], ["__wbindgen_start", "c"]]}"#;

    #[test]
    fn whole_names_are_replaced_and_nothing_else() {
        let names = Names::read(PRINTED).unwrap();
        let script = r#"const i = { __wbg_get_1f: (a) => a, __wbg_get_1f2: f, memory: 1 };
            return {"./app_bg.js": i}; wasm.__wbindgen_start(); wasm.memory.buffer; x.memory; __wbindgen_start"#;
        let told = r#"const i = { $: (a) => a, $a: f, memory: 1 };
            return {"a": i}; wasm.c(); wasm.b.buffer; x.memory; __wbindgen_start"#;
        assert_eq!(names.tell(script).unwrap(), told);
    }

    #[test]
    fn a_script_that_lacks_a_name_is_refused() {
        let names = Names::read(PRINTED).unwrap();
        for script in [r#"{"./app_bg.js": { __wbg_get_1f }}"#, "{ __wbg_get_1f, __wbg_get_1f2 }"] {
            assert!(names.tell(script).is_err(), "{script}");
        }
        for printed in ["", "[]", r#"{"imports": [["a"]], "exports": []}"#] {
            assert!(Names::read(printed).is_err(), "{printed}");
        }
    }
}
