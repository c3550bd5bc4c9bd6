import { cases } from "../simulate-cases.ts";
import type { Case } from "../simulate-cases.ts";
import type { NameVersion, Version } from "../simulate-manifests.ts";

const wanting = cases.find(({ name }) => name.startsWith("a run that wants a Region while"));
const lateDeletion = cases.find(({ lateOnce }) => lateOnce !== undefined);
if (wanting === undefined || lateDeletion === undefined)
  throw new Error("the cases of the simulation have other names");
/** Both Regions. */
const both = wanting.second;

const changed = (version: Version, change: (name: NameVersion) => NameVersion): Version => ({
  ...version,
  names: version.names.map(change),
});

const other = changed(both, (name) => ({ ...name, name: "www.example.net" }));
const twoNames: Version = { ...both, names: [...both.names, ...other.names] };
const oneRetired: Version = { ...other, retire: both.names.map(({ name }) => name) };

/** Cases of the simulation for what its own cases do not come near to. */
export const directed: readonly Case[] = [
  {
    name: "a name is retired, and wanted again while reads still show its endpoint",
    earlier: twoNames,
    first: oneRetired,
    second: twoNames,
    pauses: [1_000],
    rules: [{ operations: ["GetDomainNames", "GetDomainName"], chance: 1, what: { do: "stale", seconds: 60 } }],
  },
  {
    ...lateDeletion,
    name: "the deletion of a mapping whose answer is lost lands when another run has made the thing anew",
    lateOnce: "DeleteBasePathMapping",
  },
];
