// Looks for tokens where none may ever be, over the whole suite: in addresses, in what is sent to whom, in what tabs tell each
// other and the names of their locks, in the document, in
// logs and errors, in the history, in storage other than the tab's own entry, in downloads and on the clipboard.

import { readFile } from "node:fs/promises";
import type { BrowserContext, Download, Page, Request } from "@playwright/test";

/** What every token of the sandbox looks like, whole or in another text: a JWT. */
const TOKEN = /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/;
/** Where the sandboxes and the hosts of the tests are. */
const OURS = ["127.0.0.1", "localhost"];

/** What it found, as `where: what`. */
export class Canary {
  private found: string[] = [];
  private readonly downloads: Download[] = [];

  constructor(private readonly context: BrowserContext) {}

  private look(where: string, text: string | null | undefined): void {
    if (text && TOKEN.test(decoded(text))) this.found.push(`${where}: ${text.slice(0, 200)}`);
  }

  /** Listens from now on, to every page of the context. */
  async watch(): Promise<void> {
    this.context.on("request", (request) => this.request(request));
    this.context.on("console", (message) => this.look("log", message.text()));
    this.context.on("weberror", (error) => this.look("error", `${error.error().message} ${error.error().stack ?? ""}`));
    this.context.on("page", (page) => {
      page.on("framenavigated", (frame) => this.look("history", frame.url()));
      page.on("download", (download) => void this.downloads.push(download));
    });
    await this.context.exposeBinding("__copied", (_source, text: string) => this.look("clipboard", text));
    await this.context.exposeBinding("__shared", (_source, where: string, text: string) => this.look(where, text));
    await this.context.addInitScript(() => {
      const shared = (where: string, value: unknown): void => {
        const text = typeof value === "string" ? value : JSON.stringify(value);
        void (globalThis as unknown as { __shared(where: string, text: string): Promise<void> }).__shared(where, text);
      };
      // What other tabs can hear, and which names they can see.
      const post = BroadcastChannel.prototype.postMessage;
      BroadcastChannel.prototype.postMessage = function (this: BroadcastChannel, message: unknown) {
        shared("channel", [this.name, message]);
        post.call(this, message);
      };
      if (navigator.locks) {
        const request = navigator.locks.request.bind(navigator.locks) as (...parts: unknown[]) => Promise<unknown>;
        Object.defineProperty(navigator.locks, "request", {
          configurable: true,
          value: (name: string, ...rest: unknown[]) => {
            shared("lock", name);
            return request(name, ...rest);
          },
        });
      }
    });
    await this.context.addInitScript(() => {
      const { clipboard } = navigator;
      if (!clipboard) return;
      const write = clipboard.writeText.bind(clipboard);
      Object.defineProperty(clipboard, "writeText", {
        configurable: true,
        value: (text: string) => {
          (globalThis as unknown as { __copied(text: string): void }).__copied(text);
          return write(text);
        },
      });
    });
  }

  private request(request: Request): void {
    this.look("address", request.url());
    this.look("body", request.postData());
    const foreign = !OURS.includes(new URL(request.url()).hostname);
    for (const [name, value] of Object.entries(request.headers())) {
      if (name !== "authorization" || foreign) this.look(`header ${name} to ${request.url()}`, value);
    }
  }

  /** Looks at what is there now, and hands out and forgets everything found so far. */
  async take(): Promise<string[]> {
    for (const page of this.context.pages()) await this.page(page);
    for (const download of this.downloads.splice(0)) {
      this.look("download", download.suggestedFilename());
      const path = await download.path().catch(() => undefined);
      if (path) this.look("download", await readFile(path, "utf8"));
    }
    for (const cookie of await this.context.cookies()) this.look(`cookie ${cookie.name}`, cookie.value);
    const found = this.found;
    this.found = [];
    return found;
  }

  private async page(page: Page): Promise<void> {
    for (const frame of page.frames()) {
      const seen = await frame
        .evaluate(async () => {
          const stored = (storage: Storage, but?: string) =>
            Object.entries(storage).filter(([name]) => name !== but).flat().join(" ");
          const from = (read: () => string) => {
            try {
              return read();
            } catch {
              return "";
            }
          };
          const databases = async () => {
            const texts: string[] = [];
            // A frame without an origin of its own has no databases.
            if (origin === "null") return "";
            for (const { name, version } of await indexedDB.databases()) {
              if (name === undefined) continue;
              const database = await new Promise<IDBDatabase>((resolve, reject) => {
                const request = indexedDB.open(name, version);
                request.onsuccess = () => resolve(request.result);
                request.onerror = () => reject(request.error);
              });
              for (const store of database.objectStoreNames) {
                const read = <T>(request: IDBRequest<T>) =>
                  new Promise<T>((resolve, reject) => {
                    request.onsuccess = () => resolve(request.result);
                    request.onerror = () => reject(request.error);
                  });
                const objects = database.transaction(store).objectStore(store);
                texts.push(JSON.stringify([name, await read(objects.getAllKeys()), await read(objects.getAll())]));
              }
              database.close();
            }
            return texts.join(" ");
          };
          // What a person types into the sign-in is theirs until it is taken.
          const fields = [...document.querySelectorAll<HTMLInputElement>("input, textarea, select")];
          return {
            document: `${document.title} ${document.documentElement.outerHTML}`,
            fields: fields.filter((field) => !field.matches(".token-field")).map((field) => field.value).join(" "),
            history: `${location.href} ${JSON.stringify(history.state)} ${document.referrer} ${window.name}`,
            "local storage": from(() => stored(localStorage)),
            // Where a journey has blocked it, nothing is in it.
            IndexedDB: await databases().catch(() => ""),
            "session storage": from(() => stored(sessionStorage, "runboard.token")),
          };
        })
        // A page that is just being left, or was closed.
        .catch(() => ({}));
      for (const [where, text] of Object.entries(seen)) this.look(where, text);
    }
  }
}

/** Percent-encoding would hide the dots of a token from nobody but this. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
