import { z } from "zod";
import { emailSchema } from "@/lib/domain/access/email-address";
import { MAX_APPROVERS, MAX_LATER_STAGES } from "@/lib/domain/access/limits";
import { personOf } from "@/lib/domain/access/same-person";
import { type Stages, stagesOfAction } from "./stages-of-action";

/** Email addresses, each once. */
export const addressesSchema = z
  .array(emailSchema)
  .max(MAX_APPROVERS, { error: `must be at most ${MAX_APPROVERS} addresses` })
  .transform((emails) => [...new Set(emails)]);
/** How many people must approve. */
export const requiredApprovalsSchema = z
  .int({ error: "must be a whole number" })
  .min(1, { error: "must be at least 1" })
  .max(MAX_APPROVERS, { error: `must be at most ${MAX_APPROVERS}` });

/** The name of a group of members; its people are looked up when the action is saved. */
export const groupNameSchema = z.string().nullable().default(null);

export const laterStagesSchema = z
  .array(
    z
      .strictObject({ approvals: requiredApprovalsSchema, people: addressesSchema.default([]), group: z.string().nullish() })
      .transform(({ group, ...stage }): { approvals: number; people: string[]; group?: string } =>
        group == null ? stage : { ...stage, group, people: [] },
      ),
  )
  .max(MAX_LATER_STAGES, { error: `must be at most ${MAX_LATER_STAGES} stages` });

/**
 * Nobody counts twice, so every stage needs enough people of its own. `knowsGroups`: the members of groups are among the people. Before, a
 * stage that asks a group is enough.
 */
export function stageProblems(action: Stages, { knowsGroups = false } = {}) {
  const seen = new Set<string>();
  return (stagesOfAction(action) ?? []).flatMap((stage, index) => {
    const [path, count] =
      index === 0
        ? [["approverEmails"], ["approvals"]]
        : [
            ["laterStages", index - 1, "people"],
            ["laterStages", index - 1, "approvals"],
          ];
    const twice = stage.people.find((email) => seen.size === seen.add(personOf(email)).size);
    if (twice !== undefined) return [{ path, message: `must name each person once, in one stage: ${twice} is named twice` }];
    if (stage.group !== undefined && !knowsGroups) return [];
    if (stage.people.length === 0) return [{ path, message: "must name the people who are asked, because several approvals are needed" }];
    const people = stage.people.length === 1 ? "1 person is" : `${stage.people.length} people are`;
    return stage.people.length < stage.approvals
      ? [{ path: count, message: `must be at most ${stage.people.length}: ${people} asked` }]
      : [];
  });
}
