import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { entityTag, matchesEntityTag, matchesStrongly } from "./etag";

/** What a response with this `answer` has as its ETag. */
export function tagOf(answer: object): string {
  return entityTag(JSON.stringify(answer));
}

type RequestHeaders = Readonly<Record<string, string | undefined>>;

/** Whether a write depends on what is there now. */
export function hasPreconditions({ "if-match": ifMatch, "if-none-match": ifNoneMatch }: RequestHeaders): boolean {
  return ifMatch !== undefined || ifNoneMatch !== undefined;
}

/** Checks If-Match and If-None-Match of a write (RFC 9110, 13.2.2) against what GET would answer now; null: there is nothing. */
export function checkPreconditions(headers: RequestHeaders, current: object | null): Refusal | null {
  const { "if-match": ifMatch, "if-none-match": ifNoneMatch } = headers;
  const tag = current && tagOf(current);
  if (ifMatch !== undefined && !matchesStrongly(ifMatch, tag)) return refusePrecondition();
  return tag !== null && matchesEntityTag(ifNoneMatch, tag) ? refusePrecondition() : null;
}

export function refusePrecondition(): Refusal {
  return refuse("precondition_failed", "It was changed after you read it, so nothing was saved. Read it again, then decide what to send.");
}
