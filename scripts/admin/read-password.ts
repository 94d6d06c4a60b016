import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";

/** A password as it is typed, without showing it, or as it comes through a pipe, up to the line break that ends it. */
export async function readPassword(input: NodeJS.ReadStream = process.stdin, prompt: NodeJS.WriteStream = process.stderr): Promise<string> {
  if (!input.isTTY) return (await text(input)).replace(/\r?\n$/, "");
  prompt.write("Password: ");
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input, output: unseen, terminal: true });
  // Ctrl+C ends the command, as everywhere.
  reader.once("SIGINT", () => process.exit(130));
  try {
    return await reader.question("");
  } finally {
    reader.close();
    prompt.write("\n");
  }
}
