import type { Db } from "@/lib/db/transaction";

/** Who acts. */
export type Actor =
  | { readonly type: "user"; readonly userId: string; readonly email: string }
  | { readonly type: "api_key"; readonly apiKeyId: string }
  | { readonly type: "decision_link"; readonly linkId: string; readonly email: string }
  /** Whoever holds a link to the receipt of one run: may read that, and nothing else. */
  | { readonly type: "share_link"; readonly shareId: string; readonly runId: string }
  /** The admin command line; `email` is the person it acts for, if any. */
  | { readonly type: "operator"; readonly email: string | null }
  | { readonly type: "system" };

declare const minted: unique symbol;

/** The only key to queries and commands: who acts, in which workspace, through which handle. Minted in lib/auth alone. */
export interface Context<A extends Actor = Actor, W extends string | null = string | null> {
  readonly actor: A;
  readonly workspaceId: W;
  readonly db: Db;
  readonly [minted]: true;
}

export type WorkspaceContext<A extends Actor = Actor> = Context<A, string>;
export type UserActor = Extract<Actor, { type: "user" }>;
/** A signed-in person, in no workspace in particular. */
export type UserContext = Context<UserActor, null>;
/** A signed-in member of a workspace. The role is not part of it: it is read anew for every decision. */
export type MemberContext = WorkspaceContext<UserActor>;
export type SdkContext = WorkspaceContext<Extract<Actor, { type: "api_key" }>>;
/** The only one that may look across workspaces. */
export type OperatorContext = Context<Extract<Actor, { type: "operator" }>>;

/** Same actor and scope, inside an open transaction. */
export function withDb<C extends Context>(ctx: C, db: Db): C {
  return { ...ctx, db };
}
