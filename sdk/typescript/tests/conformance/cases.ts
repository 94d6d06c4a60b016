import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

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

const FOLDER = new URL("../../../conformance/", import.meta.url);

/** Every case of sdk/conformance, with one for each variant; its README documents them. */
export function loadCases(): Case[] {
  return readdirSync(new URL("cases", FOLDER)).flatMap((file) => {
    const cases = JSON.parse(readFileSync(new URL(`cases/${file}`, FOLDER), "utf8")) as ({
      name: string;
      variants?: { name?: string }[];
    } & Case)[];
    return cases.flatMap(({ variants = [{}], ...common }) =>
      variants.map((variant) => ({ ...common, ...variant, title: [file, common.name, variant.name].filter(Boolean).join("/") })),
    );
  });
}

export interface StartedCase {
  readonly number: string;
  readonly base_url: string;
  readonly run_id: string;
}

/** The server that plays the responses of cases. */
export async function startScriptedServer() {
  const child = spawn(process.execPath, [fileURLToPath(new URL("server.mjs", FOLDER))], { stdio: ["pipe", "pipe", "inherit"] });
  const address = await new Promise<string>((resolve) => {
    child.stdout.setEncoding("utf8").once("data", (text: string) => resolve(text.trim()));
  });
  const ask = async <T>(path: string, init: RequestInit) => (await (await fetch(`${address}/cases${path}`, init)).json()) as T;
  return {
    start: ({ responses, requests }: Case) => ask<StartedCase>("", { method: "POST", body: JSON.stringify({ responses, requests }) }),
    /** Ends a case. Returns what was wrong with the requests. */
    problemsOf: async (number: string) => (await ask<{ problems: string[] }>(`/${number}`, { method: "DELETE" })).problems,
    stop: () => child.stdin.end(),
  };
}
