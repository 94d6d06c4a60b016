import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomId } from "@/sdk/typescript/src/payload-hash";
import { type Members, membersOf } from "./messages";

export interface StoredTools {
  /** The payloads of the batches. What people said about them is the console's to know: it is asked with exactly these. */
  readonly batches: readonly Members[];
  /** The definitions that were accepted last, by the tools' names, to show what changed. */
  readonly definitions: ReadonlyMap<string, Members>;
}

/** Nothing for a file that is missing or that can't be read: then everything is asked about again. */
export function readStoredTools(state: string): StoredTools {
  try {
    const { batches, definitions } = membersOf(JSON.parse(readFileSync(fileIn(state), "utf8")));
    return {
      batches: Array.isArray(batches) ? batches.map(membersOf) : [],
      definitions: new Map(Object.entries(membersOf(definitions)).map(([name, definition]) => [name, membersOf(definition)])),
    };
  } catch {
    return { batches: [], definitions: new Map() };
  }
}

/** Whole or not at all. Throws if it can't be written. */
export function writeStoredTools(state: string, { batches, definitions }: StoredTools): void {
  const draft = `${fileIn(state)}.${randomId()}`;
  try {
    mkdirSync(state, { recursive: true, mode: 0o700 });
    writeFileSync(draft, `${JSON.stringify({ batches, definitions: Object.fromEntries(definitions) }, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, fileIn(state));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function fileIn(state: string): string {
  return join(state, "tools.json");
}
