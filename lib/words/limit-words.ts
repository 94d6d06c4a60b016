import type { LimitName } from "@/lib/domain/access/limits";

export type ShownLimit = Extract<LimitName, "activeWorkspaces" | "activeActionsPerWorkspace" | "runsPerMonth" | "emailsPerMonth">;

const WARNS_AT = 0.8;
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });

export const LIMIT_TITLES: Readonly<Record<ShownLimit, string>> = {
  activeWorkspaces: "Active workspaces",
  activeActionsPerWorkspace: "Registered actions here",
  runsPerMonth: "Action runs this month",
  emailsPerMonth: "Approval emails this month",
};

/** What makes room when the limit does not reset by itself. */
const MAKES_ROOM: Partial<Record<ShownLimit, string>> = {
  activeWorkspaces: "Delete one to add another.",
  activeActionsPerWorkspace: "Deactivate one to add another.",
};

/** "16 left until 1 December", from 80 % on; null before that, when nobody needs to be told. */
export function limitNote(
  name: ShownLimit,
  { used, limit, resetsAt }: { used: number; limit: number | null; resetsAt: Date },
): string | null {
  if (limit === null || used < limit * WARNS_AT) return null;
  const left = limit - used;
  const room = MAKES_ROOM[name];
  if (left <= 0) return room === undefined ? `Used up until ${DAY.format(resetsAt)}` : `Full. ${room}`;
  return room === undefined ? `${left.toLocaleString("en-US")} left until ${DAY.format(resetsAt)}` : `${left.toLocaleString("en-US")} left`;
}

/** "1 December, 00:00 UTC": months are counted in UTC, wherever the reader is. */
export function resetWords(resetsAt: Date): string {
  // It does not break apart.
  return `${DAY.format(resetsAt).replace(" ", "\u00a0")}, ${resetsAt.toISOString().slice(11, 16)}\u00a0UTC`;
}
