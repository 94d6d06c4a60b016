import { type LimitName, WHO_RAISES_LIMITS } from "@/lib/domain/access/limits";

export type ShownLimit = Extract<LimitName, "activeWorkspaces" | "activeActionsPerWorkspace" | "runsPerMonth" | "emailsPerMonth">;

const WARNS_AT = 0.8;
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });

export const LIMIT_TITLES: Readonly<Record<ShownLimit, string>> = {
  activeWorkspaces: "Active workspaces",
  activeActionsPerWorkspace: "Active actions in this workspace",
  runsPerMonth: "Action runs this month",
  emailsPerMonth: "Approval emails this month",
};

/** What to do about limits that don't reset. */
const MAKES_ROOM = {
  activeWorkspaces: "Delete one to add another.",
  activeActionsPerWorkspace: "Deactivate one to add another.",
} satisfies Partial<Record<ShownLimit, string>>;

/** "16 left until 1 December", from 80% on; null before that. */
export function limitNote(
  name: ShownLimit,
  { used, limit, resetsAt }: { used: number; limit: number | null; resetsAt: Date },
): string | null {
  if (limit === null || used < limit * WARNS_AT) return null;
  const left = limit - used;
  const room = (MAKES_ROOM as Partial<Record<ShownLimit, string>>)[name];
  if (left <= 0) return room === undefined ? `None left until ${DAY.format(resetsAt)}` : `Limit reached. ${room}`;
  return room === undefined ? `${left.toLocaleString("en-US")} left until ${DAY.format(resetsAt)}` : `${left.toLocaleString("en-US")} left`;
}

/** That there is no room for one more: said before a form is filled in, and when it is sent nevertheless. */
export function limitReached(name: keyof typeof MAKES_ROOM, { used, limit }: { used: number; limit: number | null }): string {
  const [subject, noun] = name === "activeWorkspaces" ? ["The owner", "workspace"] : ["The workspace", "action"];
  return `${subject} has ${used} active ${noun}${used === 1 ? "" : "s"}; the limit is ${limit}. ${MAKES_ROOM[name]} ${WHO_RAISES_LIMITS}`;
}

/** "1 December, 00:00 UTC": months are counted in UTC, wherever the reader is. */
export function resetLabel(resetsAt: Date): string {
  // It does not break apart.
  return `${DAY.format(resetsAt).replace(" ", "\u00a0")}, ${resetsAt.toISOString().slice(11, 16)}\u00a0UTC`;
}
