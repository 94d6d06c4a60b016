import type { Db } from "@/lib/db/transaction";

/** Who acts. */
export type Actor =
  | { readonly type: "user"; readonly userId: string; readonly email: string }
  | { readonly type: "api_key"; readonly apiKeyId: string }
  /** A key of the management API; `name` is what people call it. It acts for the owner who made it. */
  | { readonly type: "management_key"; readonly managementKeyId: string; readonly name: string; readonly email: string }
  | { readonly type: "decision_link"; readonly linkId: string; readonly email: string }
  /** The holder of a share link: may read the receipts of that run, and nothing else. */
  | { readonly type: "share_link"; readonly shareId: string; readonly runId: string }
  /** The admin command line; `email` is the person it acts for, if any. */
  | { readonly type: "operator"; readonly email: string | null }
  | { readonly type: "system" };

/** An unidentified caller: not signed in, or with a link or keys that nobody has checked. No command accepts it as an actor. */
export interface Visitor {
  readonly type: "visitor";
}

declare const minted: unique symbol;

/** The only key to queries and commands: who acts, in which workspace, through which handle. Minted in lib/auth alone. */
export interface Context<A extends Actor | Visitor = Actor, W extends string | null = string | null> {
  readonly actor: A;
  readonly workspaceId: W;
  readonly db: Db;
  readonly [minted]: true;
}

export type WorkspaceContext<A extends Actor = Actor> = Context<A, string>;
export type UserActor = Extract<Actor, { type: "user" }>;
/** A signed-in person, in no workspace in particular. */
export type UserContext = Context<UserActor, null>;
/** A signed-in member of a workspace. The role is not part of it: it is read again for every decision. */
export type MemberContext = WorkspaceContext<UserActor>;
export type SdkContext = WorkspaceContext<Extract<Actor, { type: "api_key" }>>;
/** A key of the management API. What it may do is read again for every command. */
export type ManagementContext = WorkspaceContext<Extract<Actor, { type: "management_key" }>>;
/** Beside the worker the only one that may look across workspaces. */
export type OperatorContext = Context<Extract<Actor, { type: "operator" }>>;
/** An operator who acts on the whole console, in no workspace. */
export type ConsoleContext = Context<Extract<Actor, { type: "operator" }>, null>;
/** The worker: in the workspace of what it works on, or in none in particular when it looks for work. */
export type SystemContext = Context<Extract<Actor, { type: "system" }>>;
/** Before it is known who asks. */
export type VisitorContext = Context<Visitor, null>;
/** For helpers that only need the handle. */
export type AnyContext = Context<Actor | Visitor>;

/** Same actor and scope, inside an open transaction. */
export function withDb<C extends AnyContext>(ctx: C, db: Db): C {
  return { ...ctx, db };
}
