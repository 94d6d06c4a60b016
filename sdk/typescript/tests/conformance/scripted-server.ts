export interface Call {
  readonly method: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly function?: { readonly returns?: unknown; readonly raises?: string };
  readonly result?: unknown;
  readonly error?: "own" | ({ readonly name: string; readonly message?: string; readonly cause?: string } & Record<string, unknown>);
  readonly called?: number;
  readonly payload?: unknown;
}

export interface Case {
  readonly title: string;
  readonly real?: true;
  readonly fake?: true;
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
