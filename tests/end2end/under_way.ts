// What the pages of a context wait for, so that a clock that leaps does not make an ordinary request look like one that takes minutes.

import type { BrowserContext, Page, Request } from "@playwright/test";

/** So long a request may take, in milliseconds, before it counts as held back by the test. */
const HELD_AFTER = 3_000;
/** So long one that was held back is awaited all the same: the test may have let it go. */
const LET_GO = 300;

/** The requests by `fetch` that are under way. */
export class UnderWay {
  /** With the page that sent each. */
  private readonly requests = new Map<Request, Page>();
  /** Those that did not end in time: the test holds them back. */
  private readonly held = new WeakSet<Request>();
  private readonly crashed = new WeakSet<Page>();
  private changed: () => void = () => {};

  constructor(private readonly context: BrowserContext) {
    context.pages().forEach((page) => this.watch(page));
    context.on("page", (page) => this.watch(page));
  }

  private watch(page: Page): void {
    const ended = (request: Request): void => {
      this.requests.delete(request);
      this.changed();
    };
    page.on("request", (request) => {
      if (request.resourceType() === "fetch") this.requests.set(request, page);
    });
    page.on("requestfinished", ended);
    page.on("requestfailed", ended);
    // The requests of a page that is gone do not end.
    const gone = (): void => [...this.requests].filter(([, sender]) => sender === page).forEach(([request]) => ended(request));
    page.on("close", gone);
    page.on("crash", () => {
      this.crashed.add(page);
      gone();
    });
  }

  /** Waits until all are answered, but for those that the test holds back, and until what follows from the answers is, too. */
  async answered(): Promise<void> {
    const from = Date.now();
    const isAwaited = (request: Request): boolean =>
      Date.now() - from < (this.held.has(request) ? LET_GO : HELD_AFTER);
    const areAwaited = (): boolean => [...this.requests.keys()].some(isAwaited);
    do {
      while (areAwaited()) await this.change();
      // A page that is closed or left meanwhile has nothing to deal with.
      const pages = this.context.pages().filter((page) => !this.crashed.has(page));
      await Promise.all(pages.map((page) => Promise.race([settle(page).catch(() => {}), wait(HELD_AFTER)])));
    } while (areAwaited());
    for (const request of this.requests.keys()) this.held.add(request);
  }

  /** Waits until a request has ended, or it is time to look again. */
  private change(): Promise<void> {
    return Promise.race([wait(50), new Promise<void>((resolve) => (this.changed = resolve))]);
  }
}

const wait = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));

/** Lets a page and its frames deal with the answers and messages that have arrived. */
export async function settle(page: Page): Promise<void> {
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) {
      const { port1, port2 } = new MessageChannel();
      await new Promise((resolve) => {
        port1.onmessage = resolve;
        port2.postMessage(0);
      });
    }
  };
  // A frame may go meanwhile; the page itself may not.
  const [main, ...inner] = page.frames();
  await Promise.all([main?.evaluate(turns), ...inner.map((frame) => frame.evaluate(turns).catch(() => {}))]);
}
