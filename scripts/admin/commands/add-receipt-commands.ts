import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { z } from "zod";
import { parseVerifierKey } from "@/lib/domain/log/signed-note";
import { verifyEvidence } from "@/lib/domain/log/verify-evidence";
import { getLogKeys } from "@/lib/receipts/log/log-keys";
import { nodeCheck, sha256 } from "@/lib/receipts/log/node-check";
import { addCommand } from "@/scripts/admin/add-command";
import { CommandError } from "@/scripts/admin/command-error";
import { repeatable } from "@/scripts/admin/option-values";
import { verdictResult } from "@/scripts/admin/verdict-result";

export function addReceiptCommands(program: Command): void {
  const group = program.command("receipts").description("Receipts as evidence.");
  addCommand(group, {
    usage: "verify <FILE>",
    summary: "Verify a receipt file or a log archive. Fails if it doesn't verify.",
    options: [
      repeatable("--key <key>", "a verifier key that you trust; repeat for several (default: this console's own)"),
      repeatable("--checkpoint <file>", "a checkpoint you kept; the log must still begin with what it signed"),
    ],
    examples: ["receipts verify receipt.json", "receipts verify receipts.tar --checkpoint kept.txt"],
    input: z.strictObject({ FILE: z.string(), key: z.array(z.string()).optional(), checkpoint: z.array(z.string()).optional() }),
    async run({ FILE, key, checkpoint = [] }) {
      const keys = key ? await Promise.all(key.map(requireKey)) : (await getLogKeys()).keys;
      // Copied out of a mail, it may lack its last line break.
      const kept = await Promise.all(checkpoint.map(async (file) => `${(await requireFile(file)).toString("utf8").trim()}\n`));
      return verdictResult(await verifyEvidence(nodeCheck, keys, new Uint8Array(await requireFile(FILE)), kept));
    },
  });
}

async function requireKey(text: string) {
  const key = await parseVerifierKey(sha256, text);
  if (!key) throw new CommandError(`${text} isn't a complete verifier key. Copy all of it, as name+hash+base64.`);
  return key;
}

async function requireFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new CommandError(`${path} can't be read: ${(error as Error).message}.`);
  }
}
