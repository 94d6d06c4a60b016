import { grantInputSchema, type TypedGrant } from "@/lib/grants/schema";
import type { GrantErrors } from "./grant-fields";

/** What a person typed into `GrantFields`, checked by the schema of the server. */
export function readGrantForm(form: FormData): { ok: true; typed: TypedGrant } | { ok: false; errors: GrantErrors } {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const typed: TypedGrant = {
    facts: form.getAll("facts").filter((value) => typeof value === "string"),
    amountEach: text("amountEach"),
    total: text("total"),
    maxUses: text("maxUses"),
    until: text("until"),
  };
  const parsed = grantInputSchema.safeParse(typed);
  if (parsed.success) return { ok: true, typed };
  const errors: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) errors[String(path[0])] ??= message;
  return { ok: false, errors };
}
