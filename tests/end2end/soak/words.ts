// What the console's sentences claim about a run that was asked for. This is the only file of the soak that knows them.

/** What a notice or a page says of a run. */
export type Claim = "exists" | "several" | "not scheduled" | "unknown";

const CLAIMS: [Claim, RegExp][] = [
  ["several", /(?:exists|was created) (twice|[\d,]+ times)/],
  ["exists", /was created|Scheduled(?:\. The reply|: )|Rescheduled: |was probably scheduled|was scheduled|is scheduled now|created late/],
  ["not scheduled", /was not scheduled|nothing was scheduled|The API refused (?:the run|[\u2066“])/],
  // Not what a form says of an earlier run like the one in its fields: that names no run, so nobody knows which one it is about.
  // Nor what is said of a stop.
  ["unknown", /not known yet whether(?!.*was stopped)|find out whether|was not found in the list|Not found in \d/s],
];

/** The claim that a text makes, if it makes one. */
export function claimOf(text: string): Claim | undefined {
  // "not known whether it was scheduled" and "not scheduled" both have the words of a success in them.
  const doubtful = CLAIMS.filter(([claim]) => claim !== "exists").find(([, words]) => words.test(text));
  return (doubtful ?? CLAIMS.find(([, words]) => words.test(text)))?.[0];
}

/** How many runs a text counts that says that there are several. */
export function severalOf(text: string): number {
  const times = CLAIMS[0]?.[1].exec(text)?.[1] ?? "";
  return times === "twice" ? 2 : Number(times.replace(/\D/g, ""));
}

/** The page of a run says that it was stopped. */
export const SAYS_STOPPED = /Stopped\. Requested/;
/** The page of a run says that a stop was refused. */
export const SAYS_NOT_STOPPED = /The run was not stopped\./;
/** A reschedule says that it is done. */
export const SAYS_RESCHEDULED = /The old run is stopped\./;
/** Something is still being found out. */
export const PENDING = /Scheduling…|Looking for it…|not known yet whether|Asking the API|(Scheduling|Checking|Stopping) the|Check \d of 5/;
/** How many runs a bulk stop has stopped, of how many. */
export const BULK_STOPPED = /(\d+)(?: of \d+)?(?: runs?)? stopped/;
/** A request that was left behind waits for the operator to put other results away. */
export const LEFT_WAITS = /when you have dismissed the results of this tab/;
/** The static panel after a panic. */
export const DEAD = /Runboard stopped|could not start/;

/** Buttons that a notice offers, and that an operator may press. */
export const ANSWERS = [
  "Send again",
  "Do not send again",
  "Schedule another run",
  "Try again",
  "Dismiss",
  "Stop the old run",
  "Check again",
  "Keep both runs",
  "Continue",
  "Cancel remaining stops",
  "Resume updates",
];

/** Where the clock stands in the window of a run, as `phase:` asks for it. */
export type Phase = "upcoming" | "open" | "over" | "stopped";
/** What each state is called in the attribute of its badge, and by `is:`. */
export type State = "scheduled" | "running" | "open" | "completed" | "failed" | "stopped" | "ended";
/** What the filter of each state is called. */
export const FILTERS: readonly [string, State][] = [
  ["Running", "running"],
  ["Open", "open"],
  ["Scheduled", "scheduled"],
  ["Completed", "completed"],
  ["Failed", "failed"],
  ["Stopped", "stopped"],
  ["Ended", "ended"],
];
/** How many runs are listed, and of how many where a query hides some. */
export const COUNTED = /^([\d,]+)(?: of ([\d,]+))? runs?$/;
