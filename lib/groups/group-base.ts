import { jsonHash } from "@/lib/action-runs/status/payload-hash";

/** What a group is, of which a proposal names the hash. */
export type GroupState = { name: string; members: string[] };

/** For a query of groups from which their state is read. */
export const withMembers = { members: { include: { member: { include: { user: true } } } } } as const;

export function groupState(group: { name: string; members: readonly { member: { user: { email: string } } }[] }): GroupState {
  return { name: group.name, members: group.members.map(({ member }) => member.user.email).sort() };
}

/** The state that a proposal would change. */
export function groupBase(state: GroupState): string {
  return jsonHash(state);
}
