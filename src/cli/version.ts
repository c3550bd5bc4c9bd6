import { readFileSync } from "node:fs";

/** The version in our package.json: the nearest one above this file, in the sources as in the bundle. */
export function version(): string {
  for (let directory = new URL(".", import.meta.url); ; directory = new URL("..", directory)) {
    const found = readPackage(new URL("package.json", directory));
    if (found?.name === "signalbox" && found.version !== undefined) return found.version;
    if (directory.pathname === "/" || new URL("..", directory).href === directory.href) return "unknown";
  }
}

function readPackage(url: URL): { readonly name?: string; readonly version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(url, "utf8")) as { readonly name?: string; readonly version?: string };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
