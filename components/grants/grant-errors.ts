import { grantInputSchema, type TypedGrant } from "@/lib/grants/schema";
import type { GrantErrors } from "./grant-fields";

/** What is wrong with what a person typed into `GrantFields`, by the schema of the server. */
export function grantErrors(typed: TypedGrant): GrantErrors {
  const errors: Record<string, string> = {};
  for (const { path, message } of grantInputSchema.safeParse(typed).error?.issues ?? []) errors[String(path[0])] ??= message;
  return errors;
}
