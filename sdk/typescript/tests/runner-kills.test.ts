// A runner is killed with SIGKILL at every point of an execution, over real HTTP, with a real file.

import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { executionsIn, RunnerProcess } from "./runner-process";
import { drop, World } from "./runner-world";
import { buildProgram, SqliteStores } from "./sqlite-stores";
import { KEYS } from "./test-client";

const scratch = mkdtempSync(join(tmpdir(), "daai-kills-"));
const scenes: Scene[] = [];
let sqlite: SqliteStores;
let program: string;
beforeAll(async () => {
  sqlite = await SqliteStores.start(scratch);
  program = await buildProgram(scratch, "runner-program");
}, 120_000);
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.stop();
});
afterAll(() => {
  sqlite.stop();
  rmSync(scratch, { recursive: true });
});

class Scene {
  readonly file = join(scratch, `${crypto.randomUUID()}.db`);
  readonly ledger = `${this.file}.ledger`;
  readonly world = new World(sqlite.open(this.file));
  readonly #server: Server;
  readonly #runners: RunnerProcess[] = [];

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#respond(request, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<Scene> {
    const scene = new Scene();
    await new Promise<void>((resolve) => scene.#server.listen(0, "127.0.0.1", resolve));
    scenes.push(scene);
    return scene;
  }

  async runner(mode: "once" | "hang" = "once", file: string = this.file): Promise<RunnerProcess> {
    const baseUrl = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api`;
    const settings = { program, keys: { ...KEYS, baseUrl }, store: file, ledger: this.ledger, action: "ask" };
    const runner = await RunnerProcess.start(settings, mode);
    this.#runners.push(runner);
    return runner;
  }

  /** A pass of a new runner. */
  async pass(): Promise<string | null> {
    const runner = await this.runner();
    runner.go();
    return runner.line();
  }

  /** A pass of a new runner, after so many seconds, with an executor that must not be called. */
  async laterPass(seconds: number): Promise<number> {
    this.world.fake.clock.advance({ seconds });
    const runner = this.world.newRunner({ clock: () => Date.now() / 1000 + seconds });
    runner.whenExecutable("ask", (payload) => expect.unreachable(`run again: ${JSON.stringify(payload)}`));
    return runner.runPendingOnce();
  }

  /** Has a lease pass since a claim was requested. */
  async passLease(): Promise<void> {
    await sqlite.sql(this.file, "UPDATE pending_action SET claim_request = json_set(claim_request, '$.asked_at', 0)");
  }

  /** Starts a runner, and kills it when its request has arrived or taken effect. The response is lost. */
  async killAt(when: "before" | "after", verb: string): Promise<void> {
    const hooks = this.world[when];
    let arrived = () => undefined as void;
    let killed = () => undefined as void;
    const isThere = new Promise<void>((resolve) => (arrived = resolve));
    const isDead = new Promise<void>((resolve) => (killed = resolve));
    hooks[verb] = async () => {
      arrived();
      await isDead;
      drop();
    };
    const runner = await this.runner();
    runner.go();
    await isThere;
    await runner.kill();
    killed();
    hooks[verb] = undefined;
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", headers, url } = request;
    const body = method === "GET" ? {} : { body: await text(request) };
    const answer = await this.world.fetch(`http://console.test${url}`, { method, headers: headers as HeadersInit, ...body });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  }

  get executions(): string[] {
    return executionsIn(this.ledger);
  }

  async stop(): Promise<void> {
    for (const runner of this.#runners) await runner.kill();
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

test("killed before the claim took effect, it runs later", async () => {
  const scene = await Scene.start();
  const runId = await scene.world.stored({ number: 1 });
  await scene.killAt("before", "claim");
  expect([await scene.world.states(), scene.executions, scene.world.fake.run(runId).worker]).toEqual([["pending"], [], null]);
  await scene.passLease();
  expect(await scene.pass()).toBe("1");
  expect([await scene.world.states(), scene.executions]).toEqual([[], ["1 claimed"]]);
  expect(scene.world.fake.run(runId).executionStatus).toBe("executed");
});

test.each([false, true])("killed before the claim was persisted, the next runner is given it (expired: %s)", async (isExpired) => {
  const scene = await Scene.start();
  const runId = await scene.world.stored({ number: 1 });
  await scene.killAt("after", "claim");
  expect([await scene.world.states(), scene.executions]).toEqual([["pending"], []]);
  const { worker } = scene.world.fake.run(runId);
  // Its runner may only be slow: for a lease nobody else asks for it.
  expect(await scene.laterPass(0)).toBe(0);
  if (isExpired) scene.world.fake.clock.advance({ seconds: 6 });
  await scene.passLease();
  expect(await scene.pass()).toBe("1");
  expect([await scene.world.states(), scene.executions]).toEqual([[], ["1 claimed"]]);
  expect(scene.world.fake.run(runId)).toMatchObject({ executionStatus: "executed", worker });
});

test("killed in the executor, it is in doubt and never runs again", async () => {
  const scene = await Scene.start();
  const runId = await scene.world.stored({ number: 1 });
  const runner = await scene.runner("hang");
  runner.go();
  expect(await runner.line()).toBe("executing");
  await runner.kill();
  // The claim was on the disk before the executor began: the executor itself saw it there.
  expect([await scene.world.states(), scene.executions]).toEqual([["claimed"], ["1 claimed"]]);
  expect([await scene.laterPass(0), await scene.world.states(), scene.world.kinds]).toEqual([0, ["claimed"], []]);
  for (let pass = 0; pass < 3; pass += 1) expect(await scene.laterPass(3600)).toBe(0);
  expect([await scene.world.states(), scene.world.kinds, scene.executions]).toEqual([["in_doubt"], ["in_doubt"], ["1 claimed"]]);
  expect(scene.world.verbs(runId)).toEqual(["claim"]);
});

test.each(["before", "after"] as const)(
  "killed between execution and report, the report is delivered later (%s it took effect)",
  async (when) => {
    const scene = await Scene.start();
    const runId = await scene.world.stored({ number: 1 });
    await scene.killAt(when, "report-executed");
    // The outcome was on the disk before the report was sent.
    expect([await scene.world.states(), scene.executions]).toEqual([["unreported"], ["1 claimed"]]);
    expect(await scene.laterPass(3600)).toBe(1);
    expect([await scene.world.states(), scene.world.kinds, scene.executions]).toEqual([[], ["executed"], ["1 claimed"]]);
    expect(scene.world.fake.run(runId)).toMatchObject({ executionStatus: "executed", executionResult: { number: 1 } });
  },
);

test.each([1, 2])(
  "several runners run each action once (%i files)",
  async (files) => {
    const scene = await Scene.start();
    const other = files === 1 ? scene.file : `${scene.file}.other`;
    const count = proofSize(20, 400);
    for (let number = 0; number < count; number += 1) {
      const runId = await scene.world.stored({ number });
      await sqlite.open(other).add(runId, "ask", { number });
    }
    const runners = await Promise.all([scene.file, other, scene.file].map((file) => scene.runner("once", file)));
    for (const runner of runners) runner.go();
    const reported = await Promise.all(runners.map((runner) => runner.line()));
    expect(reported.reduce((sum, line) => sum + Number(line), 0)).toBe(count);
    expect(scene.executions.map((line) => Number(line.split(" ")[0])).sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
    expect(scene.world.fake.runs.every(({ executionStatus }) => executionStatus === "executed")).toBe(true);
    if (files === 1) expect(await scene.world.states()).toEqual([]);
  },
  proofSize(90_000, 600_000),
);
