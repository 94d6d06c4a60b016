import { loadSettings, openRuntime } from "./open-runtime";

/** Runs a program's module with settings and database ready, until its top-level code is done. Its exit code stays. */
export async function runProgram(url: string): Promise<void> {
  const runtime = await openRuntime(loadSettings(), { say: (message) => console.error(message) });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void runtime.close().finally(() => process.exit(1)));
  }
  try {
    await import(url);
  } finally {
    const { disconnectDb } = await import("@/lib/db/client");
    await disconnectDb();
    await runtime.close();
  }
  // Only when everything said so far has gone through the pipe.
  process.stdout.write("", () => process.exit());
}
