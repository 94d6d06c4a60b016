// Calls of Mastra's tools that wait for a decision.

/** What a call suspends its agent with. */
export interface SuspendedCall {
  /** null: the console hasn't answered, as `explanation` says. */
  readonly runId: string | null;
  readonly action: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly explanation: string;
}

export function placeOf(agentRunId: string, callId: string): string {
  return `${agentRunId} ${callId}`;
}

/** Calls that wait, by `placeOf`. */
export type Calls = Readonly<Record<string, Pick<SuspendedCall, "runId" | "arguments">>>;

/** One round of an agent, from its start or its resumption until it ends or is suspended. */
export interface Round {
  /** The framework's name for it, also when it runs a subagent. */
  readonly agentRunId: string;
  /** Those that waited when it was resumed. */
  readonly before: Calls;
  /** Those that wait now. */
  readonly waiting: Map<string, Calls[string]>;
  /** What isn't for the model to know. */
  readonly problems: unknown[];
}

/** What is stored by the id of each run that an agent waits for. */
export interface Pause {
  readonly agentRunId: string;
  readonly calls: Calls;
}

/** What the framework gives to a tool that it resumes. */
export interface ResumeData {
  readonly daai: Calls;
}
