/** Data as one line of JSON, with bytes kept: what a Call, an Entry or an Answer needs on disk and between processes. */
export function toJsonLine(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (member instanceof Uint8Array) return { $bytes: Buffer.from(member).toString("base64") };
    // A Buffer comes here as its own `toJSON` made it.
    return isBufferJson(member) ? { $bytes: Buffer.from(member.data).toString("base64") } : member;
  });
}

/** What `toJsonLine` wrote. Throws a SyntaxError on anything that is not JSON. */
export function fromJsonLine(line: string): unknown {
  return JSON.parse(line, (_, member: unknown) =>
    isBytes(member) ? new Uint8Array(Buffer.from(member.$bytes, "base64")) : member,
  );
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const isBytes = (value: unknown): value is { $bytes: string } =>
  isObject(value) && "$bytes" in value && typeof value.$bytes === "string" && Object.keys(value).length === 1;

const isBufferJson = (value: unknown): value is { data: number[] } =>
  isObject(value) && "type" in value && value.type === "Buffer" && "data" in value && Array.isArray(value.data);
