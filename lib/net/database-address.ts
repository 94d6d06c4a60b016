/** One server that a database's address names. */
export interface DatabaseHost {
  readonly host: string;
  readonly port: number;
  /** As people read it: its host and port. */
  readonly name: string;
  /** An address of this server alone. */
  readonly url: string;
}

export interface DatabaseAddress {
  /** In the order in which they're tried. */
  readonly hosts: readonly [DatabaseHost, ...DatabaseHost[]];
  /** The names of all hosts, as people read them. */
  readonly names: string;
  /** The names and the database, without user and password. */
  readonly place: string;
  /** Connect only to a host that takes writes: several hosts are named, or `target_session_attrs` is. */
  readonly isChecked: boolean;
}

/** The message is the rest of a sentence that begins with the setting's name. */
export class DatabaseAddressError extends Error {
  override readonly name = "DatabaseAddressError";
}

const EXAMPLE = "postgresql://user:password@host:5432/database";
const EXAMPLE_OF_SEVERAL = "postgresql://user:password@host1:5432,host2:5432/database";
const DEFAULT_PORT = 5432;
const HIGHEST_PORT = 65_535;
/** Scheme, user with password, hosts, and the rest from the path on. */
const PARTS = /^(postgres(?:ql)?:\/\/)(?:([^/?#]*)@)?([^/?#@]*)(.*)$/i;
/** A name, an IPv4 address, or an IPv6 address in brackets; then perhaps a port. */
const HOST = /^(\[[^[\]]+\]|[^:[\]]+)(?::(.*))?$/;
/** What libpq calls a server that takes writes. Its other values mean servers that the console can't use. */
const WRITABLE = ["read-write", "primary"];
const ATTRIBUTES = "target_session_attrs";

/** Reads a database's address, which may name several hosts as libpq's do. Throws a DatabaseAddressError. */
export function readDatabaseAddress(text: string): DatabaseAddress {
  const [, scheme = "", account, list = "", rest = ""] = PARTS.exec(text) ?? [];
  const parts = list.split(",");
  const isSeveral = parts.length > 1;
  if (isSeveral) for (const part of parts) requireHost(part);
  const urls = parts.map((part) => `${scheme}${account === undefined ? "" : `${account}@`}${part}${rest}`);
  if (!urls.every((url) => scheme && URL.canParse(url))) throw new DatabaseAddressError(`must be an address like ${EXAMPLE}.`);
  const hosts = urls.map(hostOf) as [DatabaseHost, ...DatabaseHost[]];
  const { searchParams, pathname } = new URL(hosts[0].url);
  const attributes = searchParams.get(ATTRIBUTES);
  if (attributes !== null && !WRITABLE.includes(attributes)) {
    throw new DatabaseAddressError(`has ${ATTRIBUTES}=${attributes}. The console writes: set it to read-write, or leave it out.`);
  }
  if (searchParams.get("host")?.includes(",")) {
    throw new DatabaseAddressError(`names several hosts in ?host=. Name them before the database, like ${EXAMPLE_OF_SEVERAL}.`);
  }
  const names = hosts.map(({ name }) => name).join(",");
  return { hosts, names, place: `${names}${pathname}`, isChecked: isSeveral || attributes !== null };
}

function requireHost(text: string): void {
  if (text === "") throw new DatabaseAddressError(`has an empty host in its list. Write it like ${EXAMPLE_OF_SEVERAL}.`);
  const [, host, port] = HOST.exec(text) ?? [];
  if (host === undefined) {
    throw new DatabaseAddressError(`has the host ${text}, which can't be read. Write host:port, with an IPv6 address in brackets.`);
  }
  const isPort = port === undefined || (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= HIGHEST_PORT);
  if (!isPort) throw new DatabaseAddressError(`has the port ${port || "(none)"} at ${host}. Ports are from 1 to ${HIGHEST_PORT}.`);
}

function hostOf(url: string): DatabaseHost {
  const { hostname, port: digits, searchParams } = new URL(url);
  const host = decodeURIComponent(hostname || (searchParams.get("host") ?? ""));
  const port = Number(digits) || DEFAULT_PORT;
  return { host: host.replace(/^\[(.*)\]$/, "$1"), port, name: `${host}:${port}`, url };
}
