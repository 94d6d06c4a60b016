// The client generates each claim's token, so that a lost response costs nothing. Each attempt of one request sends the same token and
// gets the same claim. If no response is usable in the end, the claim is released. If the release is lost as well, the next request for the
// same run sends the same token again.

import {
  DaaiApiError,
  DaaiConflictError,
  DaaiMalformedResponseError,
  DaaiNotFoundError,
  DaaiUnavailableError,
  DaaiValidationError,
  memberOf,
} from "./errors";
import { randomToken } from "./payload-hash";
import type { ClaimBody } from "./proposal";

const MAX_UNUSED = 1_000;

export class Claims {
  /** Requests whose claim may have been granted, by run id, or by action and idempotency key. */
  readonly #unused = new Map<string, Pick<ClaimBody, "worker" | "token">>();
  readonly #warn: (message: string) => void;

  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  /**
   * Adds a token to `request` and returns the response to `send`, which sends it, and calls its argument when the console may have received
   * it.
   */
  async ask<T>(
    name: readonly string[],
    request: ClaimBody,
    send: (onSent?: () => void) => Promise<T>,
    release: (token: string) => Promise<unknown>,
  ): Promise<T> {
    const place = JSON.stringify(name);
    const { token = randomToken(), worker } = this.#unused.get(place) ?? request;
    this.#unused.delete(place);
    Object.assign(request, { token, worker });
    let isSent = false;
    try {
      return await send(() => {
        isSent = true;
      });
    } catch (error) {
      if (isOutcomeUnknown(error)) {
        this.#remember(place, { worker, token });
        if (isSent) await release(token).catch((problem: unknown) => this.#warnUnreleased(name, problem));
      }
      if (!refuses(error, "token", "claim.token")) throw error;
    }
    // A console before version 0.3 generates the tokens itself.
    delete request.token;
    return send();
  }

  #warnUnreleased(name: readonly string[], problem: unknown): void {
    // No claim was granted.
    if (problem instanceof DaaiConflictError || problem instanceof DaaiNotFoundError) return;
    this.#warn(`a claim on ${name.join(" ")} may not have been released: ${String(problem)}`);
  }

  #remember(place: string, request: Pick<ClaimBody, "worker" | "token">): void {
    this.#unused.set(place, request);
    const [oldest] = this.#unused.keys();
    if (this.#unused.size > MAX_UNUSED && oldest !== undefined) this.#unused.delete(oldest);
  }
}

/** Whether the console may have granted a claim that no attempt received: it has refused none of them. */
function isOutcomeUnknown(error: unknown): boolean {
  return !(error instanceof DaaiApiError) || error instanceof DaaiMalformedResponseError || error instanceof DaaiUnavailableError;
}

/** Whether the console rejects one of these fields: an older one doesn't know it. */
export function refuses(error: unknown, ...paths: readonly string[]): boolean {
  if (!(error instanceof DaaiValidationError)) return false;
  const problems = memberOf(error.body, "errors");
  return Array.isArray(problems) && problems.some((problem) => paths.includes(String(memberOf(problem, "path"))));
}
