import { closeSync, fdatasyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";

/** A file that grows by whole lines. */
export interface AppendFile {
  /**
   * Adds a line; when it throws, the line is not in the file. It survives the end of this process, and with `flush`
   * that of the machine.
   */
  append(line: string, flush: boolean): void;
  /** Takes all lines out. */
  clear(): void;
  /** Bytes. */
  size(): number;
  close(): void;
}

/**
 * Opens or makes the file; `lines` are the whole ones. What a killed writer left of its last line was never
 * acknowledged, and is cut off.
 */
export function openAppendFile(path: string): { readonly file: AppendFile; readonly lines: readonly string[] } {
  closeSync(openSync(path, "a", 0o600));
  const content = readFileSync(path);
  const size = content.lastIndexOf("\n") + 1;
  const lines = content.toString("utf8", 0, size).split("\n").slice(0, -1);
  // Not for appending: a line that could not be written whole is overwritten by the next.
  const fd = openSync(path, "r+");
  ftruncateSync(fd, size);
  return { file: appendFile(fd, size), lines };
}

function appendFile(fd: number, initialSize: number): AppendFile {
  let size = initialSize;
  return {
    append(line, flush) {
      const bytes = Buffer.from(`${line}\n`);
      for (let written = 0; written < bytes.length;)
        written += writeSync(fd, bytes, written, bytes.length - written, size + written);
      if (flush) fdatasyncSync(fd);
      size += bytes.length;
    },
    clear() {
      ftruncateSync(fd, 0);
      size = 0;
    },
    size: () => size,
    close: () => closeSync(fd),
  };
}
