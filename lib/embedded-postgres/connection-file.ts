import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { SetupError } from "@/lib/errors/setup-error";

/** How the application reaches its embedded database: kept beside it, readable by the console's account alone. */
export interface Connection {
  readonly port: number | null;
  readonly password: string;
}

export const ROLE = "daai";

export function newConnection(): Connection {
  return { port: null, password: randomBytes(24).toString("hex") };
}

export function readConnection(path: string): Connection {
  if (!existsSync(path)) throw new SetupError(`${path} is missing and with it the database's password: restore it from your backup.`);
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Connection;
  } catch {
    throw new SetupError(`${path} cannot be read: restore it from your backup, or start the console as the account that made it.`);
  }
}

export function writeConnection(path: string, connection: Connection): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(connection)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export function databaseUrl(connection: Connection, port: number): string {
  return `postgresql://${ROLE}:${connection.password}@127.0.0.1:${port}/${ROLE}`;
}
