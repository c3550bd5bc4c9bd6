import { expect, test } from "vitest";
import type { Event } from "../../src/execute/event.ts";
import { eventLine } from "../../src/report/lines.ts";
import { after, called, started, stepped } from "./events.ts";

const begin = started(["create", "gate/a"], ["drain", "condemned/shop/gate/x"]);
const finished: Event = { type: "finished", at: 0, outcome: "converged", writes: 1, calls: 2, diagnostics: [] };

test.each<[string, Event, string | undefined]>([
  ["the start", begin, "T+00:00  start    2 steps, plan 01234567"],
  ["a wait", stepped("gate/a", "waiting", 65, "its child"), "T+01:05  wait     gate/a waits for its child"],
  ["an end", stepped("gate/a", "done", 3_661), "T+1:01:01  done     gate/a"],
  ["a failure", stepped("gate/a", "failed", 1, "no"), "T+00:01  failed   gate/a: no"],
  [
    "one behind it",
    stepped("gate/a", "skipped", 1, "b did not come about"),
    "T+00:01  skipped  gate/a: b did not come about",
  ],
  ["the station of a deletion", stepped("condemned/shop/gate/x", "done"), "T+00:00  done     drain/shop/gate/x"],
  ["a call's begin: the call says it", stepped("gate/a", "calling", 0, "CreateHealthCheck"), undefined],
  ["a write", called(), "T+00:00  call     route53 ChangeResourceRecordSets in us-east-1"],
  [
    "a write for many",
    called("ok", true, ["a", "b"]),
    "T+00:00  call     route53 ChangeResourceRecordSets in us-east-1 for 2 steps",
  ],
  ["a read that went well", called("ok", false), undefined],
  [
    "a fault",
    called("Throttling", false),
    "T+00:00  call     route53 ChangeResourceRecordSets in us-east-1: Throttling",
  ],
  [
    "a lost answer",
    called("unknown"),
    "T+00:00  call     route53 ChangeResourceRecordSets in us-east-1: the answer was lost",
  ],
  ["the end: the summary says it", finished, undefined],
])("%s", (_name, event, expected) => {
  expect(eventLine(event, after(begin, event))).toBe(expected);
});
