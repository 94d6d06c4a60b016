import { copyLine } from "./copy-text";
import { runMaker } from "./make-run";
import { runRows } from "./run-rows";
import { runTimes } from "./run-times";
import { seedIds } from "./seed-ids";
import type { SeedWorld } from "./seed-world";
import { seededRandom } from "./seeded-random";
import type { SeededTable } from "./seeded-tables";

/** Runs that are written in one transaction. */
export interface Chunk {
  readonly runs: number;
  readonly receipts: number;
  readonly tables: ReadonlyMap<SeededTable, TableChunk>;
}

interface TableChunk {
  readonly columns: readonly string[];
  /** In COPY's text format. */
  readonly lines: string[];
}

const CHUNK_RUNS = 2000;

/**
 * A history, from its first run to its last. The seed number determines what happens; ids and salts differ from workspace
 * to workspace, so that one number can be used in several.
 */
export function* makeHistory(world: SeedWorld, { runs, seedNumber }: { runs: number; seedNumber: number }): Generator<Chunk> {
  const timeOf = runTimes(runs, world.until);
  const makeRun = runMaker(world, seededRandom(`${seedNumber}`));
  const ids = seedIds(seededRandom(`${seedNumber} ${world.workspaceId}`));
  for (let first = 0; first < runs; first += CHUNK_RUNS) {
    const end = Math.min(runs, first + CHUNK_RUNS);
    const tables = new Map<SeededTable, TableChunk>();
    for (let index = first; index < end; index++) {
      for (const [table, row] of runRows(world, ids, makeRun(timeOf(index)))) {
        const chunk = tables.get(table) ?? { columns: Object.keys(row), lines: [] };
        chunk.lines.push(copyLine(Object.values(row)));
        tables.set(table, chunk);
      }
    }
    yield { runs: end - first, receipts: tables.get("receipts")?.lines.length ?? 0, tables };
  }
}
