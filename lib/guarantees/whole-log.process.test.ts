import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InterceptResponse } from "@/lib/contract/intercept";
import type { LogCheckpointResponse } from "@/lib/contract/receipt-log";
import { ADVISORY_LOCKS } from "@/lib/db/advisory-locks";
import { disconnectDb, getDb } from "@/lib/db/client";
import { bytesOfHex } from "@/lib/domain/log/byte-text";
import { type Checkpoint, openCheckpoint } from "@/lib/domain/log/checkpoint";
import { verifyLog } from "@/lib/domain/log/verify-log";
import { isConsistent } from "@/lib/domain/log/verify-merkle-proof";
import { getLogKeys } from "@/lib/receipts/log/log-keys";
import { nodeCheck, sha256 } from "@/lib/receipts/log/node-check";
import { openLog } from "@/lib/receipts/log/open-log";
import { type Answer, INTERCEPT } from "@/lib/testing/api-suite/api-client";
import { atOnce, makeAction, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type ConsoleProcess, type Consoles, startConsole, startConsoles } from "@/lib/testing/guarantees/start-consoles";
import { untilAnswered } from "@/lib/testing/guarantees/until-answered";
import { workOnDatabase } from "@/lib/testing/guarantees/work-on-database";
import { type KillablePostgres, startKillablePostgres } from "@/lib/testing/killable-postgres";

const WRITERS = 8;
const KILLS = proofSize(6, 50);
const TIMEOUT_MS = proofSize(600_000, 3_600_000);

let postgres: KillablePostgres;
let daai: ConsoleProcess;
let sequencers: Consoles;
let workspace: TestWorkspace;

beforeAll(async () => {
  postgres = await startKillablePostgres();
  await workOnDatabase(postgres.url);
  daai = await startConsole({ env: { DAAI_WORKER: "off" } });
  sequencers = await startConsoles(2, { env: { DAAI_WORKER: "only" } });
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
});

afterAll(async () => {
  await Promise.all([daai?.stop(), sequencers?.stop()]);
  await disconnectDb();
  await postgres?.close();
});

describe("the log of receipts has no gap, no fork, and leaves none out", () => {
  it("with kill -9 of its sequencers and of the database", { timeout: TIMEOUT_MS }, async () => {
    const witness = await startWitness();
    const acknowledged = new Set<string>();
    let isOver = false;
    const writing = atOnce(WRITERS, async (writer) => {
      for (let n = 0; !isOver; n++) {
        const request = { action: "export_report", payload: { writer, n }, idempotency_key: `${writer}:${n}` };
        const answer = await untilAnswered(() => daai.api.post(INTERCEPT, request, { as: workspace }));
        expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
        acknowledged.add((answer.json as InterceptResponse).receipt?.id ?? "");
        witness.see(answer);
      }
    });
    for (let kill = 0; kill < KILLS; kill++) {
      await witness.hasSeenMore();
      // Every other kill is aimed at a log that is just being extended.
      if (kill % 2 === 0) await untilExtending();
      else await sleep(Math.random() * 500);
      await CRASHES[kill % CRASHES.length]?.();
    }
    isOver = true;
    await Promise.all([writing, witness.stop()]);
    await restartDatabase();
    await expect.poll(() => getDb().waitingReceipt.count(), { timeout: 60_000, interval: 50 }).toBe(0);

    const log = await openLog(workspace.ctx);
    if (!log) throw new Error("There is a log.");
    const { problems, proved } = await verifyLog(nodeCheck, (await getLogKeys()).keys, log.read, [
      ...witness.notes,
      ...(await signedNotes()),
    ]);
    expect([problems, proved.length > 0]).toEqual([[], true]);
    const places = await getDb().receiptPlace.findMany({ orderBy: { logIndex: "asc" } });
    const receipts = await getDb().receipt.findMany({ select: { id: true } });
    const kept = new Set(receipts.map(({ id }) => id));
    const figures = {
      receipts: log.size,
      kills: KILLS,
      gaps: places.filter(({ logIndex }, index) => logIndex !== BigInt(index)).length,
      "left out": receipts.length - log.size,
      lost: [...acknowledged].filter((id) => !kept.has(id)).length,
      "checkpoints seen that do not fit": problems.length,
    };
    printFigures("The log, with kill -9 of sequencers and database", {
      ...figures,
      "checkpoints seen outside": witness.notes.size,
      "consistency proofs checked": witness.proofs,
    });
    expect(figures).toEqual({
      receipts: receipts.length,
      kills: KILLS,
      gaps: 0,
      "left out": 0,
      lost: 0,
      "checkpoints seen that do not fit": 0,
    });
    expect(acknowledged.size).toBeGreaterThan(0);
  });
});

const CRASHES = [
  () => sequencers.of(0).restart("SIGKILL"),
  restartDatabase,
  () => Promise.all([0, 1].map((turn) => sequencers.of(turn).restart("SIGKILL"))),
  restartDatabase,
  () => sequencers.of(1).restart("SIGKILL"),
] as const;

async function restartDatabase(): Promise<void> {
  await postgres.kill();
  await postgres.start();
}

async function signedNotes(): Promise<string[]> {
  return (await getDb().receiptCheckpoint.findMany({ select: { note: true } })).map(({ note }) => note);
}

/** Someone outside who keeps every checkpoint, and asks for a proof whenever the log has grown. */
async function startWitness() {
  const { keys } = await getLogKeys();
  const notes = new Set<string>();
  let kept: Checkpoint | null = null;
  let proofs = 0;
  let isStopped = false;
  const open = async (note: string): Promise<Checkpoint> => {
    const opened = await openCheckpoint(nodeCheck, note, keys);
    if (!opened.ok) throw new Error(opened.problem);
    notes.add(note);
    return opened.checkpoint;
  };
  const look = async (): Promise<void> => {
    const from: Checkpoint | null = kept;
    const path = `/api/v1/sdk/log/checkpoint${from ? `?from=${from.size}` : ""}`;
    const answer = await daai.api.get(path, { as: workspace }).catch(() => undefined);
    const { checkpoint, consistency_proof: proof } = (answer?.status === 200 ? answer.json : {}) as Partial<LogCheckpointResponse>;
    if (!checkpoint) return;
    const newest = await open(checkpoint);
    if (from) {
      const step = { firstSize: from.size, firstRoot: from.rootHash, size: newest.size, rootHash: newest.rootHash };
      const hashes = (proof ?? []).map((hash) => bytesOfHex(hash) ?? new Uint8Array());
      expect([newest.origin, await isConsistent(sha256, { ...step, proof: hashes })]).toEqual([from.origin, true]);
      proofs++;
    }
    kept = newest;
  };
  const looking = (async () => {
    while (!isStopped) {
      await look();
      await sleep(20);
    }
  })();
  looking.catch(() => (isStopped = true));
  return {
    notes,
    get proofs() {
      return proofs;
    },
    see: ({ headers }: Answer) => {
      const shown = headers.get("daai-checkpoint");
      if (shown !== null) notes.add(Buffer.from(shown, "base64").toString());
    },
    hasSeenMore: async () => {
      const before = notes.size;
      await expect.poll(() => isStopped || notes.size > before, { timeout: 120_000, interval: 10 }).toBe(true);
    },
    stop: async () => {
      isStopped = true;
      await looking;
    },
  };
}

/** Waits for a moment in which a sequencer holds the log, ten seconds at most. */
async function untilExtending(): Promise<void> {
  const client = new Client({ connectionString: postgres.url });
  client.on("error", () => undefined);
  await client.connect();
  await client.query(`
    DO $$ BEGIN
      FOR attempt IN 1..10000 LOOP
        EXIT WHEN EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = ${ADVISORY_LOCKS.receiptLogs} AND granted);
        PERFORM pg_sleep(0.001);
      END LOOP;
    END $$`);
  await client.end();
}
