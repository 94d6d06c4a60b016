// The durable runner with a real console: what the documentation shows, a file shared with Python, and runners that are killed.

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { DaaiClient } from "../src/index";
import { filesOfPage } from "./adapter-page";
import { bundle, programFolder } from "./bundle";
import { executionsIn, RunnerProcess } from "./runner-process";
import { commandWithSqlite } from "./runtimes/installed-runtimes";
import { buildProgram, SqliteStores } from "./sqlite-stores";
import { decide, env, registerAction, run, SETTINGS } from "./test-console";

const folder = programFolder("runner");
let sqlite: SqliteStores;
beforeAll(async () => {
  sqlite = await SqliteStores.start(folder);
}, 120_000);
afterAll(() => {
  sqlite.stop();
  rmSync(folder, { recursive: true });
});

const newAction = (name: string) => `${name}_${crypto.randomUUID().slice(0, 8)}`;

/** The programs of the page about the runner in both languages, about an action and an invoice. */
async function writePage(action: string): Promise<void> {
  const edit = (code: string, invoice: string) => code.replaceAll("send_invoice_reminder", action).replaceAll("INV-1025", invoice);
  for (const [name, code] of filesOfPage("action-runner")) {
    const program = await bundle(edit(code, "INV-TS"), { platform: "node" });
    writeFileSync(join(folder, name.replace(".ts", ".mjs")), program);
  }
  const page = readFileSync("components/docs/content/action-runner.mdx", "utf8");
  for (const [, name = "", code = ""] of page.matchAll(/^```python title="(\w+\.py)"\n([^]*?)^```/gm)) {
    writeFileSync(join(folder, name), edit(code, "INV-PY"));
  }
}

async function play(...command: readonly string[]): Promise<string> {
  const [program = "", ...args] = command;
  const { apiKey, workspaceKey, baseUrl } = SETTINGS;
  const keys = { DAAI_API_KEY: apiKey, DAAI_WORKSPACE_KEY: workspaceKey, DAAI_BASE_URL: baseUrl };
  const settings = { ...process.env, ...keys, PYTHONPATH: resolve("sdk/python/src") };
  return (await run(program, args, { cwd: folder, env: settings })).stdout;
}
const typescript = async (name: string) => play(...(await commandWithSqlite()), `${name}.mjs`);
const python = (...args: readonly string[]) => play(env("PYTHON"), ...args);

const runIdIn = (text: string) => /^left to the runner: (\S+)\n$/.exec(text)?.[1] ?? expect.unreachable(text);

test("the programs of the page store runs, and each language executes what the other stored", async () => {
  const action = newAction("remind");
  await registerAction(action);
  await writePage(action);
  const byTypeScript = runIdIn(await typescript("propose"));
  const byPython = runIdIn(await python("propose.py"));
  expect(await typescript("runner")).toBe("0 executed\n");
  expect((await python("-m", "daai", "pending")).match(/"pending"/g)?.length).toBe(2);
  await decide(byTypeScript, "approve", "Send it.");
  expect(await python("runner.py")).toBe("sending a reminder for INV-TS\n1 executed\n");
  await decide(byPython, "approve", "Send it.");
  expect(await typescript("runner")).toBe("sending a reminder for INV-PY\n1 executed\n");
  expect(await typescript("propose")).toBe("nothing was run: approved executed\n");
  expect([await typescript("runner"), await typescript("watch"), await python("-m", "daai", "pending")]).toEqual(["0 executed\n", "", ""]);
}, 120_000);

test(
  "runners that are killed at any moment run nothing twice and lose nothing",
  async () => {
    const [count, kills] = [proofSize(20, 600), proofSize(3, 80)];
    const action = newAction("work");
    await registerAction(action, ["--policy", "always_allow"]);
    const path = join(folder, "killed.db");
    const store = sqlite.open(path);
    const client = new DaaiClient(SETTINGS);
    const runs = new Map<number, string>();
    for (let number = 0; number < count; number += 1) {
      const { actionRunId } = await client.intercept({ action, payload: { number } });
      await store.add(actionRunId, action, { number });
      runs.set(number, actionRunId);
    }
    const settings = {
      program: await buildProgram(folder, "runner-program"),
      keys: SETTINGS,
      store: path,
      ledger: `${path}.ledger`,
      action,
    };
    const start = () => RunnerProcess.start(settings, "forever");
    const runners = await Promise.all([start(), start()]);
    const executed = () => executionsIn(settings.ledger).length;
    /** Whether a runner may still do something about a row, except for what one that was killed has claimed. */
    const isOpen = async () => (await store.entries()).some(({ state }) => state === "pending" || state === "unreported");
    for (let kill = 0; kill < kills && (await isOpen()); kill += 1) {
      const before = executed();
      while (executed() < before + 3 && (await isOpen())) await sleep(5);
      await sleep(Math.random() * 20);
      await runners.shift()?.kill();
      runners.push(await start());
      // As if a lease had passed since the dead one asked for a claim.
      await sqlite.sql(path, "UPDATE pending_action SET claim_request = json_set(claim_request, '$.asked_at', 0)");
    }
    while (await isOpen()) await sleep(20);
    // One may be at the last row.
    for (const runner of runners) await runner.stop();

    const numbers = executionsIn(settings.ledger).map((line) => Number(line.split(" ")[0]));
    expect(new Set(numbers).size).toBe(numbers.length);
    const left = new Map((await store.entries()).map(({ actionRunId, state }) => [actionRunId, state]));
    expect(left.size).toBeLessThanOrEqual(kills);
    for (const [number, runId] of runs) {
      const { executionStatus } = await client.status(runId);
      const isReported = executionStatus === "executed" && numbers.includes(number);
      // Killed while it ran: it may or may not have, and nobody runs it again.
      const isInDoubt = executionStatus === "awaiting_execution_report" && ["claimed", "in_doubt"].includes(left.get(runId) ?? "");
      expect(left.has(runId) ? isInDoubt : isReported, `${number}: ${executionStatus}, ${left.get(runId)}`).toBe(true);
    }
  },
  proofSize(120_000, 900_000),
);
