import { type Command, Option } from "commander";
import { z } from "zod";
import { SECRET_NAMES } from "@/lib/data-directory/secrets";
import { getEnv } from "@/lib/env";
import { addCommand } from "@/scripts/admin/add-command";
import { acceptSecret } from "@/scripts/console/check-secrets";

export function addSecretsCommands(program: Command): void {
  const group = program.command("secrets").description("The secrets this console's database is used with.");
  addCommand(group, {
    usage: "accept <name>",
    summary: `Accept a secret that you changed on purpose, one of ${SECRET_NAMES.join(", ")}. The console refuses to start with another pepper or signing key.`,
    options: [CONFIRM],
    examples: ["secrets accept NEXTAUTH_SECRET --confirm", "secrets accept DAAI_KEY_PEPPER --confirm"],
    input: z.strictObject({
      name: z.enum(SECRET_NAMES, { error: `must be one of ${SECRET_NAMES.join(", ")}` }),
      confirm: z.literal(true).optional(),
    }),
    async run({ name, confirm = false }) {
      if (confirm) await acceptSecret(databaseUrl(), name);
      const text = confirm
        ? `${name} is accepted. Restart every process of the console with it.`
        : `Nothing was changed. With --confirm, the console accepts the ${name} given to this command. ${CONSEQUENCES[name]}`;
      return { document: { name, accepted: confirm }, text };
    },
  });
}

const CONFIRM = new Option("--confirm", "do it; without it, only show the consequences");

const CONSEQUENCES = {
  DAAI_KEY_PEPPER:
    "No API key, workspace key or open link created with the earlier one works again: create new keys afterwards. Budgets with separate limits start from zero.",
  DAAI_LOG_SIGNING_KEY: "Verifiers need its verifier key, which `log keys` shows.",
  NEXTAUTH_SECRET: "Everyone has to sign in again.",
} as const;

function databaseUrl(): string {
  const { DATABASE_DIRECT_URL, DATABASE_URL } = getEnv();
  return DATABASE_DIRECT_URL ?? DATABASE_URL;
}
