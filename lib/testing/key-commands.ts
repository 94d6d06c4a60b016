import { createApiKey } from "@/lib/api-keys/create-api-key";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { createManagementKey } from "@/lib/management-keys/create-management-key";
import { revokeManagementKey } from "@/lib/management-keys/revoke-management-key";
import { expectOk, type TestWorkspace } from "./factories";

const key = (workspace: TestWorkspace) => createApiKey(workspace.ctx, { kind: "api", name: "spare" });
const managementKey = async (workspace: TestWorkspace) =>
  expectOk(await createManagementKey(workspace.ctx, { name: "spare", scopes: ["actions:read"] }));

/** What is done to keys: each ready to go, with who does it and what of it is written down. */
export function keyCommands(workspaceOf: () => TestWorkspace) {
  return [
    [
      "api_key.created",
      "operator",
      () =>
        Promise.resolve({ run: () => createApiKey(workspaceOf().ctx, { kind: "api", name: "new" }), data: { kind: "api", name: "new" } }),
    ],
    [
      "api_key.revoked",
      "operator",
      async () => {
        const { id } = await key(workspaceOf());
        return { run: () => revokeApiKey(workspaceOf().ctx, id), subjectId: id };
      },
    ],
    [
      "api_key.rotated",
      "operator",
      async () => {
        const { id } = await key(workspaceOf());
        return { run: () => rotateApiKey(workspaceOf().ctx, { id, overlapMinutes: 5 }), subjectId: id };
      },
    ],
    [
      "management_key.created",
      "operator",
      () =>
        Promise.resolve({
          run: () => createManagementKey(workspaceOf().ctx, { name: "new", scopes: ["actions:write", "actions:read"] }),
          data: { name: "new", scopes: ["actions:read", "actions:write"] },
        }),
    ],
    [
      "management_key.revoked",
      "operator",
      async () => {
        const { id } = await managementKey(workspaceOf());
        return { run: () => revokeManagementKey(workspaceOf().ctx, id), subjectId: id, data: { name: "spare" } };
      },
    ],
  ] as const;
}
