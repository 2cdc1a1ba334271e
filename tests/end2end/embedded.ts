// What journeys of the embedded console start from: a portal that is configured, a page of an origin that is not, and hands
// on the hand-over itself.

import { type FrameLocator, type Page, expect } from "@playwright/test";
import { type Received, test as base } from "./fixtures.ts";
import { type Portal, startPortal } from "./portal.ts";

/** The tokens that requests carried. */
export const tokensOf = (requests: Received[]): string[] =>
  requests.map(({ headers }) => headers["authorization"]?.replace(/^Bearer /, "") ?? "");

/** What a page around the console may try. */
export interface Around {
  frame: FrameLocator;
  /** Offers a channel; without changes the right one. Offers are numbered from 0. */
  offer(changes: Record<string, unknown>): Promise<void>;
  /** Says something through the first port of an offer; what is no text is said as JSON. */
  say(offer: number, message: unknown): Promise<void>;
  flood(count: number): Promise<void>;
  /** Answers the last question for a token. */
  give(token: string): Promise<void>;
  /** Offers a channel from a frame beside the console's. */
  sibling(): Promise<void>;
  /** Everything that came through the ports. */
  answers(): Promise<{ offer: number; text: string }[]>;
  /** How often it asked for a token. */
  asked(): Promise<number>;
}

interface Embedding {
  /** Configured; on another site than the console. */
  portal: Portal;
  /** On another origin, and not configured. */
  stranger: Portal;
  around: (page: Page, outer: Portal) => Promise<Around>;
}

/** The page's own memory of what it heard. */
type Outer = { greetings: string[]; answers: { offer: number; text: string }[]; ports: (MessagePort | undefined)[] };

export const test = base.extend<Embedding>({
  portal: [
    async ({ server, sandbox, configure, context }, use) => {
      const portal = await startPortal(server);
      portal.gives(async () => await sandbox.token());
      await configure({ auth: { source: "host" }, embed: { allowedOrigins: [portal.origin] } });
      // The host that lets the console be framed: that line is its own to edit.
      await context.route(
        (url) => url.href.split(/[?#]/)[0] === server,
        async (route) => {
          const response = await route.fetch();
          const policy = (response.headers()["content-security-policy"] ?? "").replace("frame-ancestors 'none'", "frame-ancestors http:");
          await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
        },
      );
      await use(portal);
      portal.stop();
    },
    { auto: true },
  ],

  stranger: async ({ server }, use) => {
    const stranger = await startPortal(server, "127.0.0.1");
    await use(stranger);
    stranger.stop();
  },

  around: async ({ server }, use) => {
    await use(async (page, outer) => {
      await page.goto(`${outer.origin}/empty`);
      await page.evaluate((src) => {
        const memory: Outer = { greetings: [], answers: [], ports: [] };
        Object.assign(globalThis, { memory });
        addEventListener("message", (event) => {
          if (typeof event.data === "string" && event.data.includes("hello")) memory.greetings.push(event.data);
        });
        const frame = document.createElement("iframe");
        [frame.width, frame.height, frame.src] = ["1100", "800", src];
        document.body.append(frame);
      }, server);
      await expect.poll(() => page.evaluate(() => (globalThis as unknown as { memory: Outer }).memory.greetings.length)).toBeGreaterThan(0);
      const answers = () => page.evaluate(() => (globalThis as unknown as { memory: Outer }).memory.answers);
      const questions = async () => (await answers()).filter(({ text }) => text.includes('"type":"token"'));
      const say = async (offer: number, message: unknown) =>
        await page.evaluate(
          ([offer, message]) => {
            const { ports } = (globalThis as unknown as { memory: Outer }).memory;
            ports[offer as number]?.postMessage(typeof message === "string" ? message : JSON.stringify(message));
          },
          [offer, message] as const,
        );
      return {
        frame: page.frameLocator("iframe").first(),
        say,
        answers,
        asked: async () => (await questions()).length,
        offer: async (changes) =>
          await page.evaluate((changes) => {
            const { memory } = globalThis as unknown as { memory: Outer };
            const { ports: count = 1, ...rest } = changes as { ports?: number };
            const { nonce } = JSON.parse(memory.greetings.at(-1) ?? "{}") as { nonce: string };
            const offer = memory.ports.length;
            const channels = Array.from({ length: count }, () => new MessageChannel());
            for (const { port1 } of channels) port1.onmessage = ({ data }) => memory.answers.push({ offer, text: String(data) });
            memory.ports.push(channels[0]?.port1);
            const text = JSON.stringify({ runboard: "offer", version: 1, nonce, ...rest });
            document.querySelector("iframe")?.contentWindow?.postMessage(text, "*", channels.map(({ port2 }) => port2));
          }, changes),
        flood: async (count) =>
          await page.evaluate((count) => {
            const port = (globalThis as unknown as { memory: Outer }).memory.ports[0];
            for (let at = 0; at < count; at += 1) port?.postMessage('{"type":"refresh"}');
          }, count),
        give: async (token) => {
          const question = JSON.parse((await questions()).at(-1)?.text ?? "{}") as { id: number };
          await say(0, { type: "token", id: question.id, token });
          const first = (await answers()).findIndex(({ text }) => text.includes('"type":"token"'));
          const offer = (await answers())[first]?.offer ?? 0;
          if (offer !== 0) await say(offer, { type: "token", id: question.id, token });
        },
        sibling: async () => {
          await page.evaluate(() => {
            const { memory } = globalThis as unknown as { memory: Outer };
            const sibling = document.createElement("iframe");
            document.body.append(sibling);
            const { nonce } = JSON.parse(memory.greetings.at(-1) ?? "{}") as { nonce: string };
            // A frame of the portal's own origin, so that only who it is can tell it from the portal.
            const run = (sibling.contentWindow as unknown as { Function: FunctionConstructor }).Function(
              "nonce",
              `const { port1, port2 } = new MessageChannel();
               parent.frames[0].postMessage(JSON.stringify({ runboard: "offer", version: 1, nonce }), "*", [port2]);`,
            ) as (nonce: string) => void;
            run(nonce);
          });
        },
      };
    });
  },
});
