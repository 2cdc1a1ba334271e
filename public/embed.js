// <run-board src="https://console.example/"> in a page of a portal: the console in a frame, with a channel to it.
// An ordinary script, so that it needs no CORS headers. How to use it, and what is guarded: docs/embedding.md.
(() => {
  const VERSION = 1;
  const LONGEST = 65536;
  if (!globalThis.customElements || customElements.get("run-board")) return;

  const read = (text) => {
    if (typeof text !== "string" || text.length > LONGEST) return {};
    try {
      return JSON.parse(text) ?? {};
    } catch {
      return {};
    }
  };
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(":host { display: block } :host([hidden]) { display: none } iframe { display: block; width: 100%; height: 100%; border: 0 }");

  customElements.define("run-board", class extends HTMLElement {
    static observedAttributes = ["src", "view", "zone", "theme", "max-height"];
    #frame = document.createElement("iframe");
    #port = null;
    #ready = false;
    #wanted = null;
    #nonce = null;
    #height = 0;
    #hear = (event) => this.#greeted(event);

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      this.#frame.allow = "clipboard-write";
      root.append(this.#frame);
    }

    connectedCallback() {
      addEventListener("message", this.#hear);
      this.#frame.title = this.title || "Runboard";
      this.#load();
    }

    disconnectedCallback() {
      removeEventListener("message", this.#hear);
      this.#close();
    }

    attributeChangedCallback(name, before, after) {
      if (!this.isConnected || before === after) return;
      if (name === "src") this.#load();
      else if (name === "view") this.navigate(after ?? "");
      else if (name === "max-height") this.#fit();
      else this.#look();
    }

    /** Shows an address of the console: its query, such as `?new`. */
    navigate(address) {
      if (!/^(\.\/)?(\?[^#]*)?$/.test(address)) throw new TypeError(`${address} is no address of the console`);
      if (this.#ready) this.#say({ type: "navigate", address });
      else this.#wanted = address;
    }

    /** Has the console read again what it shows. */
    refresh() {
      if (this.#ready) this.#say({ type: "refresh" });
    }

    get #address() {
      return new URL(this.getAttribute("src") ?? "", document.baseURI);
    }

    #load() {
      this.#close();
      if (!this.hasAttribute("src")) return;
      const address = this.#address;
      if (!/^https?:$/.test(address.protocol)) throw new TypeError(`${address} is not an http(s) address`);
      address.search = (this.getAttribute("view") ?? "").replace(/^\.\//, "");
      this.#frame.src = address.href;
    }

    #close() {
      this.#port?.close();
      this.#port = this.#nonce = null;
      this.#ready = false;
    }

    // Each document in the frame greets once or more, with a number of its own, and gets one channel.
    #greeted(event) {
      const { origin } = this.#address;
      if (event.source !== this.#frame.contentWindow || event.origin !== origin) return;
      const { runboard, version, nonce, message } = read(event.data);
      if (runboard === "failed") this.#tell("error", { where: "console", message: String(message) });
      if (runboard !== "hello" || typeof nonce !== "string" || nonce.length > 64) return;
      if (version !== VERSION) this.#tell("error", { where: "portal", message: `The console speaks version ${version} of the hand-over, embed.js ${VERSION}.` });
      if (nonce === this.#nonce) return;
      this.#close();
      this.#nonce = nonce;
      const { port1, port2 } = new MessageChannel();
      this.#port = port1;
      port1.onmessage = ({ data }) => this.#heard(port1, read(data));
      // To this origin only: if the frame shows another one by now, the browser drops it.
      event.source.postMessage(JSON.stringify({ runboard: "offer", version: VERSION, nonce }), origin, [port2]);
    }

    #heard(port, said) {
      if (port !== this.#port) return;
      const { type, id, address, height, where, message } = said;
      if (type === "ready") {
        this.#ready = true;
        this.#look();
        if (this.#wanted !== null) this.navigate(this.#wanted);
        this.#wanted = null;
        this.#tell("ready", { address });
      } else if (type === "token") this.#give(port, id);
      else if (type === "navigate") this.#tell(type, { address });
      else if (type === "runcreated" || type === "runstopped") this.#tell(type, { id });
      else if (type === "resize") {
        this.#height = Number(height) || 0;
        this.#fit();
        this.#tell(type, { height: this.#height });
      } else if (type === "error") this.#tell(type, { where, message });
    }

    async #give(port, id) {
      const answer = { type: "token", id };
      try {
        if (typeof this.fetchToken !== "function") throw new Error("This page has no fetchToken.");
        answer.token = String(await this.fetchToken());
      } catch (error) {
        answer.error = String(error?.message ?? error);
      }
      if (port === this.#port) port.postMessage(JSON.stringify(answer));
    }

    #look() {
      if (!this.#ready) return;
      this.#say({ type: "appearance", zone: this.getAttribute("zone"), theme: this.getAttribute("theme") });
    }

    // Only where a cap is given: else the height is the page's own affair.
    #fit() {
      const cap = Number(this.getAttribute("max-height"));
      this.#frame.style.height = cap > 0 && this.#height > 0 ? `${Math.min(cap, this.#height)}px` : "";
    }

    #say(message) {
      this.#port?.postMessage(JSON.stringify(message));
    }

    #tell(type, detail) {
      this.dispatchEvent(new CustomEvent(type, { detail }));
    }
  });
})();
