import { loadSettings, openRuntime } from "./open-runtime";

/** Runs a program's module with settings and database ready, until its top-level code is done. Its exit code stays. */
export async function runProgram(url: string): Promise<void> {
  const runtime = await openRuntime(loadSettings(), (message) => console.error(message));
  try {
    await import(url);
  } finally {
    const { disconnectDb } = await import("@/lib/db/client");
    await disconnectDb();
    await runtime.close();
  }
  process.exit();
}
