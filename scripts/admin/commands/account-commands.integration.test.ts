import { describe, expect, test } from "vitest";
import { authenticateSdk } from "@/lib/api-keys/sdk-context";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { resetEnvCache } from "@/lib/env";
import { verifyPassword } from "@/lib/security/hash-password";
import { credentialsOf, expectOk, makeWorkspace } from "@/lib/testing/factories";
import { resetPassword } from "@/lib/users/reset-password";
import { admin, json, listIn, pipe, refused } from "../try-admin";

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

  test("workspaces are listed, the newest first, page by page", async () => {
    for (const name of ["Older", "Newer"]) {
      await json("workspace", "create", "--owner", "lists@example.com", "--name", name, "--client", "Lists AG");
    }
    const { ctx } = await makeWorkspace();
    const first = await json("workspace", "list", "--search", "lists ag", "--limit", "1");
    expect(first).toMatchObject({ has_more: true, workspaces: [{ name: "Newer", client_name: "Lists AG", owner: "lists@example.com" }] });
    const [newer] = listIn(first, "workspaces");
    const second = await json("workspace", "list", "--search", "LISTS", "--limit", "1", "--before", String(newer?.workspace_id));
    expect(second).toMatchObject({ has_more: false, workspaces: [{ name: "Older", deleted_at: null, last_run_at: null, pending: 0 }] });
    const { out } = await admin("workspace", "list", "--limit", "1");
    expect(out).toContain(`There are more: add --before ${ctx.workspaceId}`);
    expect(await refused("workspace", "list", "--limit", "0")).toContain("--limit must be a whole number");
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

    const keys = listIn(await json("api-key", "list", "--workspace", workspace.workspaceId), "api_keys");
    expect(keys.map((key) => [key.kind, key.name, key.status])).toEqual([
      ["workspace", "Workspace key", "active"],
      ["api", "First API key", "active"],
      ["api", "Nightly", "revoked"],
      ["api", "Nightly", "active"],
    ]);
    expect(JSON.stringify(keys)).not.toContain(String(rotated.key));
  });
});

describe("management-key", () => {
  test("a key acts for an owner, is listed without itself, and is revoked once", async () => {
    const { workspaceId, ownerEmail } = await makeWorkspace();
    const create = ["management-key", "create", "--workspace", workspaceId, "--name", "CI"];
    const scopes = ["--scope", "actions:write", "--scope", "actions:read"];
    const { key, management_key_id: id } = await json(...create, ...scopes);
    expect(String(key)).toMatch(/^daai_mk_\w{38}$/);
    const listed = { name: "CI", scopes: ["actions:read", "actions:write"], status: "active", created_by: ownerEmail };
    expect(listIn(await json("management-key", "list", "--workspace", workspaceId), "management_keys")).toMatchObject([listed]);
    expect((await admin("management-key", "list", "--workspace", workspaceId)).out).not.toContain(String(key));
    expect(await refused(...create, "--scope", "runs:write")).toContain("--scope");
    expect(await refused(...create, ...scopes, "--by", "stranger@example.com")).toContain("needs an owner of the workspace");
    expect(await json("management-key", "revoke", String(id))).toMatchObject({ revoked: true });
    expect(await refused("management-key", "revoke", String(id))).toContain("already revoked");
  });
});
