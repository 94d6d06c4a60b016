import { createServer, type Server } from "node:http";
import type { Settings } from "@/lib/env";
import { SetupError } from "@/lib/errors/setup-error";

type PortSetting = "PORT" | "DAAI_METRICS_PORT";
type Address = Pick<Settings, "HOST" | PortSetting>;

/** Throws a SetupError that says why the address cannot be used. */
export function listen(server: Server, address: Address, setting: PortSetting = "PORT"): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, address, setting)));
    server.listen(address[setting], address.HOST, resolve);
  });
}

/** Finds out before the long work of a first start. */
export async function requireFreePort(address: Address, setting: PortSetting = "PORT"): Promise<void> {
  const server = createServer();
  await listen(server, address, setting);
  await new Promise((resolve) => server.close(resolve));
}

function explain(error: NodeJS.ErrnoException, address: Address, setting: PortSetting): Error {
  const port = address[setting];
  switch (error.code) {
    case "EADDRINUSE":
      return new SetupError(`Port ${port} is taken: stop the program that uses it, or set ${setting} to another number.`);
    case "EACCES":
      return new SetupError(`This account isn't allowed to use port ${port}: set ${setting} to a number above 1023.`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new SetupError(`HOST=${address.HOST} isn't an address of this machine: set it to one that is, or leave it out.`);
    default:
      return error;
  }
}
