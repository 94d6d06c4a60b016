import { once } from "node:events";
import { Agent, type ClientRequest, request as sendRequest } from "node:http";
import { text as readText } from "node:stream/consumers";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemSchema } from "@/lib/contract/problem";
import { disconnectDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { ENDPOINTS } from "@/lib/http/mounts/endpoints";
import { type BadCase, badCases, type GoodRequest } from "@/lib/testing/bad-input";
import { serverActionId } from "@/lib/testing/console/call-server-action";
import { linkToken, makeAction, makeRun, makeWorkspace, type TestWorkspace, tally } from "@/lib/testing/factories";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type ConsoleProcess, startConsole } from "@/lib/testing/guarantees/start-consoles";
import { type OddRequest, oddRequests, sendOdd } from "@/lib/testing/odd-requests";

const CASES = proofSize(300, 10_000);
const AT_ONCE = 50;
/** About the limit of Node, which counts a little more than this. */
const HEAD_MAX_BYTES = 15_000;
/** Stands in every good payload, result, error and comment, which no log may repeat. */
const MARK = "seen-by-nobody-but-people";

let daai: ConsoleProcess;
let workspace: TestWorkspace;
let ids: string[];
let token: string;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

beforeAll(async () => {
  daai = await startConsole({ env: { DAAI_PLAN: "unlimited", DAAI_WORKER: "off", LOG_LEVEL: "trace" } });
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "refund_customer", policy: { type: "require_approval_above_amount", threshold: "1000" } });
  const pending = await makeRun(workspace, "always_require_approval");
  ids = [pending, await makeRun(workspace, "always_allow"), await makeRun(workspace, "always_allow")];
  token = await linkToken(pending);
});

afterAll(async () => {
  agent.destroy();
  await daai?.stop();
  await disconnectDb();
});

const HOOK_BODY = {
  hook_event_name: "PreToolUse",
  session_id: MARK,
  cwd: "/home/ada/shop",
  tool_name: "Bash",
  tool_use_id: MARK,
  tool_input: { command: `echo ${MARK}`, description: MARK },
};
const GOOD_BODIES: Record<string, Record<string, unknown>> = {
  intercept: {
    action: "refund_customer",
    payload: { amount: 1250, note: MARK },
    idempotency_key: "k-1",
    actor: MARK,
    reasoning: MARK,
    source: { type: "t", ref: MARK },
    claim: { worker: "w", lease_seconds: 60 },
  },
  claim: { worker: "w", lease_seconds: 60, payload: { note: MARK } },
  renew: { claim_token: MARK, lease_seconds: 60 },
  release: { claim_token: MARK },
  "report-executed": { execution_result: { note: MARK }, claim_token: MARK },
  "report-failed": { execution_error: MARK, execution_result: { note: MARK } },
  withdraw: { reason: MARK },
  "claude-code": HOOK_BODY,
  codex: HOOK_BODY,
  revoke: { comment: MARK, confirm: true },
  ":token": { decision: "block", comment: MARK, confirm: true },
};

const operations = ENDPOINTS.flatMap(({ path, routes }) =>
  [...routes.keys()].map((method) => ({ name: `${method} ${path}`, method, path })),
);

function goodRequest(method: string, path: string): GoodRequest {
  const body = GOOD_BODIES[path.split("/").at(-1) ?? ""];
  return {
    as: workspace,
    params: path.includes(":id") ? { id: ids } : path.includes(":token") ? { token: [token] } : {},
    queries: ["", "wait=0", "wait=0.001"],
    ...(method === "POST" && body && { body }),
  };
}

describe(`any input over HTTP, ${CASES} cases each, is answered`, () => {
  it.each(operations)("$name", { timeout: proofSize(120_000, 1_200_000) }, async ({ name, method, path }) => {
    const seen: string[] = [];
    const batch = fc.array(badCases(goodRequest(method, path)), { minLength: AT_ONCE, maxLength: AT_ONCE });
    const property = fc.asyncProperty(batch, async (cases) => {
      seen.push(...(await Promise.all(cases.map((one) => check(method, path, one)))));
    });
    const logged = daai.server.logs().length;
    await fc.assert(property, { numRuns: CASES / AT_ONCE, endOnFailure: true });
    const lines = daai.server.logs().slice(logged);
    expectNoLeak(lines);
    expect(lines).not.toContain(MARK);
    printFigures(`Bad input, ${name}`, { cases: seen.length, ...tally(seen), leaks: 0 });
  });

  it("and logs every request, so that the logs above were worth reading", () => {
    expect(
      daai.server
        .logs()
        .split("\n")
        .filter((line) => line.includes('"msg":"request"')).length,
    ).toBeGreaterThan(CASES);
  });
});

const ODD_CASES = proofSize(200, 6000);
const SERVER_ACTIONS = [
  ["lib/users/server-actions.ts", "submitSignUp"],
  ["lib/workspaces/server-actions.ts", "saveNames"],
] as const;

describe(`any request to pages, sign-in and server actions, ${ODD_CASES} cases,`, () => {
  it("is answered without a failure, and leads to no other host", { timeout: proofSize(120_000, 1_200_000) }, async () => {
    const ids = SERVER_ACTIONS.flatMap(([file, name]) => serverActionId(file, name) ?? []);
    expect(ids).toHaveLength(SERVER_ACTIONS.length);
    const seen: string[] = [];
    const batch = fc.array(oddRequests(ids), { minLength: AT_ONCE, maxLength: AT_ONCE });
    const property = fc.asyncProperty(batch, async (cases) => {
      seen.push(...(await Promise.all(cases.map(checkOdd))));
    });
    await fc.assert(property, { numRuns: ODD_CASES / AT_ONCE, endOnFailure: true });
    printFigures("Odd requests to pages, sign-in and server actions", { cases: seen.length, ...tally(seen), "other hosts": 0 });
  });

  it("of another protocol is answered as the request that it is, and left open for nobody", async () => {
    const headers = [
      ["Upgrade", "websocket"],
      ["Connection", "close, Upgrade"],
    ] as const;
    for (const target of ["/nothing-here", "/sign-in", "/api/health"])
      expect(await sendOdd(daai.server.url, { method: "GET", target, headers, body: "" })).toMatch(/^HTTP\/1.1 (200|404) /);
  });
});

async function checkOdd(request: OddRequest): Promise<string> {
  const text = await sendOdd(daai.server.url, request);
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1]);
  const location = /^location: *(.*)\r$/im.exec(text)?.[1] ?? "/";
  const isOurs = new URL(location, daai.server.url).origin === daai.server.url;
  expect({ request, status, isFailure: !(status < 500), isOurs, text: status < 500 && isOurs ? "" : text.slice(0, 1000) }).toMatchObject({
    isFailure: false,
    isOurs: true,
  });
  return `answered ${status}`;
}

async function check(method: string, path: string, one: BadCase): Promise<string> {
  const { status, type, text } = await send(method, path, one);
  // Not HTTP at all, or headers of over 16 KB: Node closes the connection without a word.
  if ((status === 400 || status === 431) && text === "") return `refused by HTTP ${status}`;
  expect(status).toBeLessThan(500);
  if (status >= 400) {
    expect([status, type]).toEqual([status, "application/problem+json"]);
    expect(problemSchema.parse(JSON.parse(text)).status).toBe(status);
    expectNoLeak(text);
  }
  return `answered ${status}`;
}

/** Sends what Node lets a client send, on connections that are kept. */
async function send(
  method: string,
  path: string,
  { params, query, headers, body }: BadCase,
): Promise<{ status: number; type: string | undefined; text: string }> {
  const url = path.replace(/:(\w+)/, (_, name: string) => params[name] ?? "") + (query && `?${query}`);
  const sent = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value.replace(/[^\t\x20-\x7e\x80-\xff]/g, "")] as const],
  );
  const outgoing = sendRequest(daai.server.url, {
    agent,
    method,
    path: [...url].map((char) => (/[\x21-\xff]/.test(char) ? char : percentEncode(char))).join(""),
    headers: { ...Object.fromEntries(sent), "content-length": body.length },
  });
  outgoing.end(body);
  try {
    const [response] = (await once(outgoing, "response")) as [
      NodeJS.ReadableStream & { statusCode: number; headers: Record<string, string> },
    ];
    // What comes on the connection after the answer is about the answer, which is being read.
    outgoing.on("error", () => undefined);
    return { status: response.statusCode, type: response.headers["content-type"], text: await readText(response) };
  } catch (error) {
    // Node does not read on after too long a head, so the rest of the request can overtake its answer.
    if (headBytes(outgoing) > HEAD_MAX_BYTES && (error as { code?: string }).code === "ECONNRESET")
      return { status: 431, type: undefined, text: "" };
    throw error;
  }
}

function headBytes(request: ClientRequest): number {
  return Object.entries(request.getHeaders()).reduce((sum, [name, value]) => sum + name.length + String(value).length, request.path.length);
}

function percentEncode(char: string): string {
  return [...Buffer.from(char)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}

/** No stack, SQL, path or secret. The cases themselves hold nothing that looks so. */
function expectNoLeak(text: string): void {
  expect(text).not.toMatch(/\bat \S+ \(|SELECT|INSERT|UPDATE |node_modules|\.ts\b|[Pp]risma|[Pp]ostgres|pg_|daai_[a-z]{3}|daai_[sw]k_\w/);
  for (const secret of [workspace.apiKey, workspace.workspaceKey, token, getEnv().DAAI_KEY_PEPPER]) expect(text).not.toContain(secret);
}
