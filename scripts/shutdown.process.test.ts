import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { expect, it } from "vitest";
import { createTestDatabase } from "@/lib/testing/database";
import { runAdmin } from "@/lib/testing/run-admin";
import { startTestServer } from "@/lib/testing/test-server";

const MOUNTS = ["node", "next"] as const;
const OWNER = "owner@example.com";

/** A console with one action that always asks, and the headers that may call it. */
async function startConsole(mount: (typeof MOUNTS)[number]) {
  const { url: databaseUrl } = await createTestDatabase();
  const create = ["workspace", "create", "--owner", OWNER, "--name", "Shutdown", "--client", "Client"];
  const workspace = (await runAdmin(databaseUrl, create)) as { workspace_id: string; workspace_key: string; api_key: string };
  const register = [
    "action",
    "register",
    "--workspace",
    workspace.workspace_id,
    "--name",
    "ask",
    "--policy",
    "always_require_approval",
    "--approver",
    OWNER,
  ];
  await runAdmin(databaseUrl, register);
  const server = await startTestServer({ databaseUrl, mount });
  const headers = {
    authorization: `Bearer ${workspace.api_key}`,
    "x-daai-workspace-key": workspace.workspace_key,
    "content-type": "application/json",
  };
  return { server, headers };
}

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
  const { server, headers } = await startConsole(mount);
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
  const { server, headers } = await startConsole(mount);
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
