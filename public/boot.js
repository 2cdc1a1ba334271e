// Starts the console: configuration, glue and program side by side, and the first page of the list before the program is
// here. External, because the page's policy allows no inline script. Named as it is and asked for anew each time, so that
// it is always the one that is hosted: it is what looks after a page that names files of another build. No module, because
// a frame without an origin of its own gets no modules, and has to be told what it lacks.
(async () => {
"use strict";
const RELOADED = "runboard.reloaded";
const own = document.querySelector("script[data-wasm]").dataset;
const at = (name) => new URL(name, document.baseURI).href;

/** Why it did not start, in words for the panel. `missing`: another page may name other files. */
class Stop extends Error {
  constructor(words, missing = false) {
    super(words);
    this.missing = missing;
  }
}

const MISSING = "A file of the console is missing on the server. A new version may just be being put in place: wait a minute, then reload. If this lasts, tell your administrator that files of this build are missing.";
const CHANGED = "A file of the console is not the one that was built: it was changed on its way, or put in place only in part. It was not run. Tell your administrator.";
const BLOCKED = "This browser was not allowed to run the console’s program. The policy that the page is served with has to allow 'wasm-unsafe-eval'. Tell your administrator.";
const NO_ORIGIN = "This page has no origin of its own: it was opened as a file, or in a frame whose “sandbox” attribute lacks “allow-same-origin” (it needs “allow-scripts allow-same-origin allow-forms allow-downloads”). Nothing of it was started. Tell your administrator.";
const NO_WASM = "This browser has no WebAssembly, or it is switched off. Use a current browser, or ask who manages this one.";
const LOST = "A file of the console could not be loaded or run. The connection may have been lost, or something blocks the file.";

/** Shows the panel with these words, and tells the page around, if there is one: nothing in them is secret. */
const giveUp = (words) => {
  document.getElementById("placeholder")?.remove();
  document.getElementById("stopped-why").textContent = words;
  document.getElementById("stopped").hidden = false;
  if (window.parent !== window) window.parent.postMessage(JSON.stringify({ runboard: "failed", message: words }), "*");
};

const parsed = new Promise((resolve) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve);
  else resolve();
});

if (self.origin === "null") {
  await parsed;
  return giveUp(NO_ORIGIN);
}

// Before the first paint of the application, so that nobody is dazzled.
try {
  document.documentElement.dataset.theme = localStorage.getItem("runboard.theme") ?? "system";
} catch {
  // Storage may be refused; then the system's colours are used.
}
// A frame may be as high as what is in it, so that must not go by the frame's height.
if (window.parent !== window) document.documentElement.dataset.framed = "";

// What was asked for before the program is here. It takes each answer once, for the same address and the same token. Only what it asks
// the API for first is answered so: where another tab reads for all, that may be minutes later, and the answer would be old.
const OLD = 10_000;
const early = new Map();
let programAsks = false;
globalThis.runboardEarly = (address, token) => {
  const key = `${token} ${address}`;
  const answer = early.get(key);
  if (token) {
    programAsks = true;
    early.clear();
  } else early.delete(key);
  return answer && (!token || performance.now() - answer.asked < OLD) ? answer : undefined;
};
const ask = (address, token, init) => {
  const clocks = () => [Date.now(), performance.now()];
  const asked = clocks();
  const controller = new AbortController();
  const sent = fetch(address, { redirect: "error", signal: controller.signal, ...init });
  const answer = sent.then((response) => [response, ...asked, ...clocks()]);
  answer.catch(() => {});
  answer.controller = controller;
  answer.asked = performance.now();
  early.set(`${token} ${address}`, answer);
  return answer;
};

// As the page preloads it.
const config = ask("config.json", "", {});

/**
 * The configuration in this text if the program is sure to accept it, else nothing. Stricter than the program's own check
 * (core/src/config.rs), never laxer: core/tests/fixtures/configs.json is run by both.
 */
const soundConfig = (text) => {
  const matches = (pattern) => (value) => typeof value === "string" && pattern.test(value);
  // No segment begins with a dot, and nothing is encoded.
  const path = matches(/^(\.?\/|(\.?\/)?[\w~-][\w.~-]*(\/[\w~-][\w.~-]*)*\/?)$/);
  const operation = (value) => path(value) && !/^\.|^\/$/.test(value);
  const ofRun = (value) => typeof value === "string" && value.split("{id}").length === 2 && operation(value.replace("{id}", "id"));
  const origin = (value) => matches(/^https?:\/\/[a-z\d]/)(value) && new URL(value).origin === value;
  const between = (least, most) => (value) => Number.isInteger(value) && value >= least && value <= most;
  const flag = (value) => typeof value === "boolean";
  // A text that nobody trims to nothing.
  const label = matches(/[\p{L}\p{N}]/u);
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const keys = (known) => (value) =>
    isObject(value) && Object.entries(value).every(([key, entry]) => Object.hasOwn(known, key) && known[key](entry));
  const isSound = keys({
    $schema: label,
    apiBase: path,
    paths: keys({ create: operation, list: operation, run: ofRun, stop: ofRun, summary: ofRun }),
    auth: keys({
      source: matches(/^(paste|endpoint|host)$/),
      tokenUrl: matches(/^\/[\w~-][\w./?=&~-]*$/),
      storage: matches(/^(session|memory)$/),
      idleMinutes: between(5, 1440),
    }),
    embed: keys({ allowedOrigins: (value) => Array.isArray(value) && value.every(origin) }),
    actions: keys({ create: flag, stop: flag }),
    poll: keys({ seconds: between(5, 300) }),
    environment: label,
    jobs: (value) => isObject(value) && Object.values(value).every(label),
    title: label,
    links: keys({
      job: matches(/^(https?:\/\/[a-z\d][a-z\d.-]*)?\/[\w~-][\w./?=&~-]*\{jobId\}[\w./?=&~-]*$/),
      portal: matches(/^(https?:\/\/[a-z\d][a-z\d.-]*)?\/([\w~-][\w./?=&~-]*)?$/),
    }),
    zone: matches(/^[\w+/-]{1,64}$/),
    theme: matches(/^(system|light|dark)$/),
  });
  const value = JSON.parse(text);
  // A key that stands there twice, an escape or an unusual number: browsers and the program may read these differently.
  const characters = (json) => [...json.replace(/\s/g, "")].sort().join("");
  if (!isSound(value) || characters(text) !== characters(JSON.stringify(value))) return;
  if (value.auth?.source === "endpoint" && !value.auth.tokenUrl) return;
  return value;
};

/** The first page of the list, as the program asks for it: when it will be shown, here is a token, and the API is on this origin. */
const list = async () => {
  const query = new URLSearchParams(location.search);
  const token = sessionStorage.getItem("runboard.token");
  if (query.has("new") || query.get("run") || query.has("diagnostics")) return;
  if (!token || sessionStorage.getItem("runboard.signed-out") !== null) return;
  const { exp } = JSON.parse(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
  if (exp !== undefined && !(Number(exp) * 1000 > Date.now())) return;
  const [answer] = await config;
  if (!answer.ok && answer.status !== 404) return;
  const sound = soundConfig(answer.ok ? await answer.clone().text() : "{}");
  if (!sound || sound.auth?.storage === "memory") return;
  // The program signs out first where nobody was active for too long (src/state/idle.rs).
  const active = sessionStorage.getItem("runboard.active") ?? Date.now();
  if (Date.now() - active >= sound.auth?.idleMinutes * 60_000) return;
  const { apiBase = "/beta", paths } = sound;
  // Another tab may read for all, and tells this one what it knows (src/state/tab_election.rs).
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  if (held.some(({ name }) => name.startsWith("runboard.reader "))) return;
  const address = new URL(`${apiBase.replace(/\/+$/, "")}/${(paths?.list ?? "runs/").replace(/^\/+/, "")}`, document.baseURI);
  if (address.origin !== location.origin) return;
  // A browser may be slower to tell of its locks than to start the program.
  if (programAsks) return;
  ask(address.href, token, {
    cache: "no-store",
    credentials: "omit",
    headers: { Accept: "application/json, application/problem+json", Authorization: `Bearer ${token}` },
  });
};
// Only ever ahead of the program: what goes wrong here, it finds out and tells.
list().catch(() => {});

const loaded = async (address, init) => {
  const response = await fetch(address, init).catch(() => {
    throw new Stop(LOST);
  });
  if (!response.ok) throw new Stop(response.status === 404 ? MISSING : LOST, response.status === 404);
  return response;
};

/** A program, compiled while it arrives and handed out only when its bytes are the ones that were built. */
const program = async (name, integrity) => {
  const address = at(name);
  const response = await loaded(address);
  const bytes = response.clone().arrayBuffer();
  // A server may not know the type; then it is compiled from the bytes.
  const compiled = WebAssembly.compileStreaming(response).catch(async () => WebAssembly.compile(await bytes));
  compiled.catch(() => {});
  const [kind, wanted] = (integrity ?? "").split(/-(.*)/);
  if (wanted && globalThis.crypto?.subtle) {
    const data = await bytes.catch(() => {
      throw new Stop(LOST);
    });
    const digest = await crypto.subtle.digest(kind.replace("sha", "SHA-"), data);
    if (btoa(String.fromCharCode(...new Uint8Array(digest))) !== wanted) throw new Stop(CHANGED);
  } else if (wanted) {
    // Without TLS a page has no digests of its own: the browser is asked for the same, and takes the file from its cache.
    await fetch(address, { integrity }).catch(() => {
      throw new Stop(CHANGED);
    });
  }
  return await compiled.catch((error) => {
    throw error instanceof WebAssembly.CompileError ? new Stop(BLOCKED) : error;
  });
};

const glue = () =>
  import(at(own.glue)).catch(async (error) => {
    // An import does not say why it failed.
    await loaded(at(own.glue), { cache: "no-store" });
    throw error instanceof SyntaxError ? error : new Stop(CHANGED);
  });

/** Without its style sheet the console would look like something else. */
const styled = new Promise((resolve, reject) => {
  const sheet = document.querySelector("link[rel=stylesheet]");
  // One that failed may be there, without a rule in it.
  const there = () => !sheet || sheet.sheet?.cssRules.length > 0;
  const look = () => (there() ? resolve() : reject(sheet));
  if (there()) resolve();
  else if (document.readyState === "complete") look();
  else for (const target of [sheet, window]) for (const name of ["load", "error"]) target.addEventListener(name, look);
}).catch(async (sheet) => {
  await loaded(sheet.href, { cache: "no-store" });
  throw new Stop(CHANGED);
});

// The files of lazy functions, each with its digest. The glue loads one when one of its functions is called; here they are
// fetched ahead. A load that failed is not remembered, so that it can be tried again; its reason is, for the person who reads.
const listed = (names) => names?.split(" ") ?? [];
const digests = new Map(listed(own.later).map((name, place) => [name, listed(own.laterIntegrity)[place]]));
const modules = new Map();
const fetchLater = (name) => {
  if (!modules.has(name)) {
    const module = program(name, digests.get(name));
    modules.set(name, module);
    module.catch(() => modules.delete(name));
  }
  return modules.get(name);
};
let why;
globalThis.runboardLater = {
  /** Begins to fetch a file; gives back what instantiates it. */
  load(name) {
    const module = fetchLater(name);
    module.catch(() => {});
    return async (imports) => {
      try {
        return await WebAssembly.instantiate(await module, imports);
      } catch (error) {
        why = error instanceof Stop ? error.message : LOST;
        throw error;
      }
    };
  },
  /** Why the last load that failed did so, in words. */
  why: () => why,
};
if (digests.size > 0) {
  const moves = ["pointermove", "pointerdown", "keydown", "touchstart"];
  const fetchAll = () => {
    for (const move of moves) removeEventListener(move, fetchAll);
    for (const name of digests.keys()) fetchLater(name).catch(() => {});
  };
  const signedOut = () => {
    try {
      return sessionStorage.getItem("runboard.token") === null;
    } catch {
      return true;
    }
  };
  const query = new URLSearchParams(location.search);
  const needed = query.has("new") || query.get("run") || query.has("diagnostics");
  if (needed || window.parent !== window || signedOut()) fetchAll();
  else for (const move of moves) addEventListener(move, fetchAll, { passive: true });
}

// Page translation replaces text nodes by elements with translated copies of them, while the application keeps writing to the
// nodes it made. So each node is put back, empty, before its copy. When the application changes or removes a node, its copy
// goes, and the translator finds the new text; when the translator takes a copy away, the node gets its text back.
const translated = new WeakMap();
const nodes = new WeakMap();
const isCopy = (element, text) =>
  element?.nodeType === Node.ELEMENT_NODE &&
  !nodes.has(element) &&
  (element.nodeName === "FONT" || element.textContent === text.data);
const translations = new MutationObserver((records) => {
  for (const { type, target, addedNodes, removedNodes, previousSibling, nextSibling } of records) {
    if (type === "characterData") {
      translated.get(target)?.copy.remove();
      translated.delete(target);
      continue;
    }
    for (const node of removedNodes) {
      if (nodes.has(node) && !node.isConnected) {
        const text = nodes.get(node);
        if (translated.has(text)) text.data = translated.get(text).data;
        translated.delete(text);
      } else if (node.nodeType === Node.TEXT_NODE && !node.isConnected) {
        const copy = [...addedNodes, previousSibling, nextSibling].find((element) => isCopy(element, node));
        if (translated.has(node)) {
          translated.get(node).copy.remove();
          translated.delete(node);
        } else if (copy?.isConnected && node.data.trim() !== "") {
          translated.set(node, { copy, data: node.data });
          nodes.set(copy, node);
          node.data = "";
          copy.before(node);
        }
      }
    }
  }
  // What was done here is no news.
  translations.takeRecords();
});
parsed.then(() => {
  translations.observe(document.getElementById("app"), { childList: true, characterData: true, subtree: true });
});

// A panic shows the panel itself; a trap without one (out of memory, or a function called before it was there) cannot.
const trapped = ({ error, reason }) => {
  if (typeof WebAssembly !== "object" || !((error ?? reason) instanceof WebAssembly.RuntimeError)) return;
  for (const part of ["app", "placeholder"]) document.getElementById(part)?.setAttribute("hidden", "");
  document.getElementById("stopped").hidden = false;
};
for (const kind of ["error", "unhandledrejection"]) addEventListener(kind, trapped);

/** Once: a page that is reloaded because a file was missing and misses one again stops and says so. */
const reloads = () => {
  try {
    if (sessionStorage.getItem(RELOADED) !== null) return false;
    sessionStorage.setItem(RELOADED, "1");
    // Refused storage would make this go on for ever.
    return sessionStorage.getItem(RELOADED) !== null;
  } catch {
    return false;
  }
};

try {
  if (typeof WebAssembly !== "object") throw new Stop(NO_WASM);
  const [{ default: start }, module] = await Promise.all([glue(), program(own.wasm, own.wasmIntegrity), styled, parsed]);
  await start({ module_or_path: module });
  try {
    sessionStorage.removeItem(RELOADED);
  } catch {
    // Nothing was kept.
  }
} catch (error) {
  await parsed;
  const panel = document.getElementById("stopped");
  if (error.missing && reloads()) {
    location.reload();
  } else if (panel.hidden) {
    // A panic has its own panel already.
    console.error("Runboard could not start:", error);
    giveUp(error instanceof Stop ? error.message : LOST);
  }
}
})();
