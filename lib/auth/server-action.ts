import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";
import { failFastIfDatabaseDown } from "@/lib/db/fail-fast-if-database-down";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { unstorablePaths } from "@/lib/domain/text/storable-text";
import { refuseFailure } from "@/lib/errors/refuse-failure";
import { logger } from "@/lib/logger";
import type { ConsoleContext, MemberContext, UserContext, VisitorContext } from "@/lib/security/context";
import { NotPermitted } from "@/lib/security/not-permitted";
import { clientAddressInNext, isLocalInNext } from "./client-address";
import { operatorContext, userContext, visitorContext } from "./contexts";
import { findMember } from "./find-member";
import { foreignOrigin } from "./foreign-origin";
import { getUser } from "./get-user";

export interface PublicRequest {
  readonly ctx: VisitorContext;
  readonly clientAddress: string;
  readonly userAgent: string | null;
  /** It comes from the console's own machine. */
  readonly isLocal: boolean;
}

type Handler<C, S extends z.ZodType, R> = (ctx: C, input: z.output<S>) => Promise<R | Refusal>;

/** For everyone, signed in or not. */
export function publicServerAction<S extends z.ZodType, R extends { ok: true }>(schema: S, handler: Handler<PublicRequest, S, R>) {
  return (input: z.input<S>): Promise<R | Refusal> =>
    answer(
      schema,
      input,
      async () => {
        const all = await headers();
        const request = { clientAddress: clientAddressInNext(all), userAgent: all.get("user-agent"), isLocal: isLocalInNext(all) };
        return { ok: true, ctx: { ctx: visitorContext(), ...request } };
      },
      handler,
    );
}

/** For a signed-in person, about themselves. */
export function userServerAction<S extends z.ZodType, R extends { ok: true }>(schema: S, handler: Handler<UserContext, S, R>) {
  return (input: z.input<S>): Promise<R | Refusal> =>
    answer(
      schema,
      input,
      async () => {
        const user = await getUser();
        return user ? { ok: true, ctx: userContext(user) } : refuseStranger();
      },
      handler,
    );
}

/** For a member of the workspace; the command checks whether the role is enough. A foreign workspace is like a missing one. */
export function memberServerAction<S extends z.ZodType, R extends { ok: true }>(schema: S, handler: Handler<MemberContext, S, R>) {
  return (workspaceId: string, input: z.input<S>): Promise<R | Refusal> =>
    answer(
      schema,
      input,
      async () => {
        const user = await getUser();
        if (!user) return refuseStranger();
        const member = typeof workspaceId === "string" ? await findMember(user, workspaceId) : null;
        return member
          ? { ok: true, ctx: member.ctx }
          : refuse("not_found", "Workspace not found. It may have been deleted, or you may not be a member.");
      },
      handler,
    );
}

/** For operators. Everyone else gets a 404. */
export function operatorServerAction<S extends z.ZodType, R extends { ok: true }>(schema: S, handler: Handler<ConsoleContext, S, R>) {
  return (input: z.input<S>): Promise<R | Refusal> =>
    answer(
      schema,
      input,
      async () => {
        const user = await getUser();
        if (!user) return refuseStranger();
        return user.isOperator ? { ok: true, ctx: operatorContext(null, user.email) } : refuse("not_found", "Page not found.");
      },
      handler,
    );
}

/** Origin, session, input, command, in this order. Resolves to the command's outcome or a refusal; throws only Next's redirects. */
async function answer<C, S extends z.ZodType, R extends { ok: true }>(
  schema: S,
  input: unknown,
  findContext: () => Promise<{ ok: true; ctx: C } | Refusal>,
  handler: Handler<C, S, R>,
): Promise<R | Refusal> {
  try {
    // Next compares the origin too, but lets a request without one through.
    const why = foreignOrigin((await headers()).get("origin"));
    if (why !== null) return refuse("foreign_origin", why);
    return await failFastIfDatabaseDown(
      (async () => {
        const found = await findContext();
        if (!found.ok) return found;
        const parsed = schema.safeParse(input);
        if (!parsed.success) return refuseInput(parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message })));
        const unstorable = unstorablePaths(parsed.data);
        if (unstorable.length > 0)
          return refuseInput(unstorable.map((path) => ({ path, message: "must not contain characters that can't be stored" })));
        return handler(found.ctx, parsed.data);
      })(),
    );
  } catch (error) {
    // To Next, whose errors go on below, it would be a missing page.
    if (error instanceof NotPermitted)
      return refuse("not_permitted", "Your role in this workspace doesn’t allow this. Ask an owner or admin.");
    unstable_rethrow(error);
    const requestId = uuidv7();
    logger.error({ error, requestId }, "server action failed");
    return { ...refuseFailure(error), fields: { request_id: requestId } };
  }
}

function refuseStranger(): Refusal {
  return refuse("not_signed_in", "Your session has ended. Sign in again. What you typed is still here.");
}

/** The same messages that the form shows on the client, from the same schema. */
function refuseInput(errors: { path: string; message: string }[]): Refusal {
  return refuse("validation_failed", "Check the highlighted fields.", { fields: { errors } });
}
