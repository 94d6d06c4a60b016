// Plays the responses that a conformance case scripts, over real sockets, and checks the requests that a client sends.
// Started as a process: prints its address, and ends when its standard input does. README.md documents the rest.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout } from "node:timers/promises";
import { matchRequest } from "./match-request.mjs";

/** The run that scripted responses are about. */
const RUN_ID = "01890000-0000-7000-8000-000000000001";
/** Whether each connection has one request only. */
const CLOSES = process.argv.includes("--close-connections");
const RESPONSES = JSON.parse(readFileSync(new URL("responses.json", import.meta.url), "utf8"));

/** By number: the steps that are left, the requests that arrived, and what is expected of them. */
const cases = new Map();
let lastNumber = 0;

const server = createServer(async (request, response) => {
  if (CLOSES) response.shouldKeepAlive = false;
  const [, number, ...rest] = request.url.split("/");
  const body = Buffer.concat(await request.toArray());
  if (number === "cases") return control(request.method, rest[0], body, response);
  const running = cases.get(number);
  // Of a case that has ended: the client gave up on it.
  if (running === undefined) return request.socket.destroy();
  const address = new URL(`http://console/${rest.join("/")}`);
  running.requests.push({
    method: request.method,
    path: address.pathname.replace("/api/v1/sdk/", "").replace(`action-runs/${RUN_ID}/`, ""),
    query: Object.fromEntries(address.searchParams),
    headers: request.headers,
    body: body.length === 0 ? undefined : JSON.parse(body.toString("utf8")),
  });
  play(running.steps.shift(), request, response);
});

// A client that gave up, or a fault, is what cases are about.
server.on("clientError", (_error, socket) => socket.destroy());

/** POST /cases starts a case. DELETE /cases/<number> ends it and responds with what was wrong. */
async function control(method, number, body, response) {
  if (method === "POST") {
    const { responses = [], requests } = JSON.parse(body.toString("utf8"));
    const steps = responses.flatMap(({ times = 1, ...step }) => Array(times).fill(step));
    lastNumber += 1;
    cases.set(String(lastNumber), { steps, expected: requests, requests: [] });
    const base = `http://127.0.0.1:${server.address().port}/${lastNumber}/api`;
    return sendJson(response, { number: String(lastNumber), base_url: base, run_id: RUN_ID });
  }
  const { steps, expected, requests } = cases.get(number);
  // On a busy machine, a request that the client has given up on may still be on its way.
  for (let tries = 0; tries < 50 && (steps.length > 0 || requests.length < (expected?.length ?? 0)); tries++) await setTimeout(100);
  cases.delete(number);
  sendJson(response, { problems: [...leftOver(steps, requests), ...matchRequests(expected, requests)], requests: requests.length });
}

function sendJson(response, value) {
  response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(value));
}

function* leftOver(steps, requests) {
  if (steps.length > 0) yield `${steps.length} responses are left: only ${requests.length} requests arrived`;
}

function* matchRequests(expected, requests) {
  if (expected === undefined) return;
  const variables = new Map();
  for (const [at, one] of expected.entries()) {
    if (requests[at] === undefined) yield `request ${at + 1} is missing: ${one.path}`;
    else for (const problem of matchRequest(one, requests[at], variables)) yield `request ${at + 1}: ${problem}`;
  }
  for (const extra of requests.slice(expected.length)) yield `an unexpected request: ${extra.method} ${extra.path}`;
}

function play(step, request, response) {
  if (step === undefined) {
    // The client sees a response that isn't the console's; the case ends with the unexpected request.
    response.writeHead(500, { "Content-Type": "text/plain" }).end("no response is left in the script");
    return;
  }
  if (step.fault === "silence") return;
  if (step.fault === "drop") return request.socket.destroy();
  if (step.fault === "reset") return request.socket.resetAndDestroy();
  const content = contentOf(step);
  response.sendDate = false;
  response.writeHead(step.status ?? 200, headersOf(step, request, content));
  if (step.fault !== "half") return response.end(content);
  response.write(content.subarray(0, content.length / 2), () => request.socket.destroy());
}

function contentOf({ response, with: changes, without = [], json, text, repeat = 1, base64 }) {
  if (base64 !== undefined) return Buffer.from(base64, "base64");
  if (text !== undefined) return Buffer.from(text.repeat(repeat));
  if (response === undefined) return Buffer.from(JSON.stringify(json ?? {}));
  if (RESPONSES[response] === undefined) throw new Error(`responses.json has no ${response}`);
  const fields = { ...RESPONSES[response], ...changes };
  for (const name of without) delete fields[name];
  return Buffer.from(JSON.stringify(fields));
}

function headersOf({ status = 200, headers = {}, echo = "call", seconds }, request, content) {
  const known = {
    "Content-Type": status < 400 ? "application/json" : "application/problem+json",
    "Content-Length": String(content.length),
    ...(seconds === undefined ? {} : { "Conformance-Seconds": String(seconds) }),
    ...(echo === "call" ? { "DAAI-Call": request.headers["daai-call"] ?? "" } : {}),
    ...(echo === "other call" ? { "DAAI-Call": "0".repeat(32) } : {}),
    ...(echo === "request id" ? { "X-Request-Id": request.headers["x-request-id"] ?? "" } : {}),
    ...headers,
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
}

server.listen(0, "127.0.0.1", () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
process.stdin.resume().on("close", () => process.exit(0));
