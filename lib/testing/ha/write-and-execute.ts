import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { InterceptResponse } from "@/lib/contract/intercept";
import { LEASE_MAX_SECONDS } from "@/lib/domain/access/limits";
import { type Answer, type CallOptions, INTERCEPT, problemOf, runPath } from "@/lib/testing/api-suite/api-client";
import { atOnce, type TestWorkspace } from "@/lib/testing/factories";
import type { ConsoleProcess } from "@/lib/testing/guarantees/start-consoles";
import { type SeenStatuses, untilAnswered } from "@/lib/testing/guarantees/until-answered";

const WRITERS = 8;
const EXECUTORS = 16;
/** A writer proposes again, and an executor looks for work again, after so long. */
const PAUSE_MS = 20;
/** Whoever gets no answer asks again after so long. */
const RETRY_MS = 250;
const TIMEOUT_MS = 30_000;

export interface Load {
  /** What each idempotency key was answered. */
  readonly acknowledged: ReadonlyMap<string, InterceptResponse>;
  /** By run: the executors that were given a claim. */
  readonly holders: ReadonlyMap<string, readonly number[]>;
  /** Runs whose report was acknowledged. */
  readonly reported: ReadonlySet<string>;
  /** How often each status was answered. */
  readonly seen: SeenStatuses;
  /** What should never be answered. */
  readonly surprises: readonly string[];
  /** The checkpoints of the log that came with answers. */
  readonly notes: ReadonlySet<string>;
  /** When each console acknowledged a run. */
  readonly times: readonly (readonly number[])[];
  /** Ends the writers, and the executors when nothing is left to execute. */
  stop(): Promise<void>;
}

/** Writers propose at one console each. Every executable run is offered to two executors, who claim it, execute it and report. */
export function writeAndExecute(consoles: readonly ConsoleProcess[], workspace: TestWorkspace): Load {
  const acknowledged = new Map<string, InterceptResponse>();
  const holders = new Map<string, number[]>();
  const reported = new Set<string>();
  const notes = new Set<string>();
  const seen: SeenStatuses = {};
  const surprises: string[] = [];
  const times = consoles.map((): number[] => []);
  const offers: string[] = [];
  let isWriting = true;

  const post = async (turn: number, path: string, body: object): Promise<Answer> => {
    const { api } = consoles[turn % consoles.length] as ConsoleProcess;
    const options = (): CallOptions => ({ as: workspace, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const answer = await untilAnswered(() => api.post(path, body, options()), seen, RETRY_MS);
    const note = answer.headers.get("daai-checkpoint");
    if (note !== null) notes.add(Buffer.from(note, "base64").toString());
    return answer;
  };
  const surprise = (what: string, answer: Answer) => surprises.push(`${what}: ${answer.status} ${answer.text}`);

  const write = async (writer: number) => {
    for (let n = 0; isWriting; n++) {
      const action = n % 20 === 0 ? "refund_customer" : "export_report";
      const key = `failover:${writer}:${n}`;
      const answer = await post(writer, INTERCEPT, { action, payload: { writer, n }, idempotency_key: key });
      if (answer.status !== 200) surprise("intercept", answer);
      const run = answer.json as InterceptResponse;
      acknowledged.set(key, run);
      times[writer % consoles.length]?.push(performance.now());
      if (run.executable) offers.push(run.action_run_id, run.action_run_id);
      await sleep(PAUSE_MS);
    }
  };
  const execute = async (executor: number) => {
    while (isWriting || offers.length > 0) {
      const runId = offers.shift();
      if (runId === undefined) await sleep(PAUSE_MS);
      else await executeOne(executor, runId);
    }
  };
  const executeOne = async (executor: number, runId: string) => {
    const token = randomBytes(32).toString("base64url");
    const claim = { worker: `executor-${executor}`, lease_seconds: LEASE_MAX_SECONDS, token };
    const claimed = await post(executor, runPath(runId, "claim"), claim);
    if (claimed.status !== 200) {
      const [, code = ""] = problemOf(claimed);
      if (!["already_claimed", "already_reported"].includes(code)) surprise("claim", claimed);
      return;
    }
    holders.set(runId, [...(holders.get(runId) ?? []), executor]);
    const report = await post(executor, runPath(runId, "report-executed"), { claim_token: token, execution_result: { executor } });
    if (report.status === 200) reported.add(runId);
    else surprise("report", report);
  };

  const work = Promise.all([atOnce(WRITERS, write), atOnce(EXECUTORS, execute)]);
  // Whoever stops it hears of it.
  work.catch(() => (isWriting = false));
  return {
    acknowledged,
    holders,
    reported,
    seen,
    surprises,
    notes,
    times,
    stop: async () => {
      isWriting = false;
      await work;
    },
  };
}
