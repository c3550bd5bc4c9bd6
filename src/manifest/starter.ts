/** What a first manifest is filled with. The scope id comes from outside: six random characters of a-z and 0-9. */
export interface Starter {
  readonly name: string;
  readonly scopeId: string;
  /** A hosted zone that exists. */
  readonly zone?: string;
  /** The name to serve, in that zone. */
  readonly host?: string;
  /** At least one; by Region, the id of a REST API and its stage. */
  readonly regions?: Readonly<Record<string, { readonly restApi: string; readonly stage: string }>>;
}

const EXAMPLE = {
  "us-east-1": { restApi: "2wkt1cxxxx", stage: "prod" },
  "us-west-2": { restApi: "8h2jk1xxxx", stage: "prod" },
};

/** The text of a first manifest: it passes every check, and its values are there to be replaced. */
export function starterManifest({
  name,
  scopeId,
  zone = "example.com",
  host = `shop.${zone}`,
  regions = EXAMPLE,
}: Starter): string {
  const stages = Object.values(regions).map(({ stage }) => stage);
  const rows = Object.entries(regions).map(
    ([region, { restApi, stage }]) => `      ${region}: { restApi: ${text(restApi)}, stage: ${text(stage)} }`,
  );
  return `# yaml-language-server: $schema=./signalbox.schema.json
version: 1
name: ${text(name)}
# Tells this manifest from a copy of it. Keep it for the manifest's whole life.
scopeId: ${text(scopeId)}

# Hosted zones that exist and that this manifest may write to.
zones:
  ${zone}: {}

# Requested in every Region that uses them, and proved by a DNS record.
certificates:
  main:
    domains: ["${host}"]

# Names, and the Regions that answer for them.
apis:
  "${host}":
    certificate: main
    healthCheck: { host: api, path: /${stages[0] ?? "prod"}/healthcheck, searchString: ok }
    regions:
${rows.join("\n")}
`;
}

/** Quoted where YAML would read something else than text: digits, `7e1234`, `true`. */
const text = (value: string): string =>
  /^[a-z][a-z0-9-]*$/.test(value) && !["true", "false", "null"].includes(value) ? value : JSON.stringify(value);
