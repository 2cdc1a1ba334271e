//! `bundle <program.wasm> <folder>`: splits a linked program at its lazy functions and writes what a browser loads.
//!
//! | in the folder | what |
//! | --- | --- |
//! | `<program>.js`, `<program>_bg.wasm` | what starts the console, and the program without its lazy functions |
//! | `__wasm_split.js` | loads the other files; the program imports it under this name |
//! | other `.wasm` files | the lazy functions, and what several of them share |
//!
//! The program has to be linked with `--emit-relocs`, so that it says what refers to what.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

/// What wasm-streams exports, by way of Leptos, for streams made in Rust. The console makes none; exported, it could not be
/// removed.
const NEVER_CALLED: [&str; 2] = ["intounderlying", "__wbg_intounderlying"];

fn main() -> Result<()> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(linked), Some(folder), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err(anyhow!("usage: bundle <program.wasm> <folder>"));
    };
    bundle(&linked, &folder)
}

fn bundle(linked: &Path, folder: &Path) -> Result<()> {
    let name = linked.file_stem().and_then(|name| name.to_str()).context("the program's file has no name")?;
    let program = fs::read(linked).with_context(|| format!("cannot read {}", linked.display()))?;
    let main = folder.join("main.wasm");
    let glue = format!("./{name}.js");

    let mut options = wasm_split_cli_support::Options::new(&program);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &glue;
    wasm_split_cli_support::transform(options).map_err(|error| anyhow!("cannot split the program: {error:#}"))?;

    let bytes = fs::read(&main).with_context(|| format!("cannot read {}", main.display()))?;
    let mut output = Bindgen::new()
        .input_bytes(name, bytes)
        .web(true)?
        .typescript(false)
        // The later files use the stack pointer and the table, which wasm-bindgen would no longer export.
        .keep_lld_exports(true)
        .remove_name_section(true)
        .generate_output()
        .context("wasm-bindgen failed")?;
    let exports = &mut output.wasm_mut().exports;
    let never_called = exports.iter().filter(|export| NEVER_CALLED.iter().any(|start| export.name.starts_with(start)));
    for export in never_called.map(|export| export.id()).collect::<Vec<_>>() {
        exports.delete(export);
    }
    output.emit(folder).context("cannot write what wasm-bindgen made")?;
    fs::remove_file(&main).with_context(|| format!("cannot remove {}", main.display()))
}
