import { expect, test } from "vitest";
import { cases, pausesOf, playedCase } from "./simulate-cases.ts";

/** Raise it for every turn (PAUSES=1 is each of them). */
const STEP = Number(process.env["PAUSES"] ?? 12);

test.each(cases)("$name: paused after its turns, no answer is lost, and all comes to rest", async (each) => {
  for (const pause of pausesOf(each, STEP)) {
    const { broken, trace, met } = await playedCase(each, pause);
    const shown = broken === undefined ? [] : trace.slice(-30);
    expect({ pause, broken, trace: shown }).toEqual({ pause, broken: undefined, trace: [] });
    expect(met.calls[0]).toBeGreaterThan(30);
  }
});
