import { Option } from "commander";
import { z } from "zod";

export const required = (flags: string, description: string) => new Option(flags, description).makeOptionMandatory();

export const optional = (flags: string, description: string) => new Option(flags, description);

/** May be given several times. */
export const repeatable = (flags: string, description: string) =>
  new Option(flags, description).argParser<string[]>((value, previous: string[] | undefined) => [...(previous ?? []), value]);

/** Options arrive as text. */
export const idValue = z.string().pipe(z.uuid({ error: "must be an id such as 019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b" }).toLowerCase());

export const countValue = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^[0-9]{1,10}$/, { error })
    .transform(Number)
    .pipe(z.int().min(min, { error }).max(max, { error }));
};

/** RFC 3339, or a date: midnight UTC. */
export const instantValue = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], { error: "must be a time such as 2026-11-23 or 2026-11-23T09:00:00Z" })
  .transform((text) => new Date(text));
