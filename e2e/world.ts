import { getDb } from "@/lib/db/client";
import type { Role } from "@/lib/domain/access/roles";
import { hashPassword } from "@/lib/security/hash-password";
import { makePerson, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";

export const PASSWORD = "a long enough passphrase";
let passwordHash: Promise<string> | undefined;

export interface Person {
  readonly email: string;
  readonly password: string;
}

export interface World {
  /** A workspace with a new owner, unlimited by default; everything else through lib/testing/factories. */
  workspace(
    options?: Parameters<typeof makeWorkspace>[0] & { name?: string; clientName?: string },
  ): Promise<TestWorkspace & { owner: Person }>;
  /** A person with an account and this role in the workspace; null: a stranger to it. */
  person(workspace: TestWorkspace, role: Role | null): Promise<Person & { userId: string }>;
}

/** What a test needs to be there before a person comes: made by the product's own commands. */
export const world: World = {
  async workspace({ name, clientName, ...options } = {}) {
    const workspace = await makeWorkspace(options);
    await getDb().workspace.update({ where: { id: workspace.workspaceId }, data: { name, clientName } });
    return { ...workspace, owner: await withPassword(workspace.ownerEmail) };
  },
  async person(workspace, role) {
    const { email, ctx } = await makePerson(workspace, role);
    return { ...(await withPassword(email)), userId: ctx.actor.userId };
  },
};

async function withPassword(email: string): Promise<Person> {
  await getDb().user.update({ where: { email }, data: { passwordHash: await (passwordHash ??= hashPassword(PASSWORD)) } });
  return { email, password: PASSWORD };
}
