export interface Call {
  readonly method: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly function?: { readonly returns?: unknown; readonly raises?: string };
  readonly result?: unknown;
  readonly error?: "own" | ({ readonly name: string; readonly message?: string; readonly cause?: string } & Record<string, unknown>);
  readonly called?: number;
  readonly payload?: unknown;
}

/** What a console has for a case. Names with a dollar sign stand for what is new in every play. */
export interface Setup {
  readonly actions: Readonly<Record<string, "always_allow" | "always_require_approval" | "always_block">>;
  readonly budgets?: readonly BudgetDocument[];
}

/** As the management API takes it. */
export interface BudgetDocument {
  readonly name: string;
  readonly actions: readonly string[];
  readonly measure: "sum" | "count";
  readonly currency?: string;
  readonly limit: string;
  readonly period: "hour" | "day" | "week" | "month";
  readonly time_zone: string;
  readonly per?: "recipient" | "actor" | "source" | "field";
  readonly per_field?: string;
  readonly when_exceeded?: "ask" | "block";
}

/** An approval for the same, whose last day is so many `days` from today. */
export interface GrantDocument {
  readonly facts: readonly string[];
  readonly amount_each?: string;
  readonly total?: string;
  readonly max_uses: number;
  readonly days: number;
}

export interface Case {
  readonly title: string;
  readonly real?: true;
  readonly fake?: true;
  readonly setup?: Setup;
  readonly calls: readonly Call[];
  readonly client?: { readonly timeout_seconds?: number };
  readonly responses?: unknown;
  readonly requests?: unknown;
  readonly sleeps?: readonly number[];
}

export interface StartedCase {
  readonly number: string;
  readonly base_url: string;
  readonly run_id: string;
}

/** The server that plays the responses of cases. */
export function scriptedServerAt(address: string) {
  const ask = async <T>(path: string, init: RequestInit) => (await (await fetch(`${address}/cases${path}`, init)).json()) as T;
  return {
    start: ({ responses, requests }: Case) => ask<StartedCase>("", { method: "POST", body: JSON.stringify({ responses, requests }) }),
    /** Ends a case. Returns what was wrong with the requests. */
    problemsOf: async (number: string) => (await ask<{ problems: string[] }>(`/${number}`, { method: "DELETE" })).problems,
  };
}
