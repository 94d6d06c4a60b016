import { afterAll, beforeAll, expect, it } from "vitest";
import { disconnectDb, getDb } from "@/lib/db/client";
import { resetEnvCache } from "@/lib/env";
import { matchEndpoint } from "@/lib/http/mounts/endpoints";
import { handleRequest } from "@/lib/http/mounts/handle-request";
import { getMetrics, resetMetrics } from "@/lib/metrics/metrics";
import { makeAction, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { makeApiRequest } from "@/lib/testing/make-api-request";

beforeAll(() => {
  process.env.DAAI_METRICS_TOKEN = "a-token-that-nobody-guesses-in-a-test";
  resetEnvCache();
  resetMetrics();
});
afterAll(disconnectDb);

const PATH = "/api/v1/sdk/intercept";

function propose({ apiKey, workspaceKey }: TestWorkspace) {
  const headers = { authorization: `Bearer ${apiKey}`, "x-daai-workspace-key": workspaceKey, "content-type": "application/json" };
  const body = JSON.stringify({ action: "export_report", payload: {} });
  return handleRequest(matchEndpoint(PATH)?.resource ?? null, makeApiRequest({ method: "POST", path: PATH, headers, body }));
}

async function makeTenant(): Promise<TestWorkspace> {
  const workspace = await makeWorkspace();
  await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
  expect((await propose(workspace)).status).toBe(200);
  return workspace;
}

it("refuses what one workspace sends beyond all measure while others are served, answers all the rest, and records no more", async () => {
  const [flooding, quiet] = [await makeTenant(), await makeTenant()];
  const { quietly, flood, refused } = await getDb().$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM usage_counters FOR UPDATE`;
      const [quietly, flood] = [propose(quiet), Array.from({ length: 1004 }, () => propose(flooding))];
      // Before any of the others is answered: 4 are worked on, and 1,000 wait.
      const refused = await propose(flooding);
      return { quietly, flood, refused };
    },
    { timeout: 60_000 },
  );
  expect(refused).toMatchObject({ status: 429, headers: { "Retry-After": "1", "Content-Type": "application/problem+json" } });
  expect(JSON.parse(refused.body ?? "")).toMatchObject({ code: "too_many_waiting" });
  expect(await getMetrics()?.registry.getSingleMetricAsString("daai_api_turns_waited_total")).toMatch(
    /^daai_api_turns_waited_total 1000$/m,
  );
  expect((await quietly).status).toBe(200);
  expect(new Set((await Promise.all(flood)).map(({ status }) => status))).toEqual(new Set([200]));
  expect(await getDb().actionRun.count({ where: { workspaceId: flooding.workspaceId } })).toBe(1005);
  expect(await getDb().actionRun.count({ where: { workspaceId: quiet.workspaceId } })).toBe(2);
});
