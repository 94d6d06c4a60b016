import type { Readable } from "node:stream";

const LINE_BREAK = 0x0a;

/** Calls `onLine` with each line that isn't empty. Not node:readline, which also breaks lines at U+2028. */
export function splitLines(stream: Readable, onLine: (line: string) => void, onEnd: () => void): void {
  let rest: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(LINE_BREAK); end !== -1; end = chunk.indexOf(LINE_BREAK, start)) {
      const line = Buffer.concat([...rest, chunk.subarray(start, end)]).toString("utf8");
      rest = [];
      start = end + 1;
      if (line.trim() !== "") onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  });
  stream.once("end", onEnd);
  stream.once("error", onEnd);
  // Also if it was destroyed before its end.
  stream.once("close", onEnd);
}
