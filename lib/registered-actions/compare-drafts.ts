import { isDeepStrictEqual } from "node:util";
import { asStored } from "./propose-change";
import type { Draft } from "./schema";

/** Whether two drafts decide the same. Who approves, and what they may change of a payload, decides nothing. */
export function decidesTheSame(one: Draft, other: Draft): boolean {
  return isDeepStrictEqual(deciding(one), deciding(other));
}

function deciding({ policy: { changeableFields: _, ...policy }, ruleApprovers: _approvers, ...draft }: Draft) {
  return asStored({ ...draft, policy });
}
