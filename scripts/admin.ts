import { type Need, runAdmin } from "@/scripts/admin/commands/run-admin";
import { loadSettings, openRuntime, type Runtime } from "@/scripts/console/open-runtime";

const write = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(text);

/** `npm run admin -- …`: one command, in a process of its own. */
export async function admin(args: readonly string[]): Promise<void> {
  // `admin … | head` closes the pipe early; that is no failure.
  process.stdout.on("error", () => undefined);
  let runtime: Runtime | undefined;
  const close = async () => {
    const { disconnectDb } = await import("@/lib/db/client");
    await disconnectDb();
    await runtime?.close();
  };
  const open = async (mode: Need) => {
    const { allowSlowPings } = await import("@/lib/db/fail-fast-if-database-down");
    allowSlowPings();
    runtime = await openRuntime(loadSettings(), { say: (message) => console.error(message), mode });
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void close().finally(() => process.exit(1)));
  try {
    process.exitCode = await runAdmin(args, { out: write(process.stdout), err: write(process.stderr) }, open);
  } finally {
    await close();
  }
  // Only when everything said so far has gone through the pipe.
  process.stdout.write("", () => process.exit());
}
