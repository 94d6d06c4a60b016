// The package as it is served, played in the runtime that the environment names, or else in the newest Node.

import { execFile } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeTypeScriptPackage } from "@/scripts/packages/make-typescript-package";
import { programFolder } from "../bundle";
import { loadCases, startScriptedServer } from "../conformance/cases";
import { commandOf, nameOf, RUNTIMES, runtimeUnderTest } from "./installed-runtimes";
import type { Delivery, Report, Suite } from "./play-suite";
import { bundleSuite } from "./suite-bundle";
import { askWorker } from "./worker-process";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const RUNTIME = runtimeUnderTest();
const CASES = loadCases();
const { keys, cases: evidence } = JSON.parse(readFileSync("sdk/python/tests/vectors/evidence.json", "utf8")) as {
  keys: string[];
  cases: { name: string; content: string; kept: string[]; problem: string | null }[];
};
const folder = programFolder("runtime");
let report: Report;

function delivery(body: string, sent = body): Delivery {
  const at = new Date();
  const signature = new Webhook(SECRET).sign("msg_1", at, body);
  const headers = { "webhook-id": "msg_1", "webhook-timestamp": String(Math.floor(at.getTime() / 1000)), "webhook-signature": signature };
  return { body: sent, headers, secret: SECRET };
}

beforeAll(async () => {
  const server = await startScriptedServer("--close-connections");
  try {
    await installPackage();
    const event = '{"type":"run.decided","timestamp":"2026-11-26T10:00:00.000Z","data":{}}';
    const isWorker = RUNTIME.runtime === "workerd";
    report = await play({
      address: server.address,
      cases: CASES,
      webhooks: [delivery(event), delivery(event, `${event} `)],
      evidence: { keys, cases: evidence },
      file: isWorker ? null : join(folder, "pending.db"),
    });
  } finally {
    server.stop();
  }
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** As an app has it: installed from the file that a console serves. */
async function installPackage(): Promise<void> {
  const { fileName, bytes } = await makeTypeScriptPackage("sdk/typescript");
  writeFileSync(join(folder, fileName), bytes);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const quiet = ["--offline", "--no-audit", "--no-fund", "--no-update-notifier", "--cache", join(folder, "cache")];
  await promisify(execFile)("npm", ["install", "--prefix", folder, ...quiet, join(folder, fileName)], { cwd: folder });
}

async function play(suite: Suite): Promise<Report> {
  const [program = "", ...options] = await commandOf(RUNTIME);
  if (RUNTIME.runtime === "workerd") return askWorker(program, folder, await bundleSuite(folder, "suite-worker"), suite);
  const [file, output] = [join(folder, "suite.json"), join(folder, "report.json")];
  writeFileSync(file, JSON.stringify(suite));
  await promisify(execFile)(program, [...options, await bundleSuite(folder, "suite-process"), file, output], { cwd: folder });
  return JSON.parse(readFileSync(output, "utf8")) as Report;
}

test(`plays every case of the conformance suite in ${nameOf(RUNTIME)}`, () => {
  expect(report.cases).toEqual({});
  expect(report.played.cases).toBe(CASES.length);
});

test("has a console in memory that plays the cases for one", () => {
  expect(report.withFake).toEqual({});
  expect(report.played.withFake).toBeGreaterThan(15);
});

test("verifies webhooks", () => {
  expect(report.webhooks).toEqual(["run.decided", expect.stringContaining("WebhookVerificationError: no signature matches")]);
});

test("verifies receipts, and finds what was done to them", () => {
  expect(Object.keys(report.evidence).length).toBe(evidence.length);
  for (const { name, problem } of evidence) {
    if (problem === null) expect([name, report.evidence[name]]).toEqual([name, ""]);
    else expect(report.evidence[name], name).toContain(problem);
  }
});

const EXECUTED = [
  [1, 0],
  [1, 2],
  [
    [true, "executed"],
    [true, "failed"],
    [true, "not_executed"],
  ],
];

test("runs stored actions from any store, and from a file where there is node:sqlite", () => {
  expect(report.inMemory).toEqual(EXECUTED);
  const left = [[expect.any(String), "pending"]];
  const missing = "DaaiConfigError: SQLitePendingStore needs node:sqlite";
  expect(report.inFile).toEqual(RUNTIME.sqlite ? [...EXECUTED, left] : expect.stringContaining(missing));
});

test("the documentation lists the versions that it is played in", () => {
  const pages = ["sdk/typescript/README.md", "components/docs/content/typescript-sdk.mdx"].map((file) => readFileSync(file, "utf8"));
  for (const page of pages) expect(RUNTIMES.map(({ version }) => version).filter((version) => !page.includes(version))).toEqual([]);
});
