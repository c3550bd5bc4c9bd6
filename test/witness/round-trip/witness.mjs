// Every operation that botocore knows of our services, there and back through the emulator's codec.
import { tsImport } from "tsx/esm/api";

export const needs = ["boto3"];

/** @param {import("../bench.mjs").Bench} bench */
export async function run(bench) {
  const { serveEcho } = /** @type {{ serveEcho: typeof import("./echo.ts").serveEcho }} */ (
    await tsImport("./echo.ts", import.meta.url)
  );
  const server = await serveEcho();
  try {
    await bench.python("test/witness/round-trip/there_and_back.py", server.url);
  } finally {
    await server.close();
  }
}
