import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { getEnv, resetEnvCache } from "@/lib/env";
import { createConsoleServer } from "./console-server";

let server: Server | undefined;
/** What reached Next, and with how long a body. */
const reached: string[] = [];

async function echo(message: IncomingMessage, reply: ServerResponse): Promise<void> {
  const body = await buffer(message);
  reached.push(`${message.method} ${message.url} ${body.length}`);
  reply.end(
    JSON.stringify({ host: message.headers.host, forwardedHost: message.headers["x-forwarded-host"], body: body.toString().slice(0, 100) }),
  );
}

afterEach(async () => {
  reached.length = 0;
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve) ?? resolve(null));
});

async function start(patience = {}): Promise<number> {
  server = createConsoleServer({ handlesSdk: true, handleWithNext: echo, patience }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** Sends the text, or texts as they are taken, and gives all that comes back until the connection ends, or until it is enough. */
async function send(port: number, text: string | AsyncIterable<string>, enough = /$^/): Promise<string> {
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  let received = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    received += chunk;
    if (enough.test(received)) socket.end();
  });
  const closed = new Promise((resolve) => socket.once("close", resolve));
  for await (const piece of typeof text === "string" ? [text] : text) {
    if (socket.destroyed || !socket.writable) break;
    if (!socket.write(piece)) await Promise.race([new Promise((resolve) => socket.once("drain", resolve)), closed]);
  }
  await closed;
  return received;
}

const head = (line: string, ...headers: string[]) => [line, "Host: x", "Connection: close", ...headers, "", ""].join("\r\n");
const own = () => `Origin: ${getEnv().DAAI_PUBLIC_URL}`;

describe("what comes to the console's server", () => {
  it.each([
    ["GET http://evil.example/x HTTP/1.1", 400, "malformed_request"],
    ["GET //evil.example/x HTTP/1.1", 400, "malformed_request"],
    ["GET /x/../api/health HTTP/1.1", 400, "malformed_request"],
    ["OPTIONS * HTTP/1.1", 400, "malformed_request"],
    ["GET /API/v1/sdk/intercept HTTP/1.1", 404, "route_not_found"],
    ["GET /_global-error HTTP/1.1", 404, "route_not_found"],
    ["GET /decide/%FF HTTP/1.1", 404, "route_not_found"],
    ["TRACE / HTTP/1.1", 405, "method_not_allowed"],
    ["PUT /sign-in HTTP/1.1", 405, "method_not_allowed"],
    ["PROPFIND /api/nothing HTTP/1.1", 405, "method_not_allowed"],
    ["DELETE /api/auth/session HTTP/1.1", 405, "method_not_allowed"],
  ])("%s is answered %i before Next, which would fail or lead elsewhere", async (line, status, code) => {
    const answer = await send(await start(), head(line));
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*application/problem\\+json[^]*"code":"${code}"`));
    expect(answer).not.toMatch(/^location:/im);
    if (status === 405) expect(answer).toMatch(/^allow: GET, HEAD, POST, OPTIONS/im);
    expect(reached).toEqual([]);
  });

  it("is refused when a header of which one counts is there twice, on the API and on pages", async () => {
    const port = await start();
    for (const path of ["/api/v1/sdk/log/checkpoint", "/sign-in"]) {
      const answer = await send(port, head(`GET ${path} HTTP/1.1`, "Authorization: Bearer a", "authorization: Bearer b"));
      expect(answer).toMatch(/^HTTP\/1.1 400 [^]*Send authorization only once/);
    }
    expect(await send(port, head("GET /sign-in HTTP/1.1", "Host: y"))).toMatch(/^HTTP\/1.1 400 /);
    expect(reached).toEqual([]);
  });
});

describe("a console below a path", () => {
  it("hands Next that path, whether a proxy took it off or not, and refuses what it refuses elsewhere", async () => {
    const before = getEnv().DAAI_PUBLIC_URL;
    process.env.DAAI_PUBLIC_URL = "https://example.com/console";
    resetEnvCache();
    try {
      const port = await start();
      for (const target of ["/console", "/console/", "/console?a=b", "/console/?a=b", "/console/sign-in", "/sign-in", "/consoles"])
        expect(await send(port, head(`GET ${target} HTTP/1.1`))).toMatch(/^HTTP\/1.1 200 /);
      expect(reached.map((line) => line.split(" ")[1])).toEqual([
        "/console",
        "/console",
        "/console?a=b",
        "/console?a=b",
        "/console/sign-in",
        "/console/sign-in",
        "/console/consoles",
      ]);
      for (const target of ["/console//evil.example", "/console/../x", "//evil.example"])
        expect(await send(port, head(`GET ${target} HTTP/1.1`))).toMatch(/^HTTP\/1.1 400 /);
      expect(await send(port, head("GET /console/API/v1/sdk/intercept HTTP/1.1"))).toMatch(/^HTTP\/1.1 404 /);
      for (const target of ["/console/api/health", "/console/v1/public/log-keys", "/api/health"])
        expect(await send(port, head(`GET ${target} HTTP/1.1`))).toMatch(/^HTTP\/1.1 200 [^]*x-request-id/i);
      expect(reached).toHaveLength(7);
    } finally {
      process.env.DAAI_PUBLIC_URL = before;
      resetEnvCache();
    }
  });
});

describe("a body", () => {
  it.each([
    ["/api/auth/callback/password", 65_536],
    ["/api/auth/signout", 65_536],
    ["/sign-in", 1_048_576],
    ["/decide/x/answer", 1_048_576],
  ])("to %s may have %i bytes, whole or in chunks, and not one more", async (path, limit) => {
    const port = await start();
    const declared = (length: number) => head(`POST ${path} HTTP/1.1`, own(), `Content-Length: ${length}`);
    const chunked = (length: number) =>
      `${head(`POST ${path} HTTP/1.1`, own(), "Transfer-Encoding: chunked")}${length.toString(16)}\r\n${"x".repeat(length)}\r\n0\r\n\r\n`;
    for (const answer of [await send(port, declared(limit) + "x".repeat(limit)), await send(port, chunked(limit))])
      expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(reached).toEqual([`POST ${path} ${limit}`, `POST ${path} ${limit}`]);
    // Before a byte of it has come.
    for (const answer of [await send(port, `${declared(limit + 1)}x`, /"limit"/), await send(port, chunked(limit + 1), /"limit"/)])
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 413 [^]*"code":"body_too_large"[^]*"limit":${limit}`));
    expect(reached).toHaveLength(2);
  });

  it("without an end takes no memory: the connection is closed after the refusal", async () => {
    const port = await start();
    let sent = 0;
    async function* endless() {
      yield head("POST /api/auth/callback/password HTTP/1.1", own(), "Transfer-Encoding: chunked");
      for (;;) {
        sent += 0x4000;
        yield await Promise.resolve(`4000\r\n${" ".repeat(0x4000)}\r\n`);
      }
    }
    expect(await send(port, endless())).toMatch(/^HTTP\/1.1 413 /);
    expect(sent).toBeLessThan(64 * 1024 * 1024);
    expect(reached).toEqual([]);
  });
});

describe("a server action", () => {
  const action = (body: string, ...headers: string[]) =>
    head("POST /sign-in HTTP/1.1", own(), "Next-Action: 40ab", `Content-Length: ${body.length}`, ...headers) + body;
  const TEXT = "Content-Type: text/plain;charset=UTF-8";

  it("reaches Next with what pages send, and with nothing that its reader would fail over", async () => {
    const port = await start();
    expect(await send(port, action('[{"email":"a@example.com"}]', TEXT))).toMatch(/^HTTP\/1.1 200 /);
    for (const body of ["", "{{{", "null", '["$1"]', "[".repeat(50_000)])
      expect(await send(port, action(body, TEXT))).toMatch(/^HTTP\/1.1 400 [^]*malformed_request/);
    expect(await send(port, action("[]", "Content-Type: multipart/form-data"))).toMatch(/^HTTP\/1.1 400 /);
    const withoutScript = head("POST /sign-in HTTP/1.1", own(), "Content-Type: multipart/form-data; boundary=x", "Content-Length: 2");
    expect(await send(port, `${withoutScript}--`)).toMatch(/^HTTP\/1.1 400 /);
    expect(reached).toHaveLength(1);
  });

  it("from the console's own page is not compared with a host that a proxy or a stranger names", async () => {
    const { host } = new URL(getEnv().DAAI_PUBLIC_URL);
    const port = await start();
    const mine = await send(port, action("[]", TEXT, "X-Forwarded-Host: evil.example"));
    expect(JSON.parse(mine.slice(mine.indexOf("{")))).toEqual({ host, body: "[]" });
    const foreign = await send(port, action("[]", TEXT).replace(own(), "Origin: https://evil.example"));
    expect(JSON.parse(foreign.slice(foreign.indexOf("{")))).toMatchObject({ host: "x" });
  });
});

describe("a request that does not arrive", () => {
  // As the console's own, a thousand times less patient.
  const patience = { headersTimeout: 5, requestTimeout: 10, connectionsCheckingInterval: 1 };

  it.each([
    ["nothing at all", ""],
    ["half a line", "GET / HT"],
    ["half a head", "GET /sign-in HTTP/1.1\r\nHost: x\r\nX-Half: "],
    ["half a body for Next", "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n0123456789"],
    ["half a body for the API", "POST /api/v1/sdk/intercept HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n0123456789"],
    ["half a chunk", "POST /api/auth/callback/link HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc"],
  ])("holds no connection: %s", async (_, text) => {
    const answer = await send(await start(patience), text);
    expect(answer).toMatch(/^(HTTP\/1.1 (408|401) [^]*)?$/);
    expect(reached).toEqual([]);
  });

  it("does not end an answer that takes its time", async () => {
    // Long enough for a busy machine to take in the request, and shorter than its answer.
    const port = await start({ headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 10 });
    server?.removeAllListeners("request");
    server?.on("request", (_message, reply) => {
      reply.write("first ");
      setTimeout(() => reply.end("last"), 400);
    });
    expect(await send(port, head("GET /events HTTP/1.1"))).toMatch(/first [^]*last/);
  });

  it("has the times of a console, and a console a largest number of connections", async () => {
    await start();
    expect(server).toMatchObject({ headersTimeout: 5_000, requestTimeout: 10_000, keepAliveTimeout: 65_000, maxConnections: 10_000 });
  });
});
