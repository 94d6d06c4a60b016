import { beforeAll, expect, it, vi } from "vitest";
import { getDb } from "@/lib/db/client";
import { summarizeError } from "@/lib/errors/error-summary";
import { logger } from "@/lib/logger";
import { makeAction, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { makeApiRequest } from "@/lib/testing/make-api-request";
import { matchEndpoint } from "./endpoints";
import { handleRequest } from "./handle-request";

let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
});

const intercept = () => {
  const path = "/api/v1/sdk/intercept";
  const headers = {
    authorization: `Bearer ${workspace.apiKey}`,
    "x-daai-workspace-key": workspace.workspaceKey,
    "content-type": "application/json",
  };
  const body = JSON.stringify({ action: "export_report", payload: {} });
  return handleRequest(matchEndpoint(path)?.resource ?? null, makeApiRequest({ method: "POST", path, headers, body }));
};

it("a database without room on its disk is a 503 that says so, here and in the log, until there is room again", async () => {
  expect((await intercept()).status).toBe(200);
  // What PostgreSQL answers when it cannot extend a file.
  await getDb().$executeRawUnsafe(`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE 'could not extend file "base/5/1259": No space left on device' USING ERRCODE = 'disk_full'; END $$`);
  await getDb().$executeRawUnsafe("CREATE TRIGGER no_room BEFORE INSERT ON action_runs FOR EACH ROW EXECUTE FUNCTION no_room()");
  const logged = vi.spyOn(logger, "error").mockReturnValue();
  const response = await intercept();
  expect(response.status).toBe(503);
  expect(JSON.parse(String(response.body))).toMatchObject({
    code: "database_unavailable",
    detail: "The disk of the console's database is full, so nothing was decided. Tell the operator to free space, then try again.",
  });
  const [{ error }] = logged.mock.lastCall as unknown as [{ error: unknown }];
  expect(summarizeError(error)).toMatchObject({ message: "No space left on the database's disk." });
  await getDb().$executeRawUnsafe("DROP TRIGGER no_room ON action_runs");
  expect((await intercept()).status).toBe(200);
});
