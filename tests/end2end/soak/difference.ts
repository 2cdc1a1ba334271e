// A difference between what the console shows and what the server has.

/** Ends an episode. */
export class Difference extends Error {
  constructor(
    /** What is wrong, in a sentence. */
    readonly what: string,
    readonly shown: unknown,
    readonly server: unknown,
  ) {
    super(what);
  }
}
