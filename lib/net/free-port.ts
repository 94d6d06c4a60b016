import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { SetupError } from "@/lib/errors/setup-error";

// Below the ports that systems hand out to outgoing connections, so that the same port is free again the next time.
const FIRST_PORT = 20_000;
const LAST_PORT = 30_000;
const TRIES = 100;

/** A port of the loopback address that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (await isFree(port)) return port;
  }
  throw new SetupError(`No port of 127.0.0.1 between ${FIRST_PORT} and ${LAST_PORT} is free: stop some of the programs that listen there.`);
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
