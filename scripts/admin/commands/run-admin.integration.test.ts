import { execFile } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { authenticateSdk } from "@/lib/api-keys/sdk-context";
import { systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { mailboxProvider } from "@/lib/email/mailbox-provider";
import { resetEnvCache } from "@/lib/env";
import { sendEmail } from "@/lib/mailer/send-email";
import { storeMailboxMessage } from "@/lib/mailer/store-mailbox-message";
import { verifyPassword } from "@/lib/security/hash-password";
import { createTestDatabase } from "@/lib/testing/database";
import {
  claimOk,
  credentialsOf,
  endLease,
  expectOk,
  makeAction,
  makeRun,
  makeWorkspace,
  proposeOk,
  report,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { testSettings } from "@/lib/testing/test-settings";
import { withinOnePeriod } from "@/lib/testing/within-one-period";
import { resetPassword } from "@/lib/users/reset-password";
import { runAdmin } from "./run-admin";

const NO_ONE = "019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b";

async function admin(...args: string[]) {
  let out = "";
  let err = "";
  const code = await runAdmin(args, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

/** What the next command finds on standard input. */
const pipe = (text: string) => Object.defineProperty(process, "stdin", { value: Readable.from([text]), configurable: true });

/** The document of a command that succeeds. */
async function json(...args: string[]): Promise<JsonObject> {
  const { code, out, err } = await admin(...args, "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out) as JsonObject;
}

/** The one sentence of a command that fails. */
async function refused(...args: string[]): Promise<string> {
  const { code, out, err } = await admin(...args, "--json");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toMatch(/^[^\n]+[.)]\n$/);
  return err.trimEnd();
}

const of = (document: JsonObject, list: string) => document[list] as JsonObject[];

const limitAndUses = (document: JsonObject) =>
  Object.fromEntries(
    of(document, "limits").map(({ name, limit, usage }) => [String(name), [limit, ...(usage as JsonObject[]).map((use) => use.used)]]),
  );

describe("user and workspace", () => {
  test("a workspace comes with its owner and two keys that work together", async () => {
    const made = await json("workspace", "create", "--owner", "First@Example.com", "--name", "Billing", "--client", "Acme GmbH");
    expect(made).toMatchObject({
      owner: "first@example.com",
      name: "Billing",
      client_name: "Acme GmbH",
      base_url: "http://localhost:3000/api",
    });
    const { ctx } = expectOk(await authenticateSdk(visitorContext(), credentialsOf(String(made.api_key), String(made.workspace_key))));
    expect(ctx.workspaceId).toBe(made.workspace_id);
    const owner = await getDb().user.findUniqueOrThrow({ where: { email: "first@example.com" }, include: { members: true } });
    expect(owner.members).toMatchObject([{ workspaceId: made.workspace_id, role: "owner" }]);
  });

  test("the owner's account is made once, and the limit of workspaces holds", async () => {
    const create = (name: string) => ["workspace", "create", "--owner", "second@example.com", "--name", name, "--client", "Acme"];
    await json(...create("one"));
    await json(...create("two"));
    expect(await refused(...create("three"))).toContain("the limit is 2");
    expect(await getDb().user.count({ where: { email: "second@example.com" } })).toBe(1);
  });

  test("an account may have a password and be an operator's", async () => {
    const args = ["user", "create", "--email", "op@example.com", "--password", "--operator"];
    pipe("a long enough phrase\n");
    expect(await json(...args)).toMatchObject({ email: "op@example.com", is_operator: true });
    pipe("a long enough phrase\n");
    expect(await refused(...args)).toBe("op@example.com already has an account.");
    const { passwordHash } = await getDb().user.findUniqueOrThrow({ where: { email: "op@example.com" } });
    expect(await verifyPassword(passwordHash, "a long enough phrase")).toBe(true);
  });

  test("a password is read, never given where every process of the machine and the shell's history show it", async () => {
    const create = ["user", "create", "--email", "op2@example.com", "--password"];
    expect(await refused(...create, "a long enough phrase")).toMatch(/^Too many arguments/);
    for (const [piped, sentence] of [
      ["short", "--password must have at least 12 characters."],
      ["", "--password must have at least 12 characters."],
      ["qwertyuiop12", "--password is a commonly used password; choose another."],
      ["op2@example.com", "--password is based on the account's email address; choose another."],
    ] as const) {
      pipe(piped);
      expect(await refused(...create)).toBe(sentence);
    }
    expect(await getDb().user.count({ where: { email: "op2@example.com" } })).toBe(0);
  });

  test("an account is disabled and enabled, and the keys that go on working are named", async () => {
    await json("workspace", "create", "--owner", "leaver@example.com", "--name", "Leaving", "--client", "Acme");
    expect(await json("user", "disable", "--email", "leaver@example.com")).toMatchObject({
      ended: { keys: 0 },
      keys_left: ["Leaving: Workspace key", "Leaving: First API key"],
    });
    expect(await refused("user", "disable", "--email", "leaver@example.com")).toContain("already disabled");
    expect(await refused("user", "reset-link", "--email", "leaver@example.com")).toContain("is disabled");
    await json("user", "enable", "--email", "leaver@example.com");
    expect(await json("user", "disable", "--email", "leaver@example.com", "--revoke-keys")).toMatchObject({
      ended: { keys: 2 },
      keys_left: [],
    });
  });

  test("a link to set a new password is made where no mail can be sent", async () => {
    await json("user", "create", "--email", "locked-out@example.com");
    const { link } = await json("user", "reset-link", "--email", "Locked-Out@example.com");
    const { origin, pathname, searchParams } = new URL(String(link));
    expect(origin + pathname).toBe("http://localhost:3000/reset-password");
    expect(await resetPassword(visitorContext(), { token: searchParams.get("token") ?? "", password: "a long enough phrase" })).toEqual({
      ok: true,
      email: "locked-out@example.com",
    });
    expect(await refused("user", "reset-link", "--email", "nobody@example.com")).toBe("nobody@example.com has no account.");
    // Run without the server's settings it cannot know better, and says so.
    const publicUrl = process.env.DAAI_PUBLIC_URL;
    process.env.DAAI_PUBLIC_URL = "";
    resetEnvCache();
    const { out } = await admin("user", "reset-link", "--email", "locked-out@example.com");
    process.env.DAAI_PUBLIC_URL = publicUrl;
    resetEnvCache();
    expect(out).toContain("DAAI_PUBLIC_URL isn't set here");
  });
});

describe("api-key", () => {
  test("a key is made, rotated with an overlap and revoked", async () => {
    const workspace = await makeWorkspace();
    const made = await json("api-key", "create", "--workspace", workspace.workspaceId, "--name", "Nightly");
    const old = String(made.api_key_id);
    const isValid = async (key: unknown) =>
      (await authenticateSdk(visitorContext(), credentialsOf(String(key), workspace.workspaceKey))).ok;
    expect(await isValid(made.key)).toBe(true);

    const rotated = await json("api-key", "rotate", old, "--overlap-minutes", "60");
    expect(await isValid(made.key)).toBe(true);
    expect(await isValid(rotated.key)).toBe(true);

    await json("api-key", "revoke", old);
    expect(await isValid(made.key)).toBe(false);
    expect(await refused("api-key", "revoke", old)).toBe("The key is already revoked.");

    const keys = of(await json("api-key", "list", "--workspace", workspace.workspaceId), "api_keys");
    expect(keys.map((key) => [key.kind, key.name, key.status])).toEqual([
      ["workspace", "Workspace key", "active"],
      ["api", "First API key", "active"],
      ["api", "Nightly", "revoked"],
      ["api", "Nightly", "active"],
    ]);
    expect(JSON.stringify(keys)).not.toContain(String(rotated.key));
  });
});

describe("action", () => {
  test("every setting can be given, changed and taken back", async () => {
    const { workspaceId } = await makeWorkspace();
    const which = ["--workspace", workspaceId, "--name", "pay_supplier"];
    const registered = await json(
      ...[
        "action",
        "register",
        ...which,
        "--policy",
        "require_approval_above_amount",
        "--threshold",
        "500",
        "--currency",
        "EUR",
        "--amount-field",
        "invoice.total",
      ],
      ...[
        "--currency-field",
        "invoice.currency",
        "--approver",
        "ada@example.com",
        "--approver",
        "Bo@example.com",
        "--risk",
        "high",
        "--description",
        "Pays.",
      ],
      ...[
        "--sentence",
        "pay {invoice.total}",
        "--recipient-field",
        "supplier.name",
        "--window-minutes",
        "90",
        "--auto-release",
        "--reject-comment",
        "--four-eyes",
      ],
    );
    expect(registered).toMatchObject({
      name: "pay_supplier",
      title: "Pay supplier",
      description: "Pays.",
      risk_level: "high",
      is_active: true,
      policy_version: 1,
      policy: {
        type: "require_approval_above_amount",
        threshold: "500",
        currency: "EUR",
        amount_field: "invoice.total",
        currency_field: "invoice.currency",
      },
      approvers: ["ada@example.com", "bo@example.com"],
      approval_window_minutes: 90,
      sentence: "pay {invoice.total}",
      recipient_field: "supplier.name",
      auto_releases_claims: true,
      requires_reject_comment: true,
      requires_four_eyes: true,
    });

    const unchanged = await json("action", "edit", ...which, "--title", "Pay a supplier");
    expect(unchanged).toEqual({ ...registered, title: "Pay a supplier" });

    const cleared = await json(
      "action",
      "edit",
      ...which,
      "--policy",
      "always_block",
      "--no-currency",
      "--no-approver",
      "--no-sentence",
      "--no-recipient-field",
      "--no-window-minutes",
      "--no-auto-release",
      "--no-reject-comment",
      "--no-four-eyes",
    );
    expect(cleared).toMatchObject({
      policy_version: 2,
      policy: { type: "always_block", threshold: null, currency: null },
      approvers: [],
      approval_window_minutes: null,
      sentence: null,
      recipient_field: null,
      auto_releases_claims: false,
      requires_reject_comment: false,
      requires_four_eyes: false,
    });
    expect(of(await json("action", "list", "--workspace", workspaceId), "actions")).toEqual([cleared]);
  });

  test("it is switched off and on", async () => {
    const workspace = await makeWorkspace();
    await makeAction(workspace, { name: "export_report" });
    const which = ["--workspace", workspace.workspaceId, "--name", "export_report"];
    expect(await json("action", "deactivate", ...which)).toMatchObject({ is_active: false });
    expect(await json("action", "activate", ...which)).toMatchObject({ is_active: true });
    expect(await refused("action", "deactivate", "--workspace", workspace.workspaceId, "--name", "other")).toBe(
      "This workspace has no action named other.",
    );
  });
});

describe("run", () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await makeWorkspace();
  });

  test("list filters, pages from the newest on, and looks into one workspace or all", async () => {
    const pending = await makeRun(workspace, "always_require_approval");
    const allowed = await makeRun(workspace, "always_allow");
    const blocked = await makeRun(workspace, "always_block");
    const elsewhere = await makeRun(await makeWorkspace(), "always_allow");
    const ids = async (...args: string[]) => of(await json("run", "list", ...args), "runs").map((run) => run.action_run_id);
    const here = ["--workspace", workspace.workspaceId];

    expect(await ids(...here)).toEqual([blocked, allowed, pending]);
    expect(await ids("--limit", "1")).toEqual([elsewhere]);
    expect(await ids(...here, "--limit", "1", "--before", blocked)).toEqual([allowed]);
    expect(await ids(...here, "--status", "pending_approval")).toEqual([pending]);
    expect(await ids(...here, "--execution", "awaiting_execution_report")).toEqual([allowed]);
    expect(await ids(...here, "--until", "2020-01-01")).toEqual([]);
    expect(await ids(...here, "--from", "2020-01-01T00:00:00+02:00")).toHaveLength(3);
    expect(await ids(...here, "--in-doubt")).toEqual([]);
  });

  test("show tells the whole story of a run that was asked about, decided, claimed and executed", async () => {
    await makeAction(workspace, { name: "refund_customer", approverEmails: ["ada@example.com"] });
    const proposal = {
      action: "refund_customer",
      payload: { amount: "12.50", currency: "EUR", note: "a\u200bb" },
      reasoning: "Late.\u001b[2J",
      actor: "agent",
      idempotency_key: "k-1",
    };
    const { action_run_id: runId } = await proposeOk(workspace, proposal);
    await deliverMails(runId);
    const decided = await json("run", "decide", runId, "--decision", "approve", "--as", "ada@example.com", "--comment", "Checked.");
    expect(decided).toMatchObject({
      governance_status: "approved",
      execution_status: "awaiting_execution_report",
      decided_by: "ada@example.com",
      comment: "Checked.",
    });
    const claimToken = await claimOk(workspace, runId);
    expectOk(await report(workspace, runId, { result: { mail_id: 7 }, claimToken }));

    const story = await json("run", "show", runId);
    expect(story).toMatchObject({
      action_run_id: runId,
      idempotency_key: "k-1",
      payload: proposal.payload,
      actor: "agent",
      governance_status: "approved",
      execution_status: "executed",
      policy: { type: "always_require_approval", version: 1 },
      approval: { asked: ["ada@example.com"], links: [{ approver: "ada@example.com" }] },
      mails: [{ to: "ada@example.com", status: "sent", provider: "mailbox" }],
      decision: { decision: "approve", channel: "admin_cli", decided_by: "ada@example.com", comment: "Checked." },
      claim: { worker: "worker-1" },
      report: { execution_status: "executed", execution_result: { mail_id: 7 } },
      receipts: [{ kind: "decision" }, { kind: "execution" }],
    });
    expect(of(story, "events").map((event) => event.verb)).toEqual(["run.decided", "run.claimed", "run.reported"]);

    const { out } = await admin("run", "show", runId);
    for (const part of [
      "refund_customer",
      "Late.[U+001B][2J",
      "Approved by ada@example.com at the command line. “Checked.”",
      "Claimed by worker worker-1 for 60 s.",
      "Executed as reported by the app.",
    ])
      expect(out).toContain(part);
    // What an agent sends must not move the terminal's cursor, nor hide.
    expect(out).not.toContain("\u001b");
    expect(out).not.toContain("\u200b");
  });

  test("decide keeps to who may, and tells who was faster", async () => {
    const runId = await makeRun(workspace, "always_require_approval");
    expect(await refused("run", "decide", runId, "--decision", "approve", "--as", "stranger@example.com")).toContain(
      "stranger@example.com can't decide it",
    );
    expect(await json("run", "decide", runId, "--decision", "block", "--as", workspace.ownerEmail)).toMatchObject({
      governance_reason: "manually_blocked_by_approver",
    });
    expect(await refused("run", "decide", runId, "--decision", "approve", "--as", workspace.ownerEmail)).toContain(
      `The run was already blocked by ${workspace.ownerEmail}.`,
    );
    expect(
      await refused("run", "decide", runId, "--decision", "approve", "--as", workspace.ownerEmail, "--comment", "x".repeat(2001)),
    ).toBe("--comment must have at most 2000 characters.");
  });

  test("settle ends the doubt about a run, each in its way", async () => {
    const inDoubt = async () => {
      const runId = await makeRun(workspace, "always_allow");
      await claimOk(workspace, runId);
      expect(await refused("run", "settle", runId, "--as", "executed")).toBe("The run isn't in doubt: no claim on it has expired.");
      await endLease(runId);
      expect(of(await json("run", "list", "--in-doubt", "--workspace", workspace.workspaceId), "runs")).toMatchObject([
        { action_run_id: runId, in_doubt: true },
      ]);
      return runId;
    };
    const executed = await inDoubt();
    expect(await json("run", "settle", executed, "--as", "executed", "--by", "ada@example.com")).toMatchObject({
      execution_status: "executed",
      settled_by: "ada@example.com",
    });
    expect((await admin("run", "show", executed)).out).toContain("Marked as executed by ada@example.com, who settled the doubt.");
    expect(await json("run", "settle", await inDoubt(), "--as", "failed")).toMatchObject({ execution_status: "failed", settled_by: null });
    const released = await inDoubt();
    expect(await json("run", "settle", released, "--as", "released")).toMatchObject({ execution_status: "awaiting_execution_report" });
    await claimOk(workspace, released);
  });
});

describe("mailbox", () => {
  test("messages are listed by address and run, and shown with their links", async () => {
    const workspace = await makeWorkspace();
    const runId = await makeRun(workspace, "always_require_approval", { approverEmails: ["chi@example.com"] });
    await deliverMails(runId);
    const [message] = of(await json("mailbox", "list", "--to", "chi@example.com"), "messages");
    expect(message).toMatchObject({ to: "chi@example.com", action_run_id: runId });
    expect(of(await json("mailbox", "list", "--run", runId), "messages")).toEqual([message]);
    expect(of(await json("mailbox", "list", "--run", NO_ONE), "messages")).toEqual([]);

    const shown = await json("mailbox", "show", String(message?.message_id));
    expect(shown.links).toContainEqual(expect.stringMatching(/^http:\/\/localhost:3000\/decide\/[\w-]{43}$/));
    const { out } = await admin("mailbox", "show", String(message?.message_id));
    expect(out).toContain(String((shown.links as string[])[0]));
  });
});

describe("limits", () => {
  test("show has what is used, set changes it, and what is set for one owner wins over the plan", () =>
    withinOnePeriod("day", async () => {
      const workspace = await makeWorkspace({ plan: "free" });
      await makeRun(workspace, "always_allow");
      await makeRun(workspace, "always_require_approval");
      const shown = await json("limits", "show", "--owner", workspace.ownerEmail);
      expect(shown.plan).toBe("free");
      expect(limitAndUses(shown)).toMatchObject({
        active_workspaces: [2, 1],
        active_actions_per_workspace: [3, 2],
        runs_per_month: [1000, 2],
        emails_per_month: [100, 1],
        intercepts_per_day: [500, 2],
      });
      const set = await json("limits", "set", "--owner", workspace.ownerEmail, "--plan", "unlimited", "--runs-per-month", "2");
      expect(limitAndUses(set)).toMatchObject({ runs_per_month: [2, 2], emails_per_month: [null, 1] });
      await makeAction(workspace, { name: "one_more" });
      await expect(proposeOk(workspace, { action: "one_more", payload: {} })).rejects.toThrow("monthly_run_limit");
    }));

  test("nothing to set is a mistake", async () => {
    expect(await refused("limits", "set", "--owner", "a@example.com")).toBe(
      "Give something to set: --plan, or a limit such as --runs-per-month.",
    );
  });
});

test("doctor fails on a problem, and still prints its findings", async () => {
  const { code, out, err } = await admin("doctor", "--json");
  const findings = JSON.parse(out) as { ok: boolean; checks: { name: string; status: string; detail: string }[] };
  // The server of the tests does without fsync, which a console must not.
  expect({ code, err, ok: findings.ok }).toEqual({ code: 1, err: "", ok: false });
  const { database, migrations, notifications, clock } = Object.fromEntries(findings.checks.map((check) => [check.name, check]));
  expect(database).toMatchObject({ status: "problem", detail: expect.stringContaining("fsync") as string });
  expect([migrations?.status, notifications?.status, clock?.status]).toEqual(["ok", "ok", "ok"]);
});

describe("mistakes are answered with one sentence, nothing on standard output, and a failure", () => {
  const ws = ["--workspace", NO_ONE];
  test.each<[string[], string]>([
    [["usr"], "Unknown command 'usr' (Did you mean user?)"],
    [["user", "create"], "Required option '--email <email>' not specified."],
    [["user", "create", "--email", "x"], "--email must be an email address."],
    [["user", "create", "--email", "a@example.com", "--color", "red"], "Unknown option '--color'."],
    [["workspace", "create", "--owner", "a@example.com", "--name", " ", "--client", "C"], "--name must not be empty."],
    [["api-key", "list", "--workspace", "7"], `--workspace must be an id such as ${NO_ONE}.`],
    [["api-key", "list", ...ws], "No such workspace."],
    [["api-key", "revoke", NO_ONE], "No such key."],
    [["run", "show", NO_ONE], "No such run."],
    [["run", "show", "7"], `RUN_ID must be an id such as ${NO_ONE}.`],
    [["run", "list", "--limit", "0"], "--limit must be a whole number from 1 to 10000."],
    [["run", "list", "--from", "yesterday"], "--from must be a time such as 2026-11-23 or 2026-11-23T09:00:00Z."],
    [
      ["run", "settle", NO_ONE, "--as", "lost"],
      "Option '--as <outcome>' argument 'lost' is invalid. Allowed choices are executed, failed, released.",
    ],
    [["mailbox", "show", NO_ONE], "No such message."],
    [["limits", "show", "--owner", "nobody@example.com"], "No account with the address nobody@example.com."],
    [["seed", "--runs", "many"], "--runs must be a whole number from 1 to 10000000."],
    [["seed", "--runs", "5", "--workspace", NO_ONE], "No such workspace."],
  ])("%j", async (args, sentence) => {
    expect(await refused(...args)).toBe(sentence);
  });

  test("wrong settings of an action name their option", async () => {
    const { workspaceId } = await makeWorkspace();
    const register = (...args: string[]) => refused("action", "register", "--workspace", workspaceId, "--name", "a_b", ...args);
    expect(await register("--policy", "require_approval_above_amount")).toBe(
      "--threshold is needed by require_approval_above_amount, and by no other policy.",
    );
    expect(await register("--policy", "require_approval_above_amount", "--threshold", "1e3")).toBe(
      "--threshold must be a plain decimal number such as 500 or 1250.00.",
    );
    expect(await register("--policy", "log_only", "--approver", "nobody")).toBe("--approver must be an email address.");
    expect(await register("--policy", "log_only", "--sentence", "pay {")).toMatch(/^--sentence: Close every \{/);
    expect(await register("--policy", "log_only", "--window-minutes", "0")).toBe(
      "--window-minutes must be a whole number from 1 to 525600.",
    );
  });
});

test("every command explains itself with examples, and takes --json", async () => {
  const commandsOf = (help: string) =>
    [...help.matchAll(/^ {2}([a-z-]+)(?: [[<].*)? {2,}/gm)].map(([, name = ""]) => name).filter((name) => name !== "help");
  let seen = 0;
  const visit = async (path: string[]): Promise<void> => {
    const { code, out } = await admin(...path, "--help");
    expect(code).toBe(0);
    const commands = out.includes("\nCommands:\n") ? commandsOf(out.slice(out.indexOf("\nCommands:\n"))) : [];
    if (commands.length === 0) {
      seen++;
      expect(out).toContain(`  npm run -s admin -- ${path.join(" ")}`);
      expect(out).toContain("--json");
    }
    for (const command of commands) await visit([...path, command]);
  };
  await visit([]);
  expect(seen).toBeGreaterThanOrEqual(21);
});

describe("as a program of its own", () => {
  const run = (...args: string[]) => promisify(execFile)(process.execPath, ["scripts/admin.mjs", ...args]);

  test("standard output is one JSON document and nothing else", async () => {
    const { stdout, stderr } = await run(
      "workspace",
      "create",
      "--owner",
      "cli@example.com",
      "--name",
      "Billing",
      "--client",
      "Acme",
      "--json",
    );
    expect(JSON.parse(stdout)).toMatchObject({ owner: "cli@example.com" });
    expect(stderr).toBe("");
  });

  describe("without a console", () => {
    const dataDir = join(mkdtempSync(join(tmpdir(), "daai-admin-")), "data");
    const nowhere = (env: Record<string, string>, ...args: string[]) =>
      promisify(execFile)(process.execPath, ["scripts/admin.mjs", ...args], {
        env: { ...process.env, ...testSettings(""), DATABASE_DIRECT_URL: "", DAAI_DATA_DIR: dataDir, ...env },
      });

    test.each([["--help"], ["workspace", "--help"], ["run", "list", "--help"]])(
      "help needs none and makes none: %s %s %s",
      async (...args) => {
        const { stdout } = await nowhere({}, ...args.filter(Boolean));
        expect(stdout).toContain("Usage: admin");
        expect(existsSync(dataDir)).toBe(false);
      },
    );

    test.each([["mailbox", "list"], ["doctor"]])("a command makes none: %s %s", async (...args) => {
      await expect(nowhere({}, ...args.filter(Boolean))).rejects.toMatchObject({
        code: 1,
        stderr: `No console found in ${dataDir}: start it once (npm start), or run this command with the console's DATABASE_URL or DAAI_DATA_DIR.\n`,
      });
      expect(existsSync(dataDir)).toBe(false);
    });

    test("and no secrets for a database that has its own", async () => {
      const { url } = await createTestDatabase();
      await expect(nowhere({ DATABASE_URL: url, DAAI_KEY_PEPPER: "" }, "mailbox", "list")).rejects.toMatchObject({
        stderr: expect.stringContaining("The secrets of the console on that database are neither set nor in"),
      });
      expect(existsSync(dataDir)).toBe(false);
    });

    test("an empty database stays empty", async () => {
      const { url } = await createTestDatabase({ isEmpty: true });
      await expect(nowhere({ DATABASE_URL: url, DATABASE_DIRECT_URL: url }, "mailbox", "list")).rejects.toMatchObject({
        stderr: "The database has no console in it yet: start it once (npm start).\n",
      });
    });
  });

  test("a mistake is its exit code", async () => {
    await expect(run("run", "show", NO_ONE)).rejects.toMatchObject({ code: 1, stdout: "", stderr: "No such run.\n" });
  });
});

async function deliverMails(runId: string): Promise<void> {
  const queued = await getDb().emailDelivery.findMany({ where: { runId, status: "queued" } });
  for (const { id } of queued)
    await sendEmail(
      systemContext(null),
      mailboxProvider((message) => storeMailboxMessage(systemContext(null), message)),
      id,
    );
}
