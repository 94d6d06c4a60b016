import type { ManagementScope } from "@/lib/domain/access/management-scopes";
import type { JsonObject } from "@/lib/domain/json-value";
import { matchEndpoint } from "@/lib/http/mounts/endpoints";
import { handleRequest } from "@/lib/http/mounts/handle-request";
import { createManagementKey } from "@/lib/management-keys/create-management-key";
import type { WorkspaceContext } from "@/lib/security/context";
import { expectOk } from "./factories";
import { makeApiRequest } from "./make-api-request";

interface ManagedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty when there is no body. */
  readonly json: JsonObject;
}

/** Calls the management API, without a server, with a key of its own. */
export type ManagementClient = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<ManagedAnswer>;

export async function managementClient({ ctx }: { ctx: WorkspaceContext }, scopes: ManagementScope[]): Promise<ManagementClient> {
  const { key } = expectOk(await createManagementKey(ctx, { name: "CI", scopes }));
  return async (method, url, body, headers = {}) => {
    const [path = "", query = ""] = url.split("?");
    const match = matchEndpoint(path);
    const request = makeApiRequest({
      method,
      path,
      query,
      params: { ...match?.params },
      headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const response = await handleRequest(match?.resource ?? null, request);
    const json = response.body === null ? {} : (JSON.parse(response.body) as JsonObject);
    return { status: response.status, headers: response.headers, json };
  };
}
