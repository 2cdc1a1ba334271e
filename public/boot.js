// Loads the console: the glue and the WebAssembly in parallel, as named on this script's own element. External, because
// the page's policy allows no inline script. When it cannot start, the static panel says why, in plain DOM calls.

const stop = (why) => {
  document.getElementById("placeholder")?.remove();
  document.getElementById("stopped-why").textContent = why;
  document.getElementById("stopped").hidden = false;
};

// Before the first paint of the application, so that nobody is dazzled.
try {
  document.documentElement.dataset.theme = localStorage.getItem("runboard.theme") ?? "system";
} catch {
  // Storage may be refused; then the system's colours are used.
}

const { glue, wasm } = document.querySelector("script[data-wasm]").dataset;

if (typeof WebAssembly !== "object") {
  stop("This browser has no WebAssembly, or it is switched off. Use a current browser, or ask who manages this one.");
} else {
  try {
    const { default: start } = await import(new URL(glue, document.baseURI).href);
    await start({ module_or_path: new URL(wasm, document.baseURI).href });
  } catch (error) {
    console.error("Runboard could not start:", error);
    // A panic has its own panel already.
    if (document.getElementById("stopped").hidden) {
      stop("A file of the console could not be loaded or run. The connection may have been lost, or a new version is just being put in place.");
    }
  }
}
