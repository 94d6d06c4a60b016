import { isDeepStrictEqual } from "node:util";
import type { ShadowPolicy } from "@/lib/db/generated/client";
import { asStored } from "./propose-change";
import { type Draft, draftSchema } from "./schema";

/** The draft of a shadow policy; null: another release stored it, and this one can't read it. */
export function storedDraft({ draft }: Pick<ShadowPolicy, "draft">): Draft | null {
  return draftSchema.safeParse(draft).data ?? null;
}

/** Whether two drafts decide the same. What approvers may change of a payload decides nothing. */
export function decidesTheSame(one: Draft, other: Draft): boolean {
  return isDeepStrictEqual(deciding(one), deciding(other));
}

function deciding({ policy: { changeableFields: _, ...policy }, ...draft }: Draft) {
  return asStored({ ...draft, policy });
}
