import { execFile } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { describe, expect, test } from "vitest";
import { consoleVersion } from "@/lib/console-version";
import { createDatabaseBefore, createTestDatabase } from "@/lib/testing/database";
import { makeWorkspace } from "@/lib/testing/factories";
import { testSettings } from "@/lib/testing/test-settings";
import { admin, refused } from "../try-admin";

const NO_ONE = "019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b";

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

async function query(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

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

    test("`migrate` sets up an empty database, says what it applied, and then has nothing to do", async () => {
      const { url } = await createTestDatabase({ isEmpty: true });
      const database = { DATABASE_URL: url, DATABASE_DIRECT_URL: url };
      const first = await nowhere(database, "migrate", "--json");
      expect(first.stderr).toMatch(/^(Applied migration \w+\.\n){20,}$/);
      expect(JSON.parse(first.stdout)).toEqual({ release: consoleVersion() });
      expect(await nowhere(database, "migrate")).toEqual({
        stderr: "",
        stdout: `The database is ready for release ${consoleVersion()}.\n`,
      });
      expect((await nowhere(database, "mailbox", "list", "--json")).stderr).toBe("");
    });

    test("`migrate` brings a database of an earlier release up to date, and refuses one of a newer", async () => {
      const { url } = await createDatabaseBefore("20261128");
      const database = { DATABASE_URL: url, DATABASE_DIRECT_URL: url };
      expect((await nowhere(database, "migrate")).stderr).toMatch(/^(Applied migration 2026\w+\.\n)+$/);
      await query(
        url,
        "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('newer', '', '29991231_newer', now())",
      );
      await expect(nowhere(database, "migrate")).rejects.toMatchObject({
        code: 1,
        stdout: "",
        stderr: "The database was migrated by a newer release (29991231_newer): start that release, or restore a backup made before it.\n",
      });
    });
  });

  test("a mistake is its exit code", async () => {
    await expect(run("run", "show", NO_ONE)).rejects.toMatchObject({ code: 1, stdout: "", stderr: "No such run.\n" });
  });
});
