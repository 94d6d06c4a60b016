import { readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import next from "next";
import type { Env } from "@/lib/env";
import { createConsoleServer } from "@/lib/http/gate/console-server";
import { announceShutdown } from "@/lib/http/shutdown";
import { pathOfUrl } from "@/lib/net/base-path";
import { listen } from "./listen";
import { placeBasePath } from "./place-base-path";

/** How long requests in flight may take when the server stops. */
const DRAIN_MS = 8000;
const IDLE_CHECK_MS = 50;

export interface RunningServer {
  /** Answers what is in flight, held long polls at once, and closes every connection. */
  close(): Promise<void>;
}

/**
 * Next takes the configuration that the pages in `folder` were built with from here, as the server does that it writes for
 * `output: standalone`. Reading next.config.mjs again would load what only a build needs.
 */
function useBuiltConfig(folder: string): void {
  const { config } = JSON.parse(readFileSync(join(folder, ".next/required-server-files.json"), "utf8")) as { config: object };
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
}

/**
 * The console's HTTP server: it answers the SDK's API itself, without the cost of the framework, and hands everything else
 * to Next. With DAAI_SDK_MOUNT=next, and while developing, Next answers the API too. Throws a SetupError.
 */
export async function startServer(env: Env, isDev: boolean): Promise<RunningServer> {
  const basePath = pathOfUrl(env.DAAI_PUBLIC_URL);
  const folder = isDev || basePath === "" ? process.cwd() : placeBasePath(basePath);
  if (!isDev) useBuiltConfig(folder);
  const app = next({
    dev: isDev,
    dir: folder,
    hostname: env.HOST,
    port: env.PORT,
    // Next listens there for upgrades, of which only hot reload has any. On the real server it would leave others open for good.
    httpServer: isDev ? undefined : createServer(),
  });
  await app.prepare();
  const handleWithNext = app.getRequestHandler();
  const handlesSdk = env.DAAI_SDK_MOUNT === "node" && !isDev;

  const inFlight = new Set<ServerResponse>();
  const server = createConsoleServer({ handlesSdk, handleWithNext });
  server.prependListener("request", (_request, response: ServerResponse) => {
    inFlight.add(response);
    response.once("close", () => inFlight.delete(response));
  });
  await listen(server, env);

  return {
    close: async () => {
      announceShutdown();
      for (const response of inFlight) if (!response.headersSent) response.setHeader("Connection", "close");
      const closed = new Promise((resolve) => server.close(resolve));
      // Connections become idle after their request; nothing else closes them.
      const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
      await Promise.race([closed, sleep(DRAIN_MS)]);
      clearInterval(idle);
      server.closeAllConnections();
      await app.close();
    },
  };
}
