// <run-board src="https://console.example/"> in a page of a portal: the console in a frame, with a channel to it.
// An ordinary script, so that it needs no CORS headers. How to use it, and what is guarded: docs/embedding.md.
(() => {
  const VERSION = 1;
  const LONGEST = 65536;
  // CSS pixels. Without it, an element that the page gives no height would be as high as any frame: 150 pixels.
  const MIN_HEIGHT = 480;
  // How long the console may take to answer, in seconds: until its document has loaded, and from then on.
  const LOAD_TIMEOUT = 30;
  const ANSWER_TIMEOUT = 10;
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
  // The page's own style sheet wins over :host. The frame inherits the minimum because a height in per cent counts for nothing
  // in an element without a height.
  sheet.replaceSync(`
    :host { display: block }
    :host(:not([max-height])) { min-height: ${MIN_HEIGHT}px }
    :host([hidden]) { display: none }
    iframe { display: block; width: 100%; height: 100%; border: 0 }
    :host(:not([max-height])) iframe { min-height: inherit }
  `);

  customElements.define("run-board", class extends HTMLElement {
    static observedAttributes = ["src", "view", "zone", "theme", "max-height"];
    #frame = document.createElement("iframe");
    #port = null;
    #ready = false;
    #wanted = null;
    #nonce = null;
    #height = 0;
    #deadline = 0;
    #hear = (event) => this.#greeted(event);

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      this.#frame.allow = "clipboard-write";
      this.#frame.addEventListener("load", () => this.#deadline && this.#expect(ANSWER_TIMEOUT));
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
      this.#height = 0;
      this.#fit();
      this.#expect(LOAD_TIMEOUT);
    }

    /** Reports a console that has not started within so many seconds. Nothing else would: the browser shows an empty frame. */
    #expect(seconds) {
      clearTimeout(this.#deadline);
      this.#deadline = setTimeout(() => this.#miss(), seconds * 1000);
    }

    #settle() {
      clearTimeout(this.#deadline);
      this.#deadline = 0;
    }

    #miss() {
      this.#settle();
      const { origin, href } = this.#address;
      const own = globalThis.origin;
      const setting = `embed.allowedOrigins in its config.json must contain "${own}"`;
      let message = `The console at ${href} did not answer. Usually one of two settings is wrong: ${setting}, and frame-ancestors in the Content-Security-Policy of its server must allow that origin. Otherwise check the address, and whether the server can be reached.`;
      if (own === "null") message = "This page has no origin (it is a file, or in a sandboxed frame), so no console accepts it. Serve it over HTTP.";
      else if (this.#nonce) message = `The console at ${origin} did not accept this page: ${setting}. Its frame-ancestors are right, because the frame has loaded.`;
      // Also in the browser's log, because a page that is still being set up seldom listens for the event.
      console.error(message);
      this.#tell("error", { where: "embed", message });
    }

    #close() {
      this.#settle();
      this.#port?.close();
      this.#port = this.#nonce = null;
      this.#ready = false;
    }

    // Each document in the frame greets once or more, with a number of its own, and gets one channel.
    #greeted(event) {
      const { origin } = this.#address;
      if (event.source !== this.#frame.contentWindow || event.origin !== origin) return;
      const { runboard, version, nonce, message } = read(event.data);
      if (runboard === "failed") {
        this.#settle();
        this.#tell("error", { where: "console", message: String(message) });
      }
      if (runboard !== "hello" || typeof nonce !== "string" || nonce.length > 64) return;
      if (version !== VERSION) this.#tell("error", { where: "portal", message: `The console speaks version ${version} of the hand-over, embed.js ${VERSION}.` });
      if (nonce === this.#nonce) return;
      this.#close();
      this.#nonce = nonce;
      if (version === VERSION) this.#expect(ANSWER_TIMEOUT);
      const { port1, port2 } = new MessageChannel();
      this.#port = port1;
      port1.onmessage = ({ data }) => this.#heard(port1, read(data));
      // To this origin only: if the frame shows another one by now, the browser drops it.
      event.source.postMessage(JSON.stringify({ runboard: "offer", version: VERSION, nonce }), origin, [port2]);
    }

    #heard(port, said) {
      if (port !== this.#port) return;
      const { type, id, address, unseen, height, where, message } = said;
      if (type === "ready") {
        this.#ready = true;
        this.#settle();
        this.#look();
        if (this.#wanted !== null) this.navigate(this.#wanted);
        this.#wanted = null;
        this.#tell("ready", { address });
      } else if (type === "token") this.#give(port, id);
      else if (type === "navigate") this.#tell(type, { address });
      else if (type === "runcreated" || type === "runstopped") this.#tell(type, { id });
      else if (type === "notifications") this.#tell(type, { unseen });
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

    // Only where a cap is given: else the page's style sheet decides the height.
    #fit() {
      const cap = Number(this.getAttribute("max-height"));
      this.#frame.style.height = cap > 0 ? `${Math.min(cap, this.#height || MIN_HEIGHT)}px` : "";
    }

    #say(message) {
      this.#port?.postMessage(JSON.stringify(message));
    }

    #tell(type, detail) {
      this.dispatchEvent(new CustomEvent(type, { detail }));
    }
  });
})();
