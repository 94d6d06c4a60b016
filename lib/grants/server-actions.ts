"use server";

import { memberServerAction } from "@/lib/auth/server-action";
import { confirmGrant } from "./confirm-grant";
import { revokeGrant } from "./revoke-grant";
import { grantIdSchema } from "./schema";

export const revokeStandingGrant = memberServerAction(grantIdSchema, (ctx, { grantId }) =>
  revokeGrant(ctx, { grantId, channel: "console" }),
);

export const confirmStandingGrant = memberServerAction(grantIdSchema, confirmGrant);
