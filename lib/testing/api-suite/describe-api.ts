import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disconnectDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { makeAction, makeWorkspace, proposeOk } from "@/lib/testing/factories";
import { startTestServer, type TestServer } from "@/lib/testing/test-server";
import { ApiClient, runPath } from "./api-client";
import { describeBodies } from "./bodies";
import { describeCredentials } from "./credentials";
import { describeDecisions } from "./decisions";
import { describeEveryAnswer } from "./every-answer";
import { describeExecution } from "./execution";
import { describeIntercept } from "./intercept";
import { describeStatus } from "./status";

/** The whole API over HTTP, against a server of its own: the same expectations for both mounts. */
export function describeApi(mount: "node" | "next"): void {
  describe(`the API, answered by ${mount}`, () => {
    let server: TestServer | undefined;
    let client: ApiClient;
    beforeAll(async () => {
      // Without a worker the emails stay queued, and the tests read their links from the queue.
      const env = { DAAI_WORKER: "off", DAAI_PLAN: "unlimited" };
      server = await startTestServer({ databaseUrl: getEnv().DATABASE_URL, mount, env });
      client = new ApiClient(server.url);
    });
    afterAll(async () => {
      await server?.stop();
      await disconnectDb();
    });

    const api = () => client;
    describeEveryAnswer(api);
    describeCredentials(api);
    describeBodies(api);
    describeIntercept(api);
    describeStatus(api);
    describeExecution(api);
    describeDecisions(api);

    // The last one: afterwards there is no server.
    it("gives the answers it holds when it is told to stop", async () => {
      const workspace = await makeWorkspace();
      await makeAction(workspace, { name: "refund_customer" });
      const { action_run_id: runId } = await proposeOk(workspace, { action: "refund_customer", payload: {} });
      const read = (seconds: number) => client.get(runPath(runId, `status?wait=${seconds}`), { as: workspace });
      const held = [read(60), read(60)];
      await read(1);
      await server?.stop();
      server = undefined;
      for (const { status, json } of await Promise.all(held)) {
        expect([status, json]).toEqual([200, expect.objectContaining({ governance_status: "pending_approval" })]);
      }
    });
  });
}
