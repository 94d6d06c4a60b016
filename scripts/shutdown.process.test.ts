import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { disconnectDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { makeAction, makeWorkspace } from "@/lib/testing/factories";
import { startTestServer } from "@/lib/testing/test-server";

const MOUNTS = ["node", "next"] as const;

let headers: Record<string, string>;
beforeAll(async () => {
  const workspace = await makeWorkspace();
  await makeAction(workspace, { name: "ask", policy: { type: "always_require_approval" } });
  headers = {
    authorization: `Bearer ${workspace.apiKey}`,
    "x-daai-workspace-key": workspace.workspaceKey,
    "content-type": "application/json",
  };
});
afterAll(disconnectDb);

const startConsole = (mount: (typeof MOUNTS)[number]) => startTestServer({ databaseUrl: getEnv().DATABASE_URL, mount });

async function untilRefused(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      socket.destroy();
    } catch {
      return;
    }
  }
}

it.each(MOUNTS)("a stopping server answers held long polls at once (%s mount)", async (mount) => {
  const server = await startConsole(mount);
  const body = JSON.stringify({ action: "ask", payload: { amount: 1 } });
  const run = (await (await fetch(`${server.url}/v1/sdk/intercept`, { method: "POST", headers, body })).json()) as {
    action_run_id: string;
  };
  const status = `${server.url}/v1/sdk/action-runs/${run.action_run_id}/status`;
  const polls = Array.from({ length: 20 }, () => fetch(`${status}?wait=60`, { headers }));
  // An answer on the same server after the polls were sent: they have arrived.
  await fetch(status, { headers });
  const ended = server.kill("SIGTERM");
  for (const poll of polls) {
    const response = await poll;
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ governance_status: "pending_approval" });
  }
  expect(await ended).toBe(0);
});

it.each(MOUNTS)("a stopping server answers a request that is still arriving (%s mount)", async (mount) => {
  const server = await startConsole(mount);
  const body = JSON.stringify({ action: "ask", payload: { amount: 1 } });
  const call = request(`${server.url}/v1/sdk/intercept`, { method: "POST", headers: { ...headers, "content-length": body.length } });
  call.write(body.slice(0, 10));
  await once(call, "socket");
  await fetch(`${server.url}/api/health`);
  const ended = server.kill("SIGTERM");
  await untilRefused(server.port);
  call.end(body.slice(10));
  const [response] = (await once(call, "response")) as [{ statusCode: number; headers: Record<string, string> }];
  expect(response.statusCode).toBe(200);
  expect(response.headers.connection).toBe("close");
  expect(await ended).toBe(0);
});
