// Types for `embed.js`, which defines the element <run-board>.

/** The console in a frame. Attributes: `src`, `view`, `zone`, `theme`, `max-height`. */
export interface RunBoardElement extends HTMLElement {
  /**
   * Gives a token (a JWT) for the runs API. Called whenever the console needs one: at its start, before a token expires, and
   * after the API refused one. It has ten seconds. What it throws is shown to the person, so put it in words.
   */
  fetchToken?: () => string | Promise<string>;
  /** Shows an address of the console: its query, such as `?new` or `?run=17`. Throws a TypeError for anything else. */
  navigate(address: string): void;
  /** Has the console read again what it shows. */
  refresh(): void;

  addEventListener<K extends keyof RunBoardEvents>(
    type: K,
    listener: (this: RunBoardElement, event: RunBoardEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

/** What the element says. None of these bubbles. */
export interface RunBoardEvents {
  /** The console is there, and shows this address. */
  ready: CustomEvent<{ address: string }>;
  /** It shows another address. */
  navigate: CustomEvent<{ address: string }>;
  /** A run was scheduled in it. */
  runcreated: CustomEvent<{ id: string }>;
  /** A run was stopped in it: the API took the request. */
  runstopped: CustomEvent<{ id: string }>;
  /** So many notifications were not seen yet. */
  notifications: CustomEvent<{ unseen: number }>;
  /** What it shows is so many CSS pixels high. */
  resize: CustomEvent<{ height: number }>;
  /**
   * Something failed. `where`: `api`, `console`, `portal` (what the page sent was refused) or `embed` (the console did not start
   * in its frame; the message names the settings that are usually wrong).
   */
  error: CustomEvent<{ where: string; message: string }>;
}

declare global {
  interface HTMLElementTagNameMap {
    "run-board": RunBoardElement;
  }
}
