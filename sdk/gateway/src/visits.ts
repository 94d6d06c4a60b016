// Clients of protocol 2026-07-28 that can open addresses are sent to the request, and call again by themselves.

import { isContinuation } from "./forwarded-calls";
import { envelopeOf, type Line, lineOf, META_CAPABILITIES, type Members, membersOf } from "./messages";

/** Of the gateway's own question, by which the client continues a call that waits for a decision. */
const OWN_STATE = "daai-mcp";

/** Once for each call. */
export function canVisit(params: Members, link: string | null): link is string {
  const { elicitation } = membersOf(envelopeOf(params)[META_CAPABILITIES]);
  return link !== null && !isContinuation(params) && "url" in membersOf(elicitation);
}

/** Tells the client's person where to decide. */
export function visitResult(tool: string, url: string): Members {
  const message = `"${tool}" waits for approval. Open its request to see or to decide it.`;
  const approval = { method: "elicitation/create", params: { mode: "url", url, message } };
  return { resultType: "input_required", inputRequests: { approval }, requestState: OWN_STATE };
}

/** The call as it was before the visit; null if something else is continued. */
export function afterVisit({ message }: Line): Line | null {
  const { requestState, inputResponses: _, ...params } = membersOf(message.params);
  return requestState === OWN_STATE ? lineOf({ ...message, params }) : null;
}
