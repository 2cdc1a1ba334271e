// What goes wrong: in the API, on the way to it, in the network and in this computer's clock.

import type { FaultRule } from "../fixtures.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

/** A kind of trouble; `weight` is how often it is chosen. */
export interface Trouble {
  readonly name: string;
  readonly weight: number;
  begin(world: World, random: Random): Promise<void>;
}

type Fault = FaultRule["fault"];
type Operation = "create" | "stop" | "run" | "list" | "summary" | "any";

const WRITES = ["create", "stop"] as const;
const ALL = ["create", "stop", "run", "list", "summary", "any"] as const;
const READS = ["run", "list", "summary"] as const;

/** A few requests of some operation get the fault, at once or after others. */
const few = (random: Random, operations: readonly Operation[], fault: Fault): FaultRule => ({
  operation: random.pick(operations),
  skip: random.chance(0.25) ? random.between(1, 3) : 0,
  count: random.between(1, 3),
  fault,
});

const rule = (name: string, weight: number, rules: (random: Random) => FaultRule[]): Trouble => ({
  name,
  weight,
  begin: async (world, random) => await world.sandbox.faults(...rules(random)),
});

const refusal = (random: Random, status: number): Fault => ({
  kind: "status",
  status,
  ...(status === 429 || status === 503 ? { headers: { "Retry-After": String(random.between(1, 20)) } } : {}),
});

const GATE = "<!doctype html><title>Sign in</title><h1>Sign in to the portal</h1>";
const NO_TOKEN: readonly Fault[] = [{ kind: "status", status: 503 }, { kind: "html", status: 502 }, { kind: "reset_before" }];
const SECOND = 1000;

/** All of them. */
export const TROUBLES: readonly Trouble[] = [
  rule("an answer that is lost", 4, (random) => [few(random, WRITES, { kind: "reset_after" })]),
  rule("a connection that breaks before", 2, (random) => [few(random, ALL, { kind: "reset_before" })]),
  rule("a request that the browser repeats", 3, () => [{ operation: "create", count: 1, fault: { kind: "reset_repeated" } }]),
  rule("a repeated request that is refused", 3, (random) => [
    { operation: "create", count: 1, fault: { kind: "reset_repeated" } },
    { operation: "create", count: 1, fault: refusal(random, random.pick([400, 409, 429])) },
  ]),
  rule("a repeated stop", 1, () => [{ operation: "stop", count: 1, fault: { kind: "reset_repeated" } }]),
  rule("401", 2, (random) => [few(random, ALL, { kind: "status", status: 401 })]),
  rule("403", 2, (random) => [few(random, ALL, { kind: "status", status: 403 })]),
  rule("409", 2, (random) => [few(random, WRITES, { kind: "status", status: 409 })]),
  rule("429 with a wait", 3, (random) => [few(random, ALL, refusal(random, 429))]),
  rule("500", 2, (random) => [few(random, ALL, { kind: "status", status: 500 })]),
  rule("500 although it was done", 3, (random) => [few(random, WRITES, { kind: "status", status: 500, after: true })]),
  rule("503 with a wait", 2, (random) => [few(random, ALL, refusal(random, 503))]),
  rule("a gate with its own page", 3, (random) => [
    { operation: "any", count: null, fault: { kind: "html", status: random.pick([200, 401, 403, 502]), body: GATE } },
  ]),
  rule("a gateway's page", 2, (random) => [few(random, ALL, { kind: "html", status: random.pick([200, 403, 404, 502]) })]),
  rule("a request that hangs", 2, (random) => [few(random, ALL, { kind: "delay", ms: 60 * SECOND })]),
  rule("slow answers", 4, (random) => [
    { operation: "any", count: random.between(2, 8), fault: { kind: "delay", ms: random.between(100, 2000) } },
  ]),
  rule("truncated answers", 2, (random) => [few(random, ALL, { kind: "truncated_body" })]),
  rule("bad JSON", 2, (random) => [few(random, ALL, { kind: "cut_json" })]),
  rule("answers without a body", 2, (random) => [few(random, ALL, { kind: "empty_body" })]),
  rule("pages of another size", 2, (random) => [few(random, ["list"], { kind: "list_page_size", max: random.between(7, 60) })]),
  rule("a list of another shape", 2, (random) => [
    few(random, ["list"], { kind: random.pick(["list_next_to_itself", "list_other_name", "list_bare_array", "list_no_page_fields"]) }),
  ]),
  rule("an entry that cannot be read", 1, (random) => [
    few(random, ["list"], { kind: "list_broken_entry", index: random.between(0, 20) }),
  ]),
  rule("a status word that is wrong or new", 1, (random) => [
    few(random, READS, { kind: "status_word", word: random.pick(["paused", "running", "scheduled"]) }),
  ]),
  rule("no summary yet", 1, (random) => [few(random, ["summary"], { kind: "missing_blocks" })]),
  rule("a portal that gives no token", 1, (random) => [
    { operation: "token", count: random.between(1, 3), fault: random.pick(NO_TOKEN) },
  ]),
  {
    name: "a list that shifts while its pages are read",
    weight: 2,
    begin: async (world, random) => {
      await world.sandbox.faults({ operation: "list", count: 6, fault: { kind: "delay", ms: 150 } });
      world.soon(random.between(50, 400), async () => await world.othersCreate(random));
    },
  },
  { name: "no network", weight: 3, begin: async (world) => await world.goOffline() },
  { name: "a create that is carried out late", weight: 3, begin: async (world) => await world.holdCreates() },
  {
    name: "a clock that is wrong",
    weight: 2,
    begin: async (world, random) => await world.setPageClock(random.pick([-7200, -600, -90, 45, 300, 5400]) * SECOND),
  },
  {
    name: "a computer that slept",
    weight: 2,
    begin: async (world, random) => await world.advance(random.pick([120, 900, 3600, 10_000])),
  },
];
