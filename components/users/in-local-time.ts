import type { Refusal } from "@/lib/domain/refusals/refusal";

/** A refusal that says when to try again says it in the reader's zone. */
export async function inLocalTime<T extends { ok: boolean }>(answering: Promise<T | Refusal>): Promise<T | Refusal> {
  const answer = await answering;
  if (answer.ok) return answer;
  const retryAt = (answer as Refusal).fields?.retry_at;
  if (typeof retryAt !== "string") return answer;
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(retryAt));
  return { ...(answer as Refusal), detail: `Too many attempts. Try again at ${time}.` };
}
