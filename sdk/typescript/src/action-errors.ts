import { DaaiConflictError, DaaiError, memberOf, textIn } from "./errors";
import { explainFrozen, explainLostClaim } from "./explanation";
import type { Run } from "./models";

/** Nothing was run; `run` is the run as the console last described it. */
export class ActionNotRun extends DaaiError {
  override readonly name: string = "ActionNotRun";
  readonly run: Run;
  /** What was decided, by whom and why, and that nothing was executed: one line to pass to a model. */
  readonly explanation: string;

  constructor(run: Run, options?: ErrorOptions, explanation: string = run.explanation) {
    super(sentence(run, explanation), options);
    this.run = run;
    this.explanation = explanation;
  }

  /** The proposal repeats an earlier one with the same idempotency key: `run` is the earlier one's. */
  get isReplay(): boolean {
    return isReplay(this.run);
  }

  /** When it was decided; null while nobody has. */
  get decidedAt(): string | null {
    return decidedAt(this.run);
  }
}

/** The policy or an approver blocked the action, or the action is unknown or inactive. */
export class ActionBlocked extends ActionNotRun {
  override readonly name: string = "ActionBlocked";
}

/** A person rejected the action, or the request expired, was withdrawn, or its approval ended. */
export class ActionRejected extends ActionNotRun {
  override readonly name: string = "ActionRejected";
}

/** Another worker has claimed or reported the run, or the action is inactive. */
export class ActionAlreadyTaken extends ActionNotRun {
  override readonly name: string = "ActionAlreadyTaken";

  constructor(run: Run, options?: ErrorOptions) {
    const cause = options?.cause;
    super(run, options, cause instanceof DaaiConflictError ? explainLostClaim(run, cause.code, textIn(cause.body, "detail")) : undefined);
  }
}

/**
 * The run may run, but not while the action, its API key, the workspace or the console is frozen. Nothing is lost: its deadlines stand
 * still. Execute the same run again after a person has thawed it.
 */
export class ActionFrozen extends ActionNotRun {
  override readonly name: string = "ActionFrozen";
  /** What the person who froze it said, if the response says so. */
  readonly reason: string | null;

  constructor(run: Run, options?: ErrorOptions) {
    const cause = options?.cause;
    const reason = textIn(memberOf(cause instanceof DaaiConflictError ? cause.body : null, "frozen"), "reason");
    super(run, options, explainFrozen(reason));
    this.reason = reason;
  }
}

/** A person has to decide first. */
export class ActionPending extends ActionNotRun {
  override readonly name: string = "ActionPending";
}

/** Nobody decided within the timeout. The run is still pending. */
export class ApprovalTimeout extends ActionPending {
  override readonly name: string = "ApprovalTimeout";

  constructor(run: Run) {
    super(run, undefined, `Nobody decided within the timeout. ${run.explanation}`);
  }
}

/**
 * The action ran, with `result`, but the report couldn't be delivered.
 *
 * Do not run it again. Report it with `reportExecuted(run.actionRunId, result, { claimToken })` when the console is available again, with
 * `{ result }` for a result that isn't an object, or settle the run in the console. `cause` is what went wrong.
 */
export class ExecutionNotReported extends DaaiError {
  override readonly name: string = "ExecutionNotReported";
  readonly #claimToken: string;

  constructor(
    readonly run: Run,
    readonly result: unknown,
    claimToken: string,
    options?: ErrorOptions,
  ) {
    super(`the action ran, but its report couldn't be delivered (run ${run.actionRunId})`, options);
    this.#claimToken = claimToken;
  }

  /** A secret, so it isn't printed with the error. */
  get claimToken(): string {
    return this.#claimToken;
  }
}

function isReplay(run: Run): boolean {
  return "idempotentReplay" in run && run.idempotentReplay;
}

function decidedAt(run: Run): string | null {
  return textIn(run.decision, "at") ?? textIn(run, "decidedAt") ?? textIn(run.receipt, "created_at");
}

function sentence(run: Run, explanation: string): string {
  const text = `${explanation} (run ${run.actionRunId}: ${run.governanceStatus}, ${run.executionStatus}, ${run.governanceReason})`;
  if (!isReplay(run)) return text;
  const key = textIn(run, "idempotencyKey");
  const at = decidedAt(run);
  const since = at ? `, decided at ${at}` : ", not decided yet";
  const again = run.askAgainAt ? `. Pass askAgain: true to propose it again${run.askAgainAt === at ? "" : `, from ${run.askAgainAt}`}` : "";
  return `${text}; this isn't a new request: the idempotency key${key ? ` ${JSON.stringify(key)}` : ""} repeats that run${since}${again}`;
}
