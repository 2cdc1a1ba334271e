//! Joins the two scripts that the bundler writes, wasm-bindgen's and the splitter's, into one, and has `public/boot.js` fetch
//! the later files: it knows their digests, fetches them ahead, and keeps in words why one could not be had.
//!
//! This edits generated text of pinned versions. What is not found as expected fails the build.

use crate::failure::{Failure, Outcome};

/// The splitter's script.
pub(super) const FILE: &str = "__wasm_split.js";

/// What the splitter calls the functions that load a file, before the name of the file's module.
const LOAD: &str = "__wasm_split_load_";

const FETCH: [&str; 2] = [
    "() => {\n    const src = fetch(new URL(\"./",
    "\", import.meta.url));\n    src.catch(() => {});\n    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));\n}\n",
];

/// The files that the splitter's script loads, in its order.
pub(super) fn later_files(loader: &str) -> Vec<String> {
    let [before, after] = FETCH;
    loader.split(before).skip(1).filter_map(|rest| Some(rest.split_once(after)?.0.to_owned())).collect()
}

/// wasm-bindgen's script with the splitter's in it. `hosted` gives the reference under which a later file is hosted.
pub(super) fn join(script: &str, loader: &str, hosted: impl Fn(&str) -> Option<String>) -> Outcome<String> {
    if !script.contains(FILE) {
        // A program without lazy functions.
        return Ok(script.to_owned());
    }
    let mut loader = Text(loader.to_owned());
    loader.take("import { initSync } from \"./", "\";\n")?;
    // The program's exports, as the script has them: so they can be given short names together.
    let shared = loader.take("        const { ", " } = initSync(undefined, undefined);\n")?;
    let shared: Vec<_> = shared.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    let exports: Vec<_> = shared.iter().map(|name| format!("{name}: wasm.{name}")).collect();
    loader.take("        Object.assign(sharedImports.__wasm_split, { ", " });\n")?;
    loader.replace("{ __wasm_split: {  } }", &format!("{{ __wasm_split: {{ {} }} }}", exports.join(", ")))?;
    // boot.js keeps the reason, and the console shows it.
    loader.replace("            console.error(e);\n", "")?;
    for file in later_files(&loader.0) {
        let hosted = hosted(&file).ok_or_else(|| Failure::new(format!("the splitter wrote no {file}")))?;
        let [before, after] = FETCH;
        loader.replace(
            &format!("{before}{file}{after}"),
            &format!("() => globalThis.runboardLater.load({})", serde_json::json!(hosted)),
        )?;
    }
    let mut loads = String::new();
    let functions: Vec<_> = exported(&loader.0).map(str::to_owned).collect();
    for name in functions {
        loader.replace(&format!("export const {LOAD}{name} = "), &format!("const load_{name} = "))?;
        loads.push_str(&format!("        {LOAD}{name}: load_{name},\n"));
    }
    if ["import.meta", "fetch(", "export "].iter().any(|left| loader.0.contains(left)) {
        return Err(unexpected("a part that is not known"));
    }

    let mut script = Text(script.to_owned());
    let import = script.take("import * as ", &format!(" from \"./{FILE}\"\n"))?;
    script.replace(&format!("\"./{FILE}\": {import},"), &format!("\"./{FILE}\": import0,"))?;
    script.replace("    const import0 = {\n", &format!("    const import0 = {{\n{loads}"))?;
    Ok(script.0 + &loader.0)
}

/// The modules for which the splitter's script exports a loading function.
fn exported(loader: &str) -> impl Iterator<Item = &str> {
    loader.lines().filter_map(|line| Some(line.strip_prefix("export const ")?.strip_prefix(LOAD)?.split_once(" = ")?.0))
}

/// Generated text, changed where it is as expected.
struct Text(String);

impl Text {
    /// Replaces what is there exactly once.
    fn replace(&mut self, expected: &str, new: &str) -> Outcome {
        if self.0.matches(expected).count() != 1 {
            return Err(unexpected(&format!("no single \"{}\"", expected.trim())));
        }
        self.0 = self.0.replacen(expected, new, 1);
        Ok(())
    }

    /// Removes what stands between two texts, with them, and gives it back.
    fn take(&mut self, before: &str, after: &str) -> Outcome<String> {
        let missing = || unexpected(&format!("no \"{}...{}\"", before.trim(), after.trim()));
        let (head, rest) = self.0.split_once(before).ok_or_else(missing)?;
        let (taken, tail) = rest.split_once(after).ok_or_else(missing)?;
        let taken = taken.to_owned();
        self.0 = format!("{head}{tail}");
        Ok(taken)
    }
}

fn unexpected(what: &str) -> Failure {
    Failure::new(format!("the scripts of wasm-bindgen and the splitter have {what}"))
        .remedy("Their versions changed: adapt tools/xtask/src/finish/loader.rs")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = r#"import * as import1 from "./__wasm_split.js"

    const import0 = {
        __proto__: null,
    };
    return {
        "./app_bg.js": import0,
        "./__wasm_split.js": import1,
    };
let wasm;
"#;

    /// As wasm_split_cli_support 0.2.4 writes it.
    const LOADER: &str = r#"import { initSync } from "./app.js";

let sharedImports = undefined;
function getSharedImports() {
    if (sharedImports === undefined) {
        sharedImports = { __wasm_split: {  } };
        const { __indirect_function_table, memory,  } = initSync(undefined, undefined);
        Object.assign(sharedImports.__wasm_split, { __indirect_function_table, memory,  });
    }
    return sharedImports;
}
function wrapAsyncCb(callee) {
            console.error(e);
}
/* a, later */
const __chunk_0 = makeLoad(() => {
    const src = fetch(new URL("./chunk_0.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, []);
export const __wasm_split_load_later = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_later.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, [__chunk_0]));
"#;

    fn hosted(file: &str) -> Option<String> {
        Some(format!("./x-{file}"))
    }

    #[test]
    fn the_script_loads_the_later_files_by_their_hosted_names() {
        assert_eq!(later_files(LOADER), ["chunk_0.wasm", "split_later.wasm"]);
        assert_eq!(
            join(SCRIPT, LOADER, hosted).unwrap(),
            r#"
    const import0 = {
        __wasm_split_load_later: load_later,
        __proto__: null,
    };
    return {
        "./app_bg.js": import0,
        "./__wasm_split.js": import0,
    };
let wasm;

let sharedImports = undefined;
function getSharedImports() {
    if (sharedImports === undefined) {
        sharedImports = { __wasm_split: { __indirect_function_table: wasm.__indirect_function_table, memory: wasm.memory } };
    }
    return sharedImports;
}
function wrapAsyncCb(callee) {
}
/* a, later */
const __chunk_0 = makeLoad(() => globalThis.runboardLater.load("./x-chunk_0.wasm"), []);
const load_later = wrapAsyncCb(makeLoad(() => globalThis.runboardLater.load("./x-split_later.wasm"), [__chunk_0]));
"#
        );
    }

    #[test]
    fn a_program_without_lazy_functions_keeps_its_script() {
        assert_eq!(join("let wasm;", LOADER, hosted).unwrap(), "let wasm;");
    }

    #[test]
    fn generated_text_of_another_form_fails_the_build() {
        for (expected, other) in [
            ("initSync(undefined, undefined)", "initSync()"),
            ("console.error(e);", ""),
            ("instantiateStreaming(src, imports)", "instantiateStreaming(source, imports)"),
            ("export const __wasm_split_load_later", "export let __wasm_split_load_later"),
            ("sharedImports = { __wasm_split: {  } }", "sharedImports = {}"),
        ] {
            assert!(LOADER.contains(expected));
            assert!(join(SCRIPT, &LOADER.replace(expected, other), hosted).is_err(), "{expected}");
        }
        assert!(join(&SCRIPT.replace("const import0", "const imports"), LOADER, hosted).is_err());
    }
}
