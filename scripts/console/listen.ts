import { createServer, type Server } from "node:http";
import type { Settings } from "@/lib/env";
import { SetupError } from "@/lib/errors/setup-error";

type Address = Pick<Settings, "HOST" | "PORT">;

/** Throws a SetupError that says why the address cannot be used. */
export function listen(server: Server, { HOST, PORT }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, HOST, PORT)));
    server.listen(PORT, HOST, resolve);
  });
}

/** Finds out before the long work of a first start. */
export async function requireFreePort(address: Address): Promise<void> {
  const server = createServer();
  await listen(server, address);
  await new Promise((resolve) => server.close(resolve));
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case "EADDRINUSE":
      return new SetupError(`Port ${port} is taken: stop the program that uses it, or set PORT to another number.`);
    case "EACCES":
      return new SetupError(`This account isn't allowed to use port ${port}: set PORT to a number above 1023.`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new SetupError(`HOST=${host} isn't an address of this machine: set it to one that is, or leave it out.`);
    default:
      return error;
  }
}
