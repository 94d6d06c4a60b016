import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { chownTo } from "@/lib/embedded-postgres/server-account";
import { freePort } from "@/lib/net/free-port";
import { documentedSettings } from "./documented-settings";
import type { HaPrograms } from "./ha-programs";
import type { PatroniCluster } from "./patroni-cluster";
import { runDaemon } from "./run-daemon";

export interface ClusterProxies {
  /** HAProxy: the primary, wherever it is. */
  readonly primaryUrl: string;
  /** PgBouncer in transaction mode, in front of HAProxy. */
  readonly pooledUrl: string;
  close(): Promise<void>;
}

/** What the documentation puts between a console and the cluster. */
export async function startClusterProxies(programs: HaPrograms, cluster: PatroniCluster): Promise<ClusterProxies> {
  const [haproxyPort, pgbouncerPort] = [await freePort(), await freePort()];
  const { home, account, url } = cluster;
  const write = (name: string, text: string) => {
    const path = join(home, name);
    writeFileSync(path, text, { mode: 0o600 });
    chownTo(account, path);
    return path;
  };
  const { username, password } = new URL(url("127.0.0.1"));
  const users = write("users.txt", `"${username}" "${password}"\n`);
  const proxyConfig = write("haproxy.cfg", haproxyConfig(cluster, haproxyPort));
  const poolerConfig = write("pgbouncer.ini", pgbouncerConfig(haproxyPort, pgbouncerPort, users, home));
  const log = (name: string) => join(home, `${name}.log`);
  const proxy = runDaemon(programs.haproxy, ["-f", proxyConfig], account, log("haproxy"), home);
  const pooler = runDaemon(programs.pgbouncer, [poolerConfig], account, log("pgbouncer"), home);
  return {
    primaryUrl: url(`127.0.0.1:${haproxyPort}`),
    pooledUrl: url(`127.0.0.1:${pgbouncerPort}`),
    close: async () => {
      await Promise.all([proxy.end("SIGTERM"), pooler.end("SIGTERM")]);
    },
  };
}

function haproxyConfig({ nodes }: PatroniCluster, port: number): string {
  const servers = nodes.map(({ name, port, apiPort }) => `  server ${name} 127.0.0.1:${port} check port ${apiPort}`);
  const settings = documentedSettings("haproxy").replace("bind :5000", `bind 127.0.0.1:${port}`);
  return `${settings.replaceAll(/^ {2}server .*\n/gm, "")}${servers.join("\n")}\n`;
}

function pgbouncerConfig(haproxyPort: number, port: number, users: string, home: string): string {
  const settings = documentedSettings("ini")
    .replace("port=5000", `port=${haproxyPort}`)
    .replace("listen_port = 6432", `listen_port = ${port}`)
    .replace("/etc/pgbouncer/userlist.txt", users);
  return `${settings}listen_addr = 127.0.0.1\nunix_socket_dir = ${home}\n`;
}
