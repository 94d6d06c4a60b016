// An MCP server of the official SDK that speaks protocol 2026-07-28, and the older ones.
import { inputRequired, McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { z } from "zod";

const text = (words) => ({ content: [{ type: "text", text: words }] });

serveStdio(() => {
  const server = new McpServer({ name: "newest", version: "1" });
  server.registerTool("pay", { description: "Pays.", inputSchema: z.object({ amount: z.number() }) }, ({ amount }) =>
    text(`paid ${amount}`),
  );
  server.registerTool("refund", { description: "Refunds.", inputSchema: z.object({ amount: z.number() }) }, ({ amount }) =>
    text(`refunded ${amount}`),
  );
  server.registerTool("ask", { description: "Asks, then pays.", inputSchema: z.object({}) }, (_, { mcpReq }) => {
    const { to } = mcpReq.inputResponses ?? {};
    if (to) return text(`paid ${to.content.name}`);
    const requestedSchema = { type: "object", properties: { name: { type: "string" } }, required: ["name"] };
    return inputRequired({ inputRequests: { to: inputRequired.elicit({ message: "Whom?", requestedSchema }) } });
  });
  return server;
});
