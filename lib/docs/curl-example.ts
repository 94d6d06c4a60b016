import type { ApiExample } from "./api-examples";
import type { ApiOperation } from "./api-operations";

/** Formats a request as a curl command. It reads keys from environment variables and never contains them. */
export function curlExample(operation: ApiOperation, baseUrl: string, { request }: ApiExample): string {
  const path = operation.path.replace("{id}", "$RUN_ID").replace("{token}", "$TOKEN");
  const query = operation.parameters.some(({ in: place }) => place === "query") ? "?wait=60" : "";
  const lines = [
    `curl "${baseUrl}${path}${query}"`,
    ...(operation.needsKeys ? ['-H "Authorization: Bearer $DAAI_API_KEY"', '-H "X-DAAI-Workspace-Key: $DAAI_WORKSPACE_KEY"'] : []),
    ...(request === undefined ? [] : ['-H "Content-Type: application/json"', `-d '${JSON.stringify(request, null, 2)}'`]),
  ];
  return lines.join(" \\\n  ");
}
