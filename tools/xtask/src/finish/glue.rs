//! Removes from the script that starts the program what nothing calls any more: imports of functions that wasm-opt has removed,
//! and the classes of [`NEVER_CALLED`].

use super::names::Names;

/// The classes that a library exports for streams made in Rust (wasm-streams, by way of Leptos). The console makes none, and the
/// bundler has removed their functions.
const NEVER_CALLED: &str = "intounderlying";

/// The script without them. wasm-bindgen writes one import, class or constant after the other, each from a line of its own
/// to the next line that is no further in.
pub(super) fn prune(script: &str, names: &Names) -> String {
    let mut kept = String::with_capacity(script.len());
    let mut lines = script.lines();
    while let Some(line) = lines.next() {
        let unused = import(line).is_some_and(|name| name.starts_with("__wb") && !names.imports(name));
        if unused || class(line) {
            let indent = indent(line);
            // One that is opened ends with the line that closes it.
            if line.ends_with('{') {
                lines.by_ref().find(|line| line.trim_start().starts_with('}') && self::indent(line) == indent);
            }
        } else if constant(line) {
            lines.by_ref().find(|line| line.trim_end().ends_with(';'));
        } else if !dispose(line) {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// `        __wbg_name: function(`
fn import(line: &str) -> Option<&str> {
    let (name, rest) = line.trim_start().split_once(": ")?;
    (indent(line) == 8 && rest.starts_with("function(") && line.ends_with('{')).then_some(name)
}

fn never_called(line: &str) -> bool {
    line.to_ascii_lowercase().contains(NEVER_CALLED)
}

fn class(line: &str) -> bool {
    line.starts_with("export class ") && never_called(line)
}

fn constant(line: &str) -> bool {
    line.starts_with("const ") && never_called(line)
}

fn dispose(line: &str) -> bool {
    line.starts_with("if (Symbol.dispose) ") && never_called(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_still_imported_stays() {
        let script = r#"export class IntoUnderlyingSink {
    free() {
    }
}
if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = IntoUnderlyingSink.prototype.free;
    const import0 = {
        __wbg_get_1: function(arg0) {
            return { a: 1 };
        },
        __wbg_gone_2: function() { return handleError(function (arg0) {
            if (arg0) {
            }
        }, arguments); },
        __wbindgen_init_externref_table: function() {
        },
    };
const IntoUnderlyingSinkFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {} }
    : new FinalizationRegistry(ptr => wasm.free(ptr, 1));
let wasm;
"#;
        let printed =
            r#"{"imports": [["m", "__wbg_get_1", "a"], ["m", "__wbindgen_init_externref_table", "b"]], "exports": []}"#;
        let kept = prune(script, &Names::read(printed).unwrap());
        assert_eq!(
            kept,
            "    const import0 = {\n        __wbg_get_1: function(arg0) {\n            return { a: 1 };\n        },\n        \
             __wbindgen_init_externref_table: function() {\n        },\n    };\nlet wasm;\n"
        );
    }
}
