"use server";

import { userServerAction } from "@/lib/auth/server-action";
import { searchSchema } from "./schema";
import { searchConsole } from "./search-console";

export const search = userServerAction(searchSchema, async (ctx, { text }) => ({ ok: true as const, ...(await searchConsole(ctx, text)) }));
