import { createHmac } from "node:crypto";
import type { Client } from "pg";
import type { SecretName } from "@/lib/data-directory/secrets";
import { connectOrExplain } from "@/lib/db/connect-or-explain";
import { parseSignedNote, verifierKeyText } from "@/lib/domain/log/signed-note";
import { getEnv } from "@/lib/env";
import { getLogKeys } from "@/lib/receipts/log/log-keys";

interface SecretRule {
  /** What shows whether the secret is the same, and nothing else about it. The first is the present one's. */
  valuesOf(): Promise<readonly string[]>;
  /** The values that count as seen where none is recorded yet. */
  seenBefore?(client: Client): Promise<readonly string[]>;
  /** The beginning of the sentence about another secret than the database's. */
  readonly problem: string;
  /** Another value would do harm unnoticed. */
  readonly isRequired: boolean;
}

const RULES: Readonly<Record<SecretName, SecretRule>> = {
  DAAI_KEY_PEPPER: {
    valuesOf: () => hmacOf("DAAI_KEY_PEPPER"),
    problem:
      "DAAI_KEY_PEPPER isn't the one this console's database was used with: no API key, link or sealed secret works with it. Restore the earlier one.",
    isRequired: true,
  },
  DAAI_LOG_SIGNING_KEY: {
    valuesOf: async () => (await getLogKeys()).keys.map(verifierKeyText),
    seenBefore: newestSigners,
    problem:
      "DAAI_LOG_SIGNING_KEY isn't a key that signed this console's receipt logs: receipts signed with it can't be verified. Restore the earlier one, or put it in DAAI_LOG_EARLIER_KEYS.",
    isRequired: true,
  },
  NEXTAUTH_SECRET: {
    valuesOf: () => hmacOf("NEXTAUTH_SECRET"),
    problem: "NEXTAUTH_SECRET isn't the one this console used before: everyone has to sign in again. Restore the earlier one.",
    isRequired: false,
  },
};

export interface OtherSecret {
  readonly name: SecretName;
  /** What is wrong, what it leads to, and what to do. */
  readonly sentence: string;
  readonly isRequired: boolean;
}

/**
 * The secrets of the settings that aren't those the database is used with. With `record`, those that were not seen before are
 * remembered, and the newest key of a log whose earlier one this console knows.
 */
export async function findOtherSecrets(databaseUrl: string, { record = false } = {}): Promise<OtherSecret[]> {
  return onTable(databaseUrl, async (client) => {
    const other: OtherSecret[] = [];
    for (const [name, { problem, isRequired, valuesOf, seenBefore }] of Object.entries(RULES) as [SecretName, SecretRule][]) {
      const values = await valuesOf();
      const recorded = await read(client, name);
      const seen = recorded.length > 0 ? recorded : ((await seenBefore?.(client)) ?? []);
      if (seen.length > 0 && !seen.some((value) => values.includes(value))) {
        const sentence = `${problem} If you changed it on purpose: npm run -s admin -- secrets accept ${name}`;
        other.push({ name, sentence, isRequired });
      } else if (record) await write(client, name, values[0]);
    }
    return other;
  });
}

/** From now on the secret of the settings is the one that the database is used with. */
export async function acceptSecret(databaseUrl: string, name: SecretName): Promise<void> {
  await onTable(databaseUrl, async (client) => {
    const [value] = await RULES[name].valuesOf();
    await client.query("DELETE FROM secret_checks WHERE name = $1", [name]);
    await write(client, name, value);
  });
}

/** One at a time: several first starts may have different secrets. */
async function onTable<T>(databaseUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await connectOrExplain(databaseUrl, "daai-console");
  try {
    await client.query("BEGIN");
    await client.query("LOCK TABLE secret_checks IN SHARE ROW EXCLUSIVE MODE");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } finally {
    await client.end();
  }
}

async function read(client: Client, name: string): Promise<string[]> {
  const { rows } = await client.query<{ value: string }>("SELECT value FROM secret_checks WHERE name = $1", [name]);
  return rows.map(({ value }) => value);
}

async function write(client: Client, name: string, value: string | undefined): Promise<void> {
  await client.query("INSERT INTO secret_checks (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING", [name, value]);
}

function hmacOf(name: "DAAI_KEY_PEPPER" | "NEXTAUTH_SECRET"): Promise<string[]> {
  return Promise.resolve([createHmac("sha256", getEnv()[name]).update(`daai secret check ${name}`).digest("hex")]);
}

/** Of this console's keys those that signed the newest checkpoint, and the names of the others, which match none. */
async function newestSigners(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ note: string }>("SELECT note FROM receipt_checkpoints ORDER BY created_at DESC LIMIT 1");
  const signatures = parseSignedNote(rows[0]?.note ?? "")?.signatures ?? [];
  const { keys } = await getLogKeys();
  return signatures.map(({ name }) => {
    const key = keys.find((own) => own.name === name);
    return key ? verifierKeyText(key) : name;
  });
}
