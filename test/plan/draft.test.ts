import { describe, expect, test } from "vitest";
import { domainName } from "../../src/dns/domain-name.ts";
import { inOrder } from "../../src/plan/draft.ts";
import type { Draft } from "../../src/plan/draft.ts";
import type { Address } from "../../src/resource/address.ts";

const shop = domainName("shop.example.com");
const api = domainName("api.example.com");

const draft = (id: string, over: Partial<Draft> = {}): Draft => ({
  id,
  kind: "api-domain",
  action: "create",
  address: id as Address,
  change: { address: id as Address, before: undefined, after: undefined, guard: undefined },
  differences: [],
  names: [shop],
  references: [],
  rank: 0,
  owningName: shop,
  ...over,
});
const refers = (...ids: readonly string[]): Pick<Draft, "references"> => ({ references: ids });

const after = (drafts: readonly Draft[], id: string): readonly string[] | undefined =>
  inOrder(drafts).find((step) => step.id === id)?.after;
const order = (drafts: readonly Draft[]): readonly string[] => inOrder(drafts).map((step) => step.id);

describe("what is brought about", () => {
  test("waits for what it refers to, as far as that is in the plan", () => {
    const drafts = [draft("b", refers("a", "elsewhere")), draft("a")];
    expect(order(drafts)).toEqual(["a", "b"]);
    expect(after(drafts, "b")).toEqual(["a"]);
  });
});

describe("what is taken away", () => {
  test("goes last: it waits for all that its name still gets, and for lower ranks", () => {
    const drafts = [draft("drop", { rank: 1 }), draft("drain", { rank: 3 }), draft("new"), draft("new2")];
    expect(order(drafts)).toEqual(["new", "new2", "drop", "drain"]);
    expect(after(drafts, "drop")).toEqual(["new", "new2"]);
    expect(after(drafts, "drain")).toEqual(["drop", "new", "new2"]);
  });

  test("does not wait for another name, nor for its own rank", () => {
    const drafts = [
      draft("drop", { rank: 1 }),
      draft("drop2", { rank: 1 }),
      draft("other", { owningName: api, names: [api] }),
    ];
    expect(after(drafts, "drop")).toEqual([]);
  });

  test("a certificate waits for every name that it covers, and the last of a name waits for the certificate", () => {
    const certificate = draft("certificate", {
      owningName: undefined,
      rank: 7,
      names: [shop, domainName("*.example.com")],
    });
    const drafts = [
      certificate,
      draft("drain shop", { rank: 3 }),
      draft("drain api", { rank: 3, owningName: api, names: [api] }),
      draft("release shop", { rank: 8 }),
      draft("drain deep", { rank: 3, owningName: domainName("a.b.example.com"), names: [] }),
    ];
    expect(after(drafts, "certificate")).toEqual(["drain api", "drain shop"]);
    expect(after(drafts, "release shop")).toEqual(["certificate", "drain shop"]);
  });

  test("the order does not depend on the order of the drafts", () => {
    const drafts = [draft("c", { rank: 2 }), draft("b", refers("a")), draft("a"), draft("d", { rank: 1 })];
    expect(order(drafts.toReversed())).toEqual(order(drafts));
  });
});
