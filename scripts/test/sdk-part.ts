import { join, resolve } from "node:path";
import { runAdmin } from "@/lib/testing/run-admin";
import { databaseUrlOf, openTestPostgres, runSql } from "@/lib/testing/test-postgres";
import { startTestServer } from "@/lib/testing/test-server";
import { testSettings } from "@/lib/testing/test-settings";
import { checkPython, runPytest } from "./python-checks";
import { pythonEnvironment, SDK_TESTS } from "./python-environment";
import type { Write } from "./run-logged";
import { sum, type TestResult } from "./test-counts";
import { vitestPart } from "./vitest-part";

const OWNER = "sdk-tests@example.com";
/** More Python that is held to the same rules. */
const DEMO = "../../scripts/demo";
/** What works below a path works without one, which is how every other test has it. */
const BASE_PATH = "/daai/console";
const REPORT = resolve(".build/test-results/sdk.xml");

/** The Python SDK: ruff, mypy, and its tests. Those of both SDKs against a real console are among them. */
export async function sdkPart(write: Write): Promise<TestResult> {
  const bin = await pythonEnvironment(write, SDK_TESTS);
  const ruff = await checkPython(write, "ruff", join(bin, "ruff"), ["check", "--no-cache", ".", DEMO]);
  const format = await checkPython(write, "ruff format", join(bin, "ruff"), ["format", "--check", "--no-cache", ".", DEMO]);
  const mypy = await checkPython(write, "mypy", join(bin, "mypy"), ["src", "tests", DEMO]);
  const tests = await againstConsole(async (env) => [
    await runPytest(write, join(bin, "python"), REPORT, [], env),
    await vitestPart("sdk", write, "1/1", { ...env, DAAI_TEST_PYTHON: join(bin, "python") }),
  ]);
  return {
    ...sum([ruff, format, mypy, ...tests]),
    files: tests.flatMap(({ files = [] }) => files),
    failures: tests.flatMap(({ failures = [] }) => failures),
  };
}

/** Runs tests with the settings by which they find a console. */
async function againstConsole(run: (env: Record<string, string>) => Promise<TestResult[]>): Promise<TestResult[]> {
  const postgres = await openTestPostgres();
  try {
    const database = postgres.template.replace("template", "sdk");
    await runSql(postgres.url, `CREATE DATABASE ${database} TEMPLATE ${postgres.template}`);
    const databaseUrl = databaseUrlOf(postgres.url, database);
    const server = await startTestServer({ databaseUrl, basePath: BASE_PATH, env: { DAAI_PLAN: "unlimited" } });
    try {
      return await run(await consoleSettings(databaseUrl, server.url));
    } finally {
      await server.stop();
    }
  } finally {
    await postgres.close();
  }
}

/** What the SDKs' integration tests find the console by. */
async function consoleSettings(databaseUrl: string, url: string): Promise<Record<string, string>> {
  const args = ["workspace", "create", "--owner", OWNER, "--name", "SDK tests", "--client", "SDK tests"];
  const plan = { DAAI_PLAN: "unlimited" };
  const workspace = (await runAdmin(databaseUrl, args, plan)) as { workspace_id: string; workspace_key: string; api_key: string };
  return {
    ...testSettings(databaseUrl),
    ...plan,
    DAAI_PUBLIC_URL: url,
    DAAI_TEST_BASE_URL: url,
    DAAI_TEST_API_KEY: workspace.api_key,
    DAAI_TEST_WORKSPACE_KEY: workspace.workspace_key,
    DAAI_TEST_WORKSPACE_ID: workspace.workspace_id,
    DAAI_TEST_OWNER_EMAIL: OWNER,
    DAAI_TEST_NODE: process.execPath,
    DAAI_TEST_ADMIN: `${process.execPath} ${resolve("scripts/admin.mjs")}`,
  };
}
