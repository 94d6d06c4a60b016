import { beforeAll, describe, expect, it } from "vitest";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { getDb } from "@/lib/db/client";
import { ENDPOINTS } from "@/lib/http/mounts/endpoints";
import { createManagementKey } from "@/lib/management-keys/create-management-key";
import { makeKey } from "@/lib/security/key-format";
import { expectOk, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { type ApiClient, INTERCEPT, MISSING_RUN, problemOf, runPath } from "./api-client";

export function describeCredentials(api: () => ApiClient): void {
  describe("credentials", () => {
    let mine: TestWorkspace;
    let other: TestWorkspace;
    beforeAll(async () => {
      mine = await makeWorkspace();
      other = await makeWorkspace();
    });

    const ask = async (headers: Record<string, string>) => {
      const answer = await api().post(INTERCEPT, { action: "some_action", payload: {} }, { headers });
      if (answer.status === 401) expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
      return problemOf(answer);
    };
    const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
    const workspaceKey = (key: string) => ({ "X-DAAI-Workspace-Key": key });

    it("are needed, both", async () => {
      expect(await ask({})).toEqual([401, "missing_credentials"]);
      expect(await ask(bearer(mine.apiKey))).toEqual([401, "missing_credentials"]);
      expect(await ask(workspaceKey(mine.workspaceKey))).toEqual([401, "missing_credentials"]);
    });

    it.each(["Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "bearer daai_sk_short", "daai_sk_", "Bearer a b"])(
      "are refused as %j",
      async (value) => {
        const [status, code] = await ask({ Authorization: value, ...workspaceKey(mine.workspaceKey) });
        expect(status).toBe(401);
        expect(["missing_credentials", "invalid_api_key"]).toContain(code);
      },
    );

    it("tell a stranger nothing, and the holder of one key which one is wrong", async () => {
      expect(await ask({ ...bearer(makeKey("api")), ...workspaceKey(makeKey("workspace")) })).toEqual([401, "invalid_api_key"]);
      expect(await ask({ ...bearer(makeKey("api")), ...workspaceKey(mine.workspaceKey) })).toEqual([401, "invalid_api_key"]);
      expect(await ask({ ...bearer(mine.apiKey), ...workspaceKey(makeKey("workspace")) })).toEqual([401, "invalid_workspace_key"]);
      expect(await ask({ ...bearer(mine.apiKey), ...workspaceKey("daai_wk_") })).toEqual([401, "invalid_workspace_key"]);
      expect(await ask({ ...bearer(mine.apiKey), ...workspaceKey(other.workspaceKey) })).toEqual([401, "keys_of_different_workspaces"]);
      expect(await ask({ ...bearer(mine.workspaceKey), ...workspaceKey(mine.apiKey) })).toEqual([401, "invalid_api_key"]);
    });

    it("stop working at once when they are revoked", async () => {
      const revoked = await makeWorkspace();
      const headers = { ...bearer(revoked.apiKey), ...workspaceKey(revoked.workspaceKey) };
      expect((await ask(headers))[0]).toBe(200);
      const { id: keyId } = await getDb().apiKey.findFirstOrThrow({ where: { workspaceId: revoked.workspaceId, kind: "api" } });
      await revokeApiKey(revoked.ctx, keyId);
      expect(await ask(headers)).toEqual([401, "invalid_api_key"]);
    });

    it("come before everything else that is wrong", async () => {
      const stranger = { ...mine, apiKey: makeKey("api") };
      const bodies = [
        "",
        "{",
        "[]",
        "{}",
        '{"a":1,"a":2}',
        '{"payload":1e999}',
        " ".repeat(200_000),
        '{"action":"x","payload":{"reasoning":1}}',
      ];
      const long = { action: "some_action", payload: { reasoning: "x".repeat(2001), actor: "y".repeat(300) } };
      for (const body of [...bodies, long]) {
        expect(problemOf(await api().post(INTERCEPT, body, { as: stranger }))).toEqual([401, "invalid_api_key"]);
        expect(problemOf(await api().post(INTERCEPT, body))).toEqual([401, "missing_credentials"]);
      }
      expect(problemOf(await api().post(INTERCEPT, "{}", { as: stranger, headers: { "Content-Type": "text/plain" } }))[0]).toBe(401);
      expect(problemOf(await api().get(runPath("no-id", "status?wait=x"), { as: stranger }))[0]).toBe(401);
    });

    it("of an app and of a program that manages don't stand for each other", async () => {
      const { key } = expectOk(await createManagementKey(mine.ctx, { name: "CI", scopes: ["actions:read"] }));
      expect(await ask({ ...bearer(key), ...workspaceKey(mine.workspaceKey) })).toEqual([401, "invalid_api_key"]);
      expect(await ask({ ...bearer(mine.apiKey), ...workspaceKey(key) })).toEqual([401, "invalid_workspace_key"]);
      const list = async (credential: string) => problemOf(await api().get("/api/v1/manage/actions", { headers: bearer(credential) }));
      expect(await list(key)).toEqual([200, undefined]);
      for (const other of [mine.apiKey, mine.workspaceKey, makeKey("management"), key.slice(0, -1)])
        expect(await list(other)).toEqual([401, "invalid_management_key"]);
      expect(problemOf(await api().get("/api/v1/manage/actions", { as: mine }))).toEqual([401, "invalid_management_key"]);
    });

    const managed = ENDPOINTS.filter(({ path }) => path.startsWith("/api/v1/manage/"));
    it.each(managed)("of management are asked for at $path, with a scope", async ({ path, routes }) => {
      const { key } = expectOk(await createManagementKey(mine.ctx, { name: "CI", scopes: ["approvers:write"] }));
      const url = path.replace(":id", MISSING_RUN).replace(":name", "refund_customer");
      for (const method of routes.keys()) {
        const body = method === "GET" ? undefined : "{";
        expect(problemOf(await api().call(method, url, body))).toEqual([401, "missing_credentials"]);
        const answer = await api().call(method, url, body, { headers: bearer(key) });
        expect(problemOf(answer)).toEqual([403, "missing_scope"]);
        expect(answer.headers.get("ratelimit")).toMatch(/^"minute";r=\d+;t=\d+$/);
      }
    });

    const paths = ENDPOINTS.filter(({ path }) => path.startsWith("/api/v1/sdk/"));
    it.each(paths)("are asked for at $path", async ({ path, routes }) => {
      for (const method of routes.keys()) {
        const url = path.replace(":id", MISSING_RUN);
        const body = method === "POST" ? "{}" : undefined;
        expect(problemOf(await api().call(method, url, body))).toEqual([401, "missing_credentials"]);
        const answer = await api().call(method, url, body, { as: { ...mine, apiKey: other.apiKey } });
        expect(problemOf(answer)).toEqual([401, "keys_of_different_workspaces"]);
        expect(answer.headers.get("ratelimit")).toBeNull();
      }
    });
  });
}
