"use server";

import { memberServerAction } from "@/lib/auth/server-action";
import { revokeShare } from "./revoke-share";
import { newShareSchema, shareIdSchema } from "./schema";
import { shareReceipt } from "./share-receipt";

/** Only this response contains the link; it can't be retrieved later. */
export const submitNewShare = memberServerAction(newShareSchema, shareReceipt);
export const revokeOneShare = memberServerAction(shareIdSchema, (ctx, { id }) => revokeShare(ctx, id));
