import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disconnectDb } from "@/lib/db/client";
import { BODY_MAX_BYTES } from "@/lib/http/parse-body";
import { makeAction, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { handleWithNodeMount } from "./node-mount";

let server: Server;
let port: number;
let keys: string;
let workspace: TestWorkspace;

beforeAll(async () => {
  server = createServer((message, reply) => {
    if (!handleWithNodeMount(message, reply)) reply.end("for Next");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ({ port } = server.address() as AddressInfo);
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
  keys = `Authorization: Bearer ${workspace.apiKey}\r\nX-DAAI-Workspace-Key: ${workspace.workspaceKey}\r\n`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await disconnectDb();
});

/** A connection that collects what comes back. */
function open(): { socket: Socket; received: () => string; until: (pattern: RegExp) => Promise<string>; closed: Promise<unknown> } {
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  let text = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const until = async (pattern: RegExp) => {
    while (!pattern.test(text)) await once(socket, "data");
    return text;
  };
  return { socket, received: () => text, until, closed: new Promise((resolve) => socket.once("close", resolve)) };
}

async function send(text: string, until: RegExp): Promise<string> {
  const { socket, until: read } = open();
  socket.write(text);
  const answer = await read(until);
  socket.destroy();
  return answer;
}

const post = (path: string, headers: string) => `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n`;
const intercept = "/api/v1/sdk/intercept";

describe("the Node mount", () => {
  it("leaves to Next what is not the API", async () => {
    for (const path of ["/", "/v1", "/api/auth/session", "/api/nothing", "/decide/x", "/?q=%", "/%C3%A4"]) {
      expect(await send(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`, /for Next/)).toContain("for Next");
    }
  });

  it.each(["/api/v1/nothing", "/v1/sdk/nothing", "/api/v1/sdk/%zz", "/v1/sdk/action-runs/%E0%A4%A/", "/api/v1/sdk/intercept/?x=%zz"])(
    "answers the unknown path %s itself",
    async (path) => {
      expect(await send(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`, /route_not_found/)).toMatch(/^HTTP\/1\.1 404 /);
    },
  );

  it("answers with and without /api, head and body in one piece, and keeps the connection", async () => {
    const { socket, until } = open();
    socket.write("GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n");
    const first = await until(/\}$/);
    expect(first).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(first).toMatch(/content-length: 15\r\n/i);
    expect(first).not.toMatch(/transfer-encoding|connection: close/i);
    socket.write(`POST /v1/sdk/intercept HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}`);
    expect(await until(/missing_credentials.*\}$/)).toMatch(/HTTP\/1\.1 401 /);
    socket.destroy();
  });

  it("answers HEAD with the length and no body", async () => {
    const { socket, until, received } = open();
    socket.write("HEAD /api/health HTTP/1.1\r\nHost: x\r\n\r\nHEAD /api/v1/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    await until(/404 Not Found[^]*\r\n\r\n$/);
    expect(received()).toMatch(/^HTTP\/1\.1 200 OK\r\n[^{]*content-length: 15\r\n[^{]*$/i);
    socket.destroy();
  });

  it("takes a body in many small pieces", async () => {
    const body = JSON.stringify({ action: "export_report", payload: { text: "ä€😀" } });
    const { socket, until } = open();
    socket.setNoDelay(true);
    socket.write(post(intercept, `${keys}Transfer-Encoding: chunked\r\n`));
    for (const byte of Buffer.from(body)) socket.write(Buffer.concat([Buffer.from("1\r\n"), Buffer.from([byte]), Buffer.from("\r\n")]));
    socket.write("0\r\n\r\n");
    expect(await until(/"executable":true/)).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  });

  it("refuses a body that says it is too long, before a byte of it has come", async () => {
    const { socket, until, closed } = open();
    socket.write(post(intercept, `${keys}Content-Length: 10000000000\r\n`));
    expect(await until(/body_too_large/)).toMatch(/^HTTP\/1\.1 413 [^]*connection: close\r\n/i);
    socket.end();
    await closed;
  });

  it("stops an endless body", async () => {
    const { socket, until, closed } = open();
    socket.write(post(intercept, `${keys}Transfer-Encoding: chunked\r\n`));
    const chunk = `4000\r\n${" ".repeat(0x4000)}\r\n`;
    let written = 0;
    const pump = () => {
      while (!socket.destroyed && socket.write(chunk)) written += chunk.length;
    };
    socket.on("drain", pump);
    pump();
    expect(await until(/body_too_large/)).toMatch(/^HTTP\/1\.1 413 /);
    await closed;
    expect(written).toBeLessThan(64 * 1024 * 1024);
  });

  it("delivers the refusal of a long body to a client that writes it all before it reads", async () => {
    const body = " ".repeat(4_000_000);
    for (let i = 0; i < 5; i++) {
      const response = await fetch(`http://127.0.0.1:${port}${intercept}`, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          Authorization: `Bearer ${workspace.apiKey}`,
          "X-DAAI-Workspace-Key": workspace.workspaceKey,
        },
        body,
      });
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([413, "body_too_large"]);
    }
  });

  it("takes exactly the limit", async () => {
    const answer = await send(
      `${post(intercept, `${keys}Content-Length: ${BODY_MAX_BYTES}\r\n`)}${"{}".padEnd(BODY_MAX_BYTES)}`,
      /"request_id"/,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 422 /);
  });

  it("survives clients that leave in the middle of a body", async () => {
    const clients = Array.from({ length: 20 }, () => open());
    for (const { socket } of clients) {
      socket.write(`${post(intercept, `${keys}Content-Length: 500\r\n`)}{"action":`);
      await once(socket, "ready");
      socket.destroy();
    }
    await Promise.all(clients.map(({ closed }) => closed));
    expect(await send("GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n", /ok/)).toContain('{"status":"ok"}');
  });

  it("counts a workspace key that is sent twice as no key", async () => {
    const twice = `${keys}X-DAAI-Workspace-Key: ${workspace.workspaceKey}\r\n`;
    expect(await send(`${post(intercept, `${twice}Content-Length: 2\r\n`)}{}`, /"request_id"/)).toMatch(/invalid_workspace_key/);
  });
});
