import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const mail = z.object({ key: z.string(), recipient: z.string(), subject: z.string() });
export type SentMail = z.infer<typeof mail>;

/** Where the demo's programs write what they send. */
export const sentMailsPath = (folder: string) => join(folder, "sent-mails.jsonl");

/** What they have sent so far, in order. */
export function readSentMails(folder: string): SentMail[] {
  const path = sentMailsPath(folder);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => mail.parse(JSON.parse(line)));
}
