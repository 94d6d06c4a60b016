import { spawn } from "node:child_process";
import { once } from "node:events";
import { beforeAll, expect, test } from "vitest";
import { ActionAlreadyTaken, DaaiClient } from "../../src/index";
import { bundle } from "../bundle";
import { env, SETTINGS } from "../test-console";
import { loadCases } from "./cases";
import { admin, CONSOLE_ACTS } from "./console-acts";
import { Player } from "./player";

const POLICIES = { sdk_allow: "always_allow", sdk_ask: "always_require_approval", sdk_block: "always_block" };
const NO_RUN = "01890000-0000-7000-8000-000000000000";
const REAL = loadCases().filter(({ real }) => real);

beforeAll(async () => {
  for (const [name, policy] of Object.entries(POLICIES)) {
    // Another SDK's tests may have registered it; if not, the first proposal tells.
    await admin("action", "register", "--workspace", env("WORKSPACE_ID"), "--name", name, "--policy", policy).catch(() => undefined);
  }
}, 60_000);

test.each(REAL.map((playing) => [playing.title, playing] as const))(
  "%s",
  async (_title, playing) => {
    expect(await new Player(new DaaiClient(SETTINGS), NO_RUN, CONSOLE_ACTS).play(playing)).toEqual([]);
  },
  120_000,
);

test("there are cases for a console", () => {
  expect(REAL.length).toBeGreaterThan(30);
});

test("what a killed process was running isn't run by another", async () => {
  const program = `
    import { DaaiClient } from "daai";
    const client = new DaaiClient(${JSON.stringify(SETTINGS)});
    const run = await client.intercept({ action: "sdk_allow", payload: { amount: 5 } });
    await client.execution(run, {}, () => new Promise(() => console.log(run.actionRunId)));
  `;
  const child = spawn(process.execPath, ["--input-type=module"], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(await bundle(program));
  const [runId] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
  child.kill("SIGKILL");
  await once(child, "exit");
  const again = new DaaiClient(SETTINGS).execution(runId.trim(), {}, () => {
    throw new Error("it ran twice");
  });
  await expect(again).rejects.toThrow(ActionAlreadyTaken);
}, 60_000);
