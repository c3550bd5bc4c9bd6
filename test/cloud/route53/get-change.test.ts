import { expect, test } from "vitest";
import { NOW, a, batch, call, estate, fault, run } from "./estate.ts";

const made = run(estate(), batch(["CREATE", a("a.example.com.")])).cloud;

test.each([
  ["at once", NOW, "PENDING"],
  ["just before", NOW + 29_999, "PENDING"],
  ["after 30 seconds", NOW + 30_000, "INSYNC"],
])("%s", (_, now, Status) => {
  expect(run({ ...made, now }, call("GetChange", { Id: "/change/C1CHANGE" })).output).toEqual({
    ChangeInfo: { Id: "/change/C1CHANGE", Status, SubmittedAt: NOW },
  });
});

test("changes of one zone become INSYNC in their order", () => {
  const second = run({ ...made, now: NOW + 1 }, batch(["CREATE", a("b.example.com.")]), () => "C2").cloud;
  const status = (id: string, now: number) =>
    (run({ ...second, now }, call("GetChange", { Id: id })).output["ChangeInfo"] as { Status: string }).Status;
  expect([status("C1CHANGE", NOW + 30_000), status("C2", NOW + 30_000), status("C2", NOW + 30_001)]).toEqual([
    "INSYNC",
    "PENDING",
    "INSYNC",
  ]);
});

test("no such change", () => {
  expect(fault(made, call("GetChange", { Id: "C9" }))).toMatchObject({ code: "NoSuchChange", status: 404 });
});
