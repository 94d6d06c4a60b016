"use server";

import { memberServerAction } from "@/lib/auth/server-action";
import { revokeShare } from "./revoke-share";
import { newShareSchema, shareIdSchema } from "./schema";
import { shareReceipt } from "./share-receipt";

/** The link is in this one answer and nowhere else. */
export const submitNewShare = memberServerAction(newShareSchema, shareReceipt);
export const revokeOneShare = memberServerAction(shareIdSchema, (ctx, { id }) => revokeShare(ctx, id));
