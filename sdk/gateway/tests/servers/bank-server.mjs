// An MCP server for the tests: what it does, it appends to the file it is given, so that a test sees how often it was done. The
// descriptions of its tools are in another file, so that they can change.
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [, , done, description] = process.argv;
const schema = { type: "object", properties: { amount: { type: "number" } } };
const tools = () => [
  { name: "pay", description: existsSync(description) ? readFileSync(description, "utf8") : "Pays somebody.", inputSchema: schema },
  { name: "ask", description: "Pays after a question.", inputSchema: schema },
  { name: "look", description: "Looks.", inputSchema: schema, annotations: { readOnlyHint: true } },
  { name: "hang", description: "Pays and never replies.", inputSchema: schema },
  { name: "crash", description: "Pays and ends.", inputSchema: schema },
];
const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

function call(id, { name, arguments: args, requestState }) {
  if (name === "ask" && requestState === undefined) {
    return send({ id, result: { resultType: "input_required", inputRequests: {}, requestState: "state" } });
  }
  appendFileSync(done, `${name} ${JSON.stringify(args)}\n`);
  if (name === "hang") return undefined;
  if (name === "crash") process.exit(3);
  return send({ id, result: { resultType: "complete", content: [{ type: "text", text: `${name} done` }] } });
}

createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params = {} } = JSON.parse(line);
  if (method === "initialize") {
    const { protocolVersion } = params;
    send({ id, result: { protocolVersion, capabilities: { tools: { listChanged: true } }, serverInfo: { name: "bank", version: "1" } } });
  } else if (method === "tools/list") send({ id, result: { resultType: "complete", ttlMs: 0, cacheScope: "private", tools: tools() } });
  else if (method === "tools/call") call(id, params);
  else if (method === "notifications/changed") send({ method: "notifications/tools/list_changed" });
  else if (id !== undefined) send({ id, result: { resultType: "complete" } });
});
