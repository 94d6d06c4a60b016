import { randomUUID } from "node:crypto";
import { z } from "zod";
import { getEnv } from "@/lib/env";
import { SetupError } from "@/lib/errors/setup-error";
import type { DemoWorkspace } from "./make-workspace";
import { type DemoConsole, startConsole } from "./start-console";

const ANSWER_TIMEOUT_MS = 5000;
const problem = z.object({ code: z.string() });

/**
 * The console that the demo talks to: the one at the origin `wanted`; else one that runs already and has the workspace in
 * its database; else one that is started now. Throws a SetupError.
 */
export async function openConsole(
  workspace: DemoWorkspace,
  wanted: string | undefined,
  say: (message: string) => void,
): Promise<DemoConsole> {
  if (wanted !== undefined) {
    if (await knows(wanted, workspace)) return running(wanted);
    throw new SetupError(
      `No console on this database responds at ${wanted}: start it, and run the demo with the same DATABASE_URL or DAAI_DATA_DIR.`,
    );
  }
  const { DAAI_PUBLIC_URL, PORT } = getEnv();
  for (const origin of new Set([DAAI_PUBLIC_URL, `http://127.0.0.1:${PORT}`])) {
    if (await knows(origin, workspace)) return running(origin);
  }
  return startConsole(say);
}

function running(url: string): DemoConsole {
  return { url, isStartedHere: false, close: () => Promise.resolve() };
}

/** Only a console on the very database that the workspace was made in accepts its keys, and then misses the run. */
async function knows(origin: string, { apiKey, workspaceKey }: DemoWorkspace): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/api/v1/sdk/action-runs/${randomUUID()}/status`, {
      headers: { Authorization: `Bearer ${apiKey}`, "X-DAAI-Workspace-Key": workspaceKey },
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    return problem.parse(await response.json()).code === "run_not_found";
  } catch {
    return false;
  }
}
