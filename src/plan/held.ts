import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { display } from "../dns/domain-name.ts";
import type { Address } from "../resource/address.ts";
import type { Difference } from "../resource/kind.ts";
import { certificateCovers } from "../tls/coverage.ts";
import type { Draft } from "./draft.ts";
import type { PlanOptions } from "./options.ts";
import type { Held } from "./plan.ts";
import type { Surplus, Wanting } from "./sort-out.ts";

interface Edited {
  readonly address: Address;
  readonly kind: string;
  readonly name: DomainName;
  readonly differences: readonly Difference[];
}

/** Edits by hand that nobody has decided about: they hold back their whole name. */
export function editedByHand(
  wanting: readonly Wanting[],
  surplus: readonly Surplus[],
  options: PlanOptions,
): readonly Edited[] {
  const decided = (address: Address): boolean =>
    options.overwrite.includes(address) || options.acceptLive.includes(address);
  const changed = wanting.flatMap(({ desired, live, differences }) =>
    live?.edited === true ? [{ address: desired.address, kind: desired.kind, spec: desired.spec, differences }] : [],
  );
  const going = surplus.flatMap(({ kind, observed }) =>
    observed.edited
      ? [
          {
            address: observed.address,
            kind,
            spec: observed.spec,
            differences: [{ field: "record", before: "edited by hand", after: "(deleted)" }],
          },
        ]
      : [],
  );
  return [...changed, ...going].flatMap(({ address, kind, spec, differences }) => {
    const name = (spec as { readonly name?: DomainName }).name;
    return name === undefined || decided(address) ? [] : [{ address, kind, name, differences }];
  });
}

export const heldOf = (edited: Edited): Held => ({
  address: edited.address,
  kind: edited.kind,
  differences: edited.differences,
  diagnostic: {
    code: "EDITED_BY_HAND",
    severity: "warning",
    subject: edited.address,
    message: `${edited.address} was changed since Signalbox last wrote it: ${edited.differences.map(({ field, before, after }) => `${field} is ${before}, the manifest wants ${after}`).join("; ")}.`,
    help: `Choose: \`--overwrite ${edited.address}\` puts back what the manifest says, \`--accept-live ${edited.address}\` keeps the edit.`,
  },
});

/** Drops the steps of names that are held back: everything that is only theirs, and what would be taken from under them. */
export function withoutHeld(drafts: readonly Draft[], held: ReadonlySet<DomainName>): readonly Draft[] {
  if (held.size === 0) return drafts;
  return drafts.filter((draft) =>
    draft.owningName === undefined
      ? draft.rank === 0 || ![...held].some((name) => certificateCovers(draft.names, name))
      : !held.has(draft.owningName),
  );
}

/** An address that a user named and that needs no decision is a slip worth a word. */
export function idleDecisions(
  options: PlanOptions,
  wanting: readonly Wanting[],
  surplus: readonly Surplus[],
): readonly Diagnostic[] {
  const edited = new Set([
    ...wanting.filter(({ live }) => live?.edited === true).map(({ desired }) => desired.address),
    ...surplus.filter(({ observed }) => observed.edited).map(({ observed }) => observed.address),
  ]);
  return [...options.overwrite, ...options.acceptLive]
    .filter((address) => !edited.has(address))
    .map((address) => ({
      code: "NOT_EDITED",
      severity: "warning",
      subject: address,
      message: `${address} was not changed by hand: nothing to overwrite or accept.`,
      help: "`signalbox plan` lists the addresses that need a decision.",
    }));
}

export const heldNames = (edited: readonly Edited[]): ReadonlySet<DomainName> =>
  new Set(edited.map(({ name }) => name));

export const heldRemark = (names: ReadonlySet<DomainName>, dropped: number): readonly Diagnostic[] =>
  dropped === 0
    ? []
    : [
        {
          code: "HELD_BACK",
          severity: "remark",
          message: `${dropped} other changes of ${[...names].map(display).toSorted().join(", ")} wait until the edits by hand are decided.`,
        },
      ];
