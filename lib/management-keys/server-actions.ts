"use server";

import { memberServerAction } from "@/lib/auth/server-action";
import { createManagementKey } from "./create-management-key";
import { revokeManagementKey } from "./revoke-management-key";
import { managementKeyIdSchema, newManagementKeySchema } from "./schema";

/** Only this response contains the key. */
export const submitNewManagementKey = memberServerAction(newManagementKeySchema, (ctx, input) => createManagementKey(ctx, input));

export const submitRevokedManagementKey = memberServerAction(managementKeyIdSchema, (ctx, { id }) => revokeManagementKey(ctx, id));
