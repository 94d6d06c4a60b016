import type { ApiExample } from "./api-example";
import type { ApiOperation } from "./api-operations";

const KEYS: Readonly<Record<ApiOperation["keys"], readonly string[]>> = {
  apps: ['-H "Authorization: Bearer $DAAI_API_KEY"', '-H "X-DAAI-Workspace-Key: $DAAI_WORKSPACE_KEY"'],
  management: ['-H "Authorization: Bearer $DAAI_MANAGEMENT_KEY"'],
  none: [],
};

/** Formats a request as a curl command. It reads keys from environment variables and never contains them. */
export function curlExample(operation: ApiOperation, baseUrl: string, { request }: ApiExample): string {
  const path = operation.path.replace("{id}", "$RUN_ID").replace("{token}", "$TOKEN").replace("{name}", "$ACTION");
  const query = operation.parameters.some(({ in: place, name }) => place === "query" && name === "wait") ? "?wait=60" : "";
  const method = operation.method === "PUT" || operation.method === "DELETE" ? ` -X ${operation.method}` : "";
  const lines = [
    `curl${method} "${baseUrl}${path}${query}"`,
    ...KEYS[operation.keys],
    ...(request === undefined ? [] : ['-H "Content-Type: application/json"', `-d '${JSON.stringify(request, null, 2)}'`]),
  ];
  return lines.join(" \\\n  ");
}
