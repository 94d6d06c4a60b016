import type { ShadowPolicy } from "@/lib/db/generated/client";
import { type Draft, draftSchema } from "./schema";

/** The draft of a shadow policy; null: another release stored it, and this one can't read it. */
export function storedDraft({ draft }: Pick<ShadowPolicy, "draft">): Draft | null {
  return draftSchema.safeParse(draft).data ?? null;
}
