import { getDb } from "@/lib/db/client";
import type { Db } from "@/lib/db/transaction";
import type {
  Actor,
  Context,
  ManagementContext,
  MemberContext,
  SdkContext,
  UserActor,
  UserContext,
  Visitor,
  VisitorContext,
} from "@/lib/security/context";
import type { SessionUser } from "./find-session";

/**
 * The only way to queries and commands: every context is created here, and lint forbids it elsewhere. The caller has identified who is
 * acting. Without a handle, a context uses the process's own, looked up on each use, because an unresponsive one is replaced.
 */
function mintContext<A extends Actor | Visitor, W extends string | null>(actor: A, workspaceId: W, db?: Db): Context<A, W> {
  if (db) return { actor, workspaceId, db } as Context<A, W>;
  const ctx = {
    actor,
    workspaceId,
    get db() {
      return getDb();
    },
  };
  return ctx as unknown as Context<A, W>;
}

/** For visitors of a public page or endpoint, before they are identified. */
export function visitorContext(): VisitorContext {
  return mintContext<Visitor, null>({ type: "visitor" }, null);
}

/** A signed-in person, in no workspace in particular. */
export function userContext({ userId, email }: SessionUser): UserContext {
  return mintContext<UserActor, null>({ type: "user", userId, email }, null);
}

/** For changes to a person's own account before sign-in, after an emailed link or a password has identified them. */
export function accountContext({ id, email }: { id: string; email: string }, db: Db): UserContext {
  return mintContext<UserActor, null>({ type: "user", userId: id, email }, null, db);
}

/** A person in a workspace that they were found to belong to. */
export function memberContext({ userId, email }: Omit<UserActor, "type">, workspaceId: string, db?: Db): MemberContext {
  return mintContext<UserActor, string>({ type: "user", userId, email }, workspaceId, db);
}

/** A key of the SDK whose two halves were checked through `db`. */
export function sdkContext(apiKeyId: string, workspaceId: string, db: Db): SdkContext {
  return mintContext({ type: "api_key", apiKeyId }, workspaceId, db);
}

/** A key of the management API that was verified. */
export function managementContext(
  { id, name, email }: { id: string; name: string; email: string },
  workspaceId: string,
): ManagementContext {
  return mintContext({ type: "management_key", managementKeyId: id, name, email }, workspaceId);
}

/** For the holder of a decision link: acts as the approver the link was made for, in the workspace of its run. */
export function decisionLinkContext(link: { id: string; approverEmail: string; workspaceId: string }, db?: Db) {
  return mintContext({ type: "decision_link", linkId: link.id, email: link.approverEmail }, link.workspaceId, db);
}

/** For the holder of a link to a receipt: may read what belongs to that run. */
export function shareLinkContext(share: { id: string; runId: string; workspaceId: string }, db?: Db) {
  return mintContext({ type: "share_link", shareId: share.id, runId: share.runId }, share.workspaceId, db);
}

/** For the admin command line. Anyone who can read the settings and the data directory is the operator. */
export function operatorContext<W extends string | null>(workspaceId: W, email: string | null = null) {
  return mintContext({ type: "operator", email }, workspaceId);
}

/** For the background worker, which acts without a person: in the workspace of its current job, or in none while it looks for work. */
export function systemContext<W extends string | null>(workspaceId: W, db?: Db) {
  return mintContext({ type: "system" }, workspaceId, db);
}
