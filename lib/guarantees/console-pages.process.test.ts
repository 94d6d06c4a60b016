import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disconnectDb } from "@/lib/db/client";
import { isPermitted, PERMISSIONS, type Permission } from "@/lib/domain/access/permissions";
import { ROLES } from "@/lib/domain/access/roles";
import { findPages, findRoutes } from "@/lib/testing/console/console-surface";
import { MALFORMED, openPage, type Who } from "@/lib/testing/console/open-page";
import { PAGE_ROWS, type PageRow, ROUTE_ROWS } from "@/lib/testing/console/page-rows";
import { compressedKilobytes, scriptsOf } from "@/lib/testing/console/page-scripts";
import { makeSweepWorld, NOTHING, type SweepWorld, type Things } from "@/lib/testing/console/sweep-world";
import { type ConsoleProcess, startConsole } from "@/lib/testing/guarantees/start-consoles";

let daai: ConsoleProcess;
let world: SweepWorld;
beforeAll(async () => {
  daai = await startConsole({ env: { DAAI_WORKER: "off", DAAI_PLAN: "unlimited", LOG_LEVEL: "info" } });
  world = await makeSweepWorld();
});
afterAll(async () => {
  await daai?.stop();
  await disconnectDb();
});

it("every page and every route handler has a row", () => {
  expect(Object.keys(PAGE_ROWS).sort()).toEqual(findPages());
  expect(Object.keys(ROUTE_ROWS).sort()).toEqual(findRoutes());
});

const open = (row: PageRow, who: Who, things: Things, workspaceId = world.mine.workspaceId) =>
  openPage(daai.server.url, world, who, row.path({ ...things, workspaceId }));

const isPermission = (who: PageRow["who"]): who is Permission => who in PERMISSIONS;

const rows = [...Object.entries(PAGE_ROWS), ...Object.entries(ROUTE_ROWS)].map(([address, row]) => ({ address, row, who: row.who }));

describe("a page of a workspace", () => {
  const ofWorkspaces = rows.filter(({ who }) => isPermission(who));

  it.each(ofWorkspaces)("$address: nobody outside gets in, nor sees anything of it", async ({ row }) => {
    for (const who of [null, "revoked"] as const) {
      const { outcome, text } = await open(row, who, world.things);
      expect({ who, outcome }).toEqual({ who, outcome: "sign in" });
      expect(text).not.toContain(world.things.workspaceName);
    }
    for (const who of ["stranger", "operator"] as const) {
      const foreign = await open(row, who, world.things);
      const missing = await open(row, who, NOTHING, NOTHING.runId);
      expect({ who, outcome: foreign.outcome, status: foreign.status }).toEqual({ who, outcome: "missing", status: missing.status });
      expect(foreign.text).not.toContain(world.things.workspaceName);
    }
    // Their own workspace, with the ids of ours.
    const borrowed = await open(row, "stranger", world.things, world.other.workspaceId);
    expect(borrowed.text).not.toContain(world.things.workspaceName);
    if (row.path({ ...world.things, workspaceId: "" }) !== row.path({ ...NOTHING, workspaceId: "" }))
      expect(borrowed.outcome).toBe("missing");
  });

  it.each(ofWorkspaces)("$address: a member gets in when the role has $who", async ({ row, who }) => {
    for (const role of ROLES) {
      const { outcome, status } = await open(row, role, world.things);
      expect({ role, outcome, failed: status >= 500 }).toEqual({
        role,
        outcome: isPermission(who) && isPermitted(role, who) ? "in" : "missing",
        failed: false,
      });
    }
    expect((await open(row, "owner", world.things, "not-an-id")).outcome).toBe("missing");
  });
});

it.each(rows.filter(({ who }) => who === "signed in"))("$address is for who is signed in", async ({ row }) => {
  for (const who of [null, "revoked"] as const) expect((await open(row, who, world.things)).outcome).toBe("sign in");
  const { outcome, text } = await open(row, "stranger", world.things);
  expect(outcome).toBe("in");
  expect(text).not.toContain(world.things.workspaceName);
});

it.each(rows.filter(({ who }) => who === "operator"))("$address is for operators, and for nobody else there", async ({ row }) => {
  for (const who of [null, "revoked"] as const) expect((await open(row, who, world.things)).outcome).toBe("sign in");
  for (const who of [...ROLES, "stranger"] as const)
    expect({ who, outcome: (await open(row, who, world.things)).outcome }).toEqual({ who, outcome: "missing" });
  expect((await open(row, "operator", world.things)).outcome).toBe("in");
});

describe("what does not exist", () => {
  const dynamic = rows.filter(
    ({ address, who }) => who !== "anybody" && address.replace("/workspaces/[workspaceId]", "").includes("[") && address in PAGE_ROWS,
  );

  it.each(dynamic)("$address answers 404, with the page that says so inside the console", async ({ row, who }) => {
    const reader = who === "operator" ? "operator" : "owner";
    for (const things of [NOTHING, MALFORMED]) {
      const { status, text } = await open(row, reader, things);
      expect(status).toBe(404);
      // The console's own page and not that of the site, which has no navigation.
      expect(text).toContain("Page not found · DAAI Console");
    }
  });

  it("is asked of every dynamic page of the console", () => {
    expect(dynamic.length).toBeGreaterThanOrEqual(8);
  });
});

it.each(rows.filter(({ who }) => who === "anybody"))("$address answers anybody, and tells nothing", async ({ row }) => {
  const { status, text } = await open(row, null, { ...world.things, linkToken: NOTHING.linkToken });
  expect(status).toBeLessThan(500);
  expect(text).not.toContain(world.things.workspaceName);
});

/** Kilobytes, compressed, that a page's program may have. React and Next are 133 of them. */
const MAX_PROGRAM = 193;
/** Nearly all of the editor of policies is in its first picture. No page has more than 200. */
const LARGER: Readonly<Record<string, number>> = {
  "/workspaces/[workspaceId]/actions/new": 200,
  "/workspaces/[workspaceId]/actions/[name]/edit": 200,
};

describe("the program of a page", () => {
  const pages = rows.filter(({ address }) => address in PAGE_ROWS);

  it.each(pages)("$address: loads no more than it needs", async ({ address, row, who }) => {
    const { text } = await open(row, who === "anybody" ? null : who === "operator" ? "operator" : "owner", world.things);
    const scripts = scriptsOf(text);
    expect(scripts.length).toBeGreaterThan(5);
    expect(compressedKilobytes(scripts), "KB").toBeLessThan(LARGER[address] ?? MAX_PROGRAM);
  });
});

it("every line of the log is the console's own, whatever strangers send", async () => {
  const FORGED = '{"level":"info","msg":"FORGED"}';
  const start = daai.server.logs().length;
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(daai.server.url + path, { method: "POST", body, redirect: "manual", headers: { Origin: daai.server.url, ...headers } })
      .then((answer) => answer.text())
      .catch(() => "");
  const action = { "Next-Action": "4".repeat(42), "Content-Type": "text/plain;charset=UTF-8" };
  for (const body of [`x\n${FORGED}\n`, "hunter2", "\u001b[2J\u001b]8;;https://evil.example\u0007", '["$999"]', "[".repeat(50_000), ""]) {
    await post("/sign-in", body, action);
    await post("/sign-in", body, { ...action, "Content-Type": "multipart/form-data" });
    await post("/api/auth/callback/password", body, { "Content-Type": "application/x-www-form-urlencoded" });
  }
  await post(`/decide/${world.things.linkToken}/answer`, "x".repeat(11_000_000), { "Content-Type": "text/plain" });
  await fetch(`${daai.server.url}/home`, {
    headers: { Cookie: `next-auth.session-token=eyJhbGciOiJkaXIifQ..${"x".repeat(40)}` },
    redirect: "manual",
  });
  await fetch(`${daai.server.url}/api/auth/callback/password?callbackUrl=%2F%2Fevil`).then((answer) => answer.text());
  // Whatever of it is logged is, before this is answered.
  await fetch(`${daai.server.url}/api/health`);

  const log = daai.server.logs().slice(start);
  const lines = log.split("\n").slice(0, -1);
  for (const line of lines)
    expect(JSON.parse(line)).toMatchObject({
      level: expect.any(String) as unknown,
      time: expect.any(String) as unknown,
      msg: expect.any(String) as unknown,
    });
  expect(log).not.toMatch(/FORGED|hunter2|evil\.example/);
  expect(log).not.toContain(world.things.linkToken);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what moves a terminal.
  expect(log).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect(lines.map((line) => (JSON.parse(line) as { code?: string }).code)).toContain("JWT_SESSION_ERROR");
});

describe("sign-in's own addresses", () => {
  const ask = (method: string, path: string, headers: Record<string, string> = {}, form?: Record<string, string>) =>
    fetch(`${daai.server.url}/api/auth/${path}`, {
      method,
      redirect: "manual",
      headers: { Origin: daai.server.url, ...headers },
      ...(form && { body: new URLSearchParams(form) }),
    });

  it("are answered where pages of ours ask, and nowhere else, with the headers of every answer", async () => {
    const unused = [
      "session",
      "signin",
      "signin/password",
      "providers",
      "error",
      "verify-request",
      "callback",
      "callback/google",
      "_log",
      "csrf/x",
    ];
    for (const path of unused) for (const method of ["GET", "POST"]) expect([path, (await ask(method, path)).status]).toEqual([path, 404]);
    for (const path of ["signout", "callback/password", "callback/link"])
      expect([path, (await ask("GET", path)).status]).toEqual([path, 405]);
    for (const answer of [await ask("GET", "csrf"), await ask("GET", "signout"), await ask("POST", "callback/link", {}, { token: "x" })])
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "cache-control": "no-store",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
      });
  });

  it("lead nowhere, whatever callbackUrl and cookies say, and take no password longer than one can be", async () => {
    const csrf = await ask("GET", "csrf");
    const Cookie = csrf.headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; ");
    const { csrfToken } = (await csrf.json()) as { csrfToken: string };
    for (const callbackUrl of ["//evil.example", `${daai.server.url}.evil.example/`, "https://evil.example", "\\\\evil.example", "/home"]) {
      const answer = await ask(
        "POST",
        "callback/password",
        { Cookie },
        { csrfToken, callbackUrl, email: "x@example.com", password: "x".repeat(60_000) },
      );
      const { url } = (await answer.json()) as { url: string };
      expect([answer.status, new URL(url).origin, new URL(url).searchParams.get("error")?.split(" ")[0]]).toEqual([
        401,
        daai.server.url,
        expect.stringMatching(/^(wrong_credentials|too_many_attempts)$/),
      ]);
      expect(answer.headers.get("set-cookie")).not.toContain("evil");
    }
    expect((await ask("POST", "callback/password", { Cookie }, { csrfToken: "of another browser", email: "x@example.com" })).status).toBe(
      403,
    );
    const unreadable = await ask("POST", "signout", { Cookie: "next-auth.callback-url=nowhere" }, { csrfToken });
    expect([unreadable.status, unreadable.headers.get("set-cookie")]).toEqual([
      400,
      expect.stringContaining("next-auth.callback-url=; Path=/; Max-Age=0"),
    ]);
  });
});
