import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const mail = z.object({ key: z.string(), recipient: z.string(), subject: z.string() });
export type SentMail = z.infer<typeof mail>;

/** What the demo's programs have sent so far, in order. */
export function readSentMails(path: string): SentMail[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => mail.parse(JSON.parse(line)));
}
