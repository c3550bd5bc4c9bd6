import { readManifest } from "../../src/manifest/read.ts";

/** What a manifest's text is told, as `CODE line:column`, in order. */
export function places(text: string): readonly string[] {
  return readManifest(text, "manifest.yaml").diagnostics.map(
    ({ code, where }) => `${code} ${where?.line}:${where?.column}`,
  );
}

/** A small good manifest: lines 1 to 14. Tests change one thing in it. */
export const good = `version: 1
name: storefront
scopeId: 7f3k9q
zones:
  example.com: {}
certificates:
  shop:
    domains: [shop.example.com, "*.shop.example.com"]
apis:
  shop.example.com:
    certificate: shop
    regions:
      us-east-1: { restApi: 2wkt1cxxxx, stage: prod, basePath: v1 }
      us-west-2: { restApi: 8h2jk1xxxx, stage: prod, basePath: v1 }
`;

/** The good manifest with one piece of its text replaced. */
export function changed(from: string, to: string): string {
  if (!good.includes(from)) throw new Error(`the good manifest has no ${from}`);
  return good.replace(from, () => to);
}

export const top = (lines: string): string => `${good}${lines}\n`;
export const api = (line: string): string => changed("    certificate: shop\n", `    certificate: shop\n    ${line}\n`);
export const cert = (line: string): string =>
  changed('"*.shop.example.com"]\n', `"*.shop.example.com"]\n    ${line}\n`);
export const domains = (list: string): string => changed('[shop.example.com, "*.shop.example.com"]', list);

/** Two names on one REST API in us-east-1, with a health check and these gates. */
export const sharing = (first: string, second: string): string =>
  `${api(`healthCheck: { host: api, path: /prod/healthcheck, gate: ${first} }`)}  a.shop.example.com:
    healthCheck: { host: api, path: /prod/healthcheck, gate: ${second} }
    regions:
      us-east-1: { restApi: 2wkt1cxxxx, stage: prod }
`;
