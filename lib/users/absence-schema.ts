import { z } from "zod";

const LONGEST_DAYS = 180;
const DAY_MS = 86_400_000;

/** From when until when somebody is away, and who is asked meanwhile. */
export const absenceSchema = z
  .strictObject({ colleagueId: z.uuid(), startsAt: z.iso.datetime(), endsAt: z.iso.datetime() })
  .transform(({ colleagueId, startsAt, endsAt }) => ({ colleagueId, startsAt: new Date(startsAt), endsAt: new Date(endsAt) }))
  .refine(({ startsAt, endsAt }) => endsAt > startsAt, { path: ["endsAt"], error: "must be after the start" })
  .refine(({ startsAt, endsAt }) => endsAt.getTime() - startsAt.getTime() <= LONGEST_DAYS * DAY_MS, { path: ["endsAt"], error: `must be at most ${LONGEST_DAYS} days after the start` });
export type NewAbsence = z.output<typeof absenceSchema>;

const day = z.iso.date({ error: "Choose a day." });

/** The same as a form has it: whole days, both included, in the zone of whoever is away. */
export const absenceFormSchema = z
  .strictObject({ colleagueId: z.uuid({ error: "Choose a colleague." }), firstDay: day, lastDay: day })
  .refine(({ firstDay, lastDay }) => lastDay >= firstDay, { path: ["lastDay"], error: "The last day is before the first." });
