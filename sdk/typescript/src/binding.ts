// A response counts only when it is about what was asked, whatever mixed up the responses on the way.

import type { CanonicalValue } from "@/lib/domain/json/canonical-text";
import type { ClaimedRun, InterceptResult, WireObject } from "./models";
import { claimedRun, interceptResult, WireError } from "./parse-models";
import type { Build } from "./parse-response";
import type { JsonObjectForm } from "./payload";
import { payloadHash } from "./payload-hash";
import type { ProposalBody } from "./proposal";

/** Rejects a response about another run, as a faulty proxy or cache may return. */
export function ofRun<T extends { readonly actionRunId: string }>(runId: string, build: (body: WireObject) => T): Build<T> {
  return (body) => {
    const model = build(body);
    if (model.actionRunId.toLowerCase() !== runId.toLowerCase()) throw new WireError("it is about another run");
    return model;
  };
}

/** Rejects a decision on another proposal. */
export function ofProposal(proposal: ProposalBody): Build<InterceptResult> {
  return async (body, echo) => {
    const result = interceptResult(body);
    const pairs = [
      ["action", result.action, proposal.action],
      ["idempotency_key", result.idempotencyKey, proposal.idempotency_key],
      ["payload_hash", result.payloadHash, await payloadHash(proposal.payload)],
    ] as const;
    for (const [name, found, asked] of pairs) {
      // Older consoles omit these; their responses are identified by the echoed header alone.
      if (found !== null && found !== asked) {
        throw new WireError(`it is about another proposal: its ${name} isn't the one that was sent`);
      }
    }
    if (echo === "none" && pairs.some(([, found]) => found === null)) {
      // A proxy may have changed X-Request-Id, by which alone consoles before version 0.3 say it.
      throw new WireError("it doesn't say which proposal it is about");
    }
    return result;
  };
}

/**
 * Rejects a claim whose payload isn't what was decided on, or isn't what the caller will act on. With `isChanged`, the run's status said that
 * a person changed it: a claim that doesn't is of something else.
 */
export function ofClaim(runId: string, payload: JsonObjectForm | undefined, isChanged: boolean): Build<ClaimedRun> {
  return async (body, echo) => {
    const claimed = await ofRun(runId, claimedRun)(body, echo);
    const found = await payloadHash(claimed.payload as CanonicalValue);
    const isDecided = claimed.payloadHash === null || claimed.payloadHash === found;
    const isExpected = payload === undefined || (await payloadHash(payload)) === found;
    if (!isDecided || !isExpected) throw new WireError("its payload isn't the one that was decided on");
    if (isChanged && !claimed.payloadChanged) throw new WireError("it doesn't give the change that the run was approved with");
    return claimed;
  };
}
