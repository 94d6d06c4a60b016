import { createPrivateKey } from "node:crypto";
import type { Command } from "commander";
import { z } from "zod";
import { changeLogSecrets, type LogSecrets, makeLogSigningKey } from "@/lib/data-directory/secrets";
import { verifierKeyText } from "@/lib/domain/log/signed-note";
import { getEnv } from "@/lib/env";
import { getLogKeys, signerOf } from "@/lib/receipts/log/log-keys";
import { addCommand } from "@/scripts/admin/add-command";
import { CommandError } from "@/scripts/admin/command-error";
import { optional } from "@/scripts/admin/option-values";
import { factLines } from "@/scripts/admin/text-table";
import { addLogArchiveCommands } from "./add-log-archive-commands";
import { addLogRestartCommand } from "./add-log-restart-command";

export function addLogCommands(program: Command): void {
  const group = program.command("log").description("Receipt logs: one per workspace, signed with the console's key.");
  addKeys(group);
  addRotateKey(group);
  addLogArchiveCommands(group);
  addLogRestartCommand(group);
}

function addKeys(group: Command): void {
  addCommand(group, {
    usage: "keys",
    summary: "Show the public keys of current and earlier signing keys.",
    examples: ["log keys"],
    input: z.strictObject({}),
    async run() {
      const { signers, keys } = await getLogKeys();
      const rows = keys.map((key) => ({ verifier_key: verifierKeyText(key), signs: signers.some((signer) => signer.key === key) }));
      // Whole, to be copied: verifiers take no shortened key.
      return { document: { keys: rows }, text: factLines(rows.map((row) => [row.verifier_key, row.signs ? "signs" : "no longer signs"])) };
    },
  });
}

function addRotateKey(group: Command): void {
  addCommand(group, {
    usage: "rotate-key",
    summary: "Create a new signing key. Both keys sign until --finish, so that verifiers have time to learn the new one.",
    options: [optional("--finish", "stop signing with the old keys; they stay published for old checkpoints")],
    examples: ["log rotate-key", "log rotate-key --finish"],
    input: z.strictObject({ finish: z.literal(true).optional() }),
    async run({ finish = false }) {
      const change = finish ? await withoutOldSigners() : withNewSigner;
      let changed: LogSecrets | undefined;
      const isKept = await changeLogSecrets(getEnv().DAAI_DATA_DIR, (known) => {
        if (known.signingKey !== getEnv().DAAI_LOG_SIGNING_KEY) throw new CommandError(FROM_SETTINGS);
        return (changed = change(known));
      });
      if (!isKept || !changed) throw new CommandError(FROM_SETTINGS);
      const { key } = await signerOf(createPrivateKey(changed.signingKey));
      const text = finish
        ? "From now on, only the newest key signs."
        : `The new verifier key is ${verifierKeyText(key)}\nGive it to everyone who verifies your receipts, then finish with: npm run -s admin -- log rotate-key --finish`;
      return {
        document: { verifier_key: verifierKeyText(key), finished: finish },
        text: `${text}\nRestart every process of the console. Keys are read at startup.`,
      };
    },
  });
}

const FROM_SETTINGS =
  "The log's key comes from the settings: put a new key (openssl rand -base64 32) into DAAI_LOG_SIGNING_KEY and the old one into DAAI_LOG_EARLIER_KEYS. To stop signing with the old key, replace it there with its verifier key (npm run -s admin -- log keys).";

/** The file keeps private keys in one line, as the setting takes them. */
function withNewSigner({ signingKey, earlierKeys }: LogSecrets): LogSecrets {
  return { signingKey: makeLogSigningKey(), earlierKeys: [signingKey.trim().replaceAll("\n", "\\n"), ...earlierKeys.filter(Boolean)] };
}

async function withoutOldSigners(): Promise<(known: LogSecrets) => LogSecrets> {
  const [, ...old] = (await getLogKeys()).keys;
  return ({ signingKey }) => ({ signingKey, earlierKeys: old.map(verifierKeyText) });
}
