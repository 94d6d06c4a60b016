import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { chownTo, type ServerAccount, serverAccount } from "@/lib/embedded-postgres/server-account";
import { freePort } from "@/lib/net/free-port";
import { makeHome } from "@/lib/testing/killable-postgres";
import { runSql } from "@/lib/testing/test-postgres";
import { documentedSettings } from "./documented-settings";
import type { HaPrograms } from "./ha-programs";
import { type Daemon, runDaemon } from "./run-daemon";

const NAMES = ["node1", "node2", "node3"] as const;
const SCOPE = "daai";
const PASSWORD = "failover";
const POLL_MS = 100;
/** Longer than an election and a rewind take on a busy machine. */
const HEALTHY_MS = 300_000;

export interface PatroniNode {
  readonly name: string;
  readonly port: number;
  /** Patroni's API, which says whether the node is the primary. */
  readonly apiPort: number;
}

export interface PatroniCluster {
  readonly nodes: readonly PatroniNode[];
  readonly account: ServerAccount | null;
  /** For the files of others, who run as the same account. */
  readonly home: string;
  /** A database of its own on the cluster, at the hosts given. */
  url(hosts: string): string;
  /** Names every node. */
  readonly hostsUrl: string;
  leader(): Promise<string>;
  /** Waits until there is a leader, a synchronous standby, and everybody follows. */
  untilHealthy(): Promise<void>;
  /** `kill -9` of the primary and of its Patroni. Returns when another one leads; the node is back as a standby soon after. */
  killPrimary(): Promise<string>;
  /** Hands over to the synchronous standby, as for maintenance. */
  switchOver(): Promise<string>;
  close(): Promise<void>;
}

const clusterSchema = z.object({
  members: z.array(z.object({ name: z.string(), role: z.string(), state: z.string(), timeline: z.number().optional() })),
});
type Members = z.infer<typeof clusterSchema>["members"];

/** Three PostgreSQL servers that Patroni looks after, with their etcd, on the loopback address. */
export async function startPatroniCluster(programs: HaPrograms): Promise<PatroniCluster> {
  const home = makeHome();
  const account = serverAccount(join(home, "none"));
  const folder = (name: string) => {
    mkdirSync(join(home, name), { mode: 0o700 });
    chownTo(account, join(home, name));
    return join(home, name);
  };
  const logFile = (name: string) => join(home, `${name}.log`);
  const etcdPort = await freePort();
  const etcd = runDaemon(programs.etcd, etcdArguments(folder("etcd"), etcdPort, await freePort()), account, logFile("etcd"), home);

  const nodes: PatroniNode[] = [];
  for (const name of NAMES) nodes.push({ name, port: await freePort(), apiPort: await freePort() });
  const patronis = new Map<string, Daemon>();
  const configFile = (name: string) => join(home, name, "patroni.yml");
  for (const node of nodes) {
    const text = stringify(patroniConfig(node, folder(node.name), etcdPort, programs));
    writeFileSync(configFile(node.name), text);
    chownTo(account, configFile(node.name));
  }
  const start = (name: string) =>
    patronis.set(name, runDaemon(programs.patroni, [configFile(name)], account, logFile(name), join(home, name)));

  const leader = async () => {
    for (;;) {
      const name = (await readMembers(nodes)).find(isRunningLeader)?.name;
      if (name) return name;
      await sleep(POLL_MS);
    }
  };
  const untilOtherLeads = async (former: string) => {
    for (;;) {
      const name = await leader();
      if (name !== former) return name;
      await sleep(POLL_MS);
    }
  };
  const untilHealthy = async () => {
    for (let waitedMs = 0; waitedMs < HEALTHY_MS; waitedMs += POLL_MS) {
      if (isHealthy(await readMembers(nodes))) return;
      await sleep(POLL_MS);
    }
    const logs = NAMES.map((name) => `${name}:\n${readFileSync(logFile(name), "utf8").slice(-3000)}`);
    throw new Error(`The cluster didn't become healthy.\n${logs.join("\n")}`);
  };

  const url = (hosts: string) => `postgresql://console:${PASSWORD}@${hosts}/console`;
  const cluster: PatroniCluster = {
    nodes,
    account,
    home,
    url,
    hostsUrl: `${url(nodes.map(({ port }) => `127.0.0.1:${port}`).join(","))}?target_session_attrs=read-write`,
    leader,
    untilHealthy,
    killPrimary: async () => {
      const name = await leader();
      killPostmaster(join(home, name, "data"));
      await patronis.get(name)?.end("SIGKILL");
      const next = await untilOtherLeads(name);
      start(name);
      return next;
    },
    switchOver: async () => {
      const from = await leader();
      const to = (await readMembers(nodes)).find(({ role }) => role === "sync_standby")?.name ?? "";
      await promisify(execFile)(programs.patronictl, [
        ...["-c", configFile(from), "switchover", SCOPE, "--leader", from, "--candidate", to, "--scheduled", "now", "--force"],
      ]);
      return untilOtherLeads(from);
    },
    close: async () => {
      // Patroni stops its PostgreSQL before it ends.
      await Promise.all([...patronis.values()].map((patroni) => patroni.end("SIGTERM")));
      await etcd.end("SIGTERM");
      rmSync(home, { recursive: true, force: true });
    },
  };

  for (const name of NAMES) start(name);
  await untilHealthy();
  const first = await leader();
  const { port } = nodes.find(({ name }) => name === first) ?? { port: 0 };
  await runSql(
    `postgresql://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`,
    `CREATE ROLE console LOGIN PASSWORD '${PASSWORD}'`,
    "CREATE DATABASE console OWNER console",
  );
  return cluster;
}

function etcdArguments(dataDir: string, port: number, peerPort: number): string[] {
  const [client, peer] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`];
  return [
    ...["--name", "etcd", "--data-dir", dataDir, "--listen-client-urls", client, "--advertise-client-urls", client],
    ...["--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", `etcd=${peer}`],
  ];
}

function patroniConfig({ name, port, apiPort }: PatroniNode, dir: string, etcdPort: number, programs: HaPrograms): object {
  const user = (username: string) => ({ username, password: PASSWORD });
  return {
    scope: SCOPE,
    name,
    restapi: { listen: `127.0.0.1:${apiPort}`, connect_address: `127.0.0.1:${apiPort}` },
    etcd3: { host: `127.0.0.1:${etcdPort}` },
    bootstrap: { dcs: parse(documentedSettings("yaml")) as unknown, initdb: [{ encoding: "UTF8" }, { locale: "C" }, "data-checksums"] },
    postgresql: {
      listen: `127.0.0.1:${port}`,
      connect_address: `127.0.0.1:${port}`,
      data_dir: join(dir, "data"),
      bin_dir: programs.postgres,
      pgpass: join(dir, "pgpass"),
      authentication: { superuser: user("postgres"), replication: user("replicator"), rewind: user("rewinder") },
      pg_hba: ["local all all trust", "host all all 127.0.0.1/32 scram-sha-256", "host replication replicator 127.0.0.1/32 scram-sha-256"],
      parameters: { unix_socket_directories: dir, password_encryption: "scram-sha-256" },
    },
  };
}

/** What the nodes know of each other; nobody, while none of them answers. */
async function readMembers(nodes: readonly PatroniNode[]): Promise<Members> {
  for (const { apiPort } of nodes) {
    try {
      const response = await fetch(`http://127.0.0.1:${apiPort}/cluster`, { signal: AbortSignal.timeout(2000) });
      return clusterSchema.parse(await response.json()).members;
    } catch {
      // It's down, or just starting.
    }
  }
  return [];
}

const isRunningLeader = ({ role, state }: Members[number]) => role === "leader" && state === "running";

function isHealthy(members: Members): boolean {
  const isFollowing = members.every(({ state, timeline }) => /^(running|streaming)$/.test(state) && timeline === members[0]?.timeline);
  const isSynchronous = members.some(({ role }) => role === "sync_standby");
  return members.length === NAMES.length && members.some(isRunningLeader) && isSynchronous && isFollowing;
}

function killPostmaster(dataDir: string): void {
  const [pid] = readFileSync(join(dataDir, "postmaster.pid"), "utf8").split("\n");
  process.kill(Number(pid), "SIGKILL");
}
