export interface HostFailure {
  readonly host: string;
  readonly error: Error & { readonly code?: string };
}

/** None of the hosts of a database's address takes writes: the message says why for each. */
export class NoWritableHostError extends Error {
  override readonly name = "NoWritableHostError";
  /** PostgreSQL's own for a client that can't connect. */
  readonly code = "08001";
  constructor(readonly failures: readonly HostFailure[]) {
    const reasons = failures.map(({ host, error }) => `${host}: ${error.message || error.code || "no answer"}`);
    super(`No host takes writes (${reasons.join("; ")})`);
  }
}
