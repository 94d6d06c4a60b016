import { getEnv } from "@/lib/env";
import { ApiClient } from "@/lib/testing/api-suite/api-client";
import { startTestServer, type TestServer, type TestServerOptions } from "@/lib/testing/test-server";

/** One process of the console. */
export interface ConsoleProcess {
  /** Keeps its address when the process is started again. */
  readonly api: ApiClient;
  readonly server: TestServer;
  /** Ends it with the signal and starts it again, without any step in between. Returns the exit code. */
  restart(signal: NodeJS.Signals): Promise<number | null>;
  /** Stops it as an operator does. Throws if it doesn't exit cleanly, or has responded with 500. */
  stop(): Promise<void>;
}

/** Several processes on one database. */
export interface Consoles {
  /** One after the other, for 0, 1, 2, … */
  of(turn: number): ConsoleProcess;
  stop(): Promise<void>;
}

type Options = Partial<Pick<TestServerOptions, "databaseUrl" | "mount" | "env">>;

/** Starts a process, on the test's own database unless told otherwise. */
export async function startConsole({
  databaseUrl = getEnv().DATABASE_URL,
  mount = "node",
  env = {},
}: Options = {}): Promise<ConsoleProcess> {
  let server = await startTestServer({ databaseUrl, mount, env });
  const { port, url } = server;
  return {
    api: new ApiClient(url),
    get server() {
      return server;
    },
    restart: async (signal) => {
      const code = await server.kill(signal);
      requireNoFailure(server);
      server = await startTestServer({ databaseUrl, mount, env, port });
      return code;
    },
    stop: async () => {
      await server.stop();
      requireNoFailure(server);
    },
  };
}

/** Starts `count` processes at once. */
export async function startConsoles(count: number, options: Options = {}): Promise<Consoles> {
  const processes = await Promise.all(Array.from({ length: count }, () => startConsole(options)));
  return {
    of: (turn) => {
      const one = processes[turn % count];
      if (!one) throw new Error(`There is no process ${turn}.`);
      return one;
    },
    stop: async () => {
      await Promise.all(processes.map((one) => one.stop()));
    },
  };
}

function requireNoFailure(server: TestServer): void {
  const failures = server
    .logs()
    .split("\n")
    .filter((line) => line.includes('"status":500'));
  if (failures.length > 0) throw new Error(`The console answered 500:\n${failures.join("\n")}`);
}
