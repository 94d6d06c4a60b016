import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What is around the settings of docs/operations/proxies.md: nothing that a console would need. */
const PROXIES = {
  nginx: {
    command: ["nginx", "-p", ".", "-c", "settings"],
    around: (settings: string) => `
daemon off; worker_processes 1; pid nginx.pid; error_log error.log;
events { worker_connections 256; }
http {
  access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  ${settings}
}`,
  },
  haproxy: {
    command: ["haproxy", "-db", "-f", "settings"],
    around: (settings: string) => `
defaults
  mode http
  timeout connect 5s
  timeout client 50s
  timeout server 50s
${settings}`,
  },
  caddy: {
    command: ["caddy", "run", "--adapter", "caddyfile", "--config", "settings"],
    around: (settings: string) => `{\n  admin off\n  auto_https off\n}\n${settings}`,
  },
};

export type Proxy = keyof typeof PROXIES;
export const PROXY_NAMES = Object.keys(PROXIES) as Proxy[];

/** The settings in the documentation: on a host of its own, and below /console. */
export function documentedSettings(proxy: Proxy): { host: string; path: string } {
  const text = readFileSync("docs/operations/proxies.md", "utf8");
  const [host = "", path = ""] = [...text.matchAll(new RegExp(`^\`\`\`${proxy}\n([^]*?)^\`\`\``, "gm"))].map(
    ([, settings = ""]) => settings,
  );
  return { host, path };
}

/** Runs a real proxy with these settings on `port`, in front of a console on `consolePort`, while `use` lasts. */
export async function behindProxy(
  proxy: Proxy,
  settings: string,
  { port, consolePort }: { port: number; consolePort: number },
  use: () => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), `daai-${proxy}-`));
  const { command, around } = PROXIES[proxy];
  const here = settings
    .replaceAll("127.0.0.1:3000", `127.0.0.1:${consolePort}`)
    .replace("listen 80;", `listen 127.0.0.1:${port};`)
    .replace("bind :80", `bind 127.0.0.1:${port}`)
    .replace(/^(console\.)?example\.com \{/m, `http://127.0.0.1:${port} {`);
  writeFileSync(join(folder, "settings"), around(here));
  const [program = "", ...args] = command;
  // Debian keeps some where not everyone's PATH leads; Caddy keeps files of its own at home.
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin`, HOME: folder };
  const child = spawn(program, args, { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = once(child, "exit");
  try {
    while (!(await isOpen(port))) if (child.exitCode !== null) throw new Error(`${proxy} didn't start:\n${said}`);
    await use();
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const answer = await Promise.race([once(socket, "connect").then(() => true), once(socket, "close").then(() => false)]).catch(() => false);
  socket.destroy();
  return answer;
}
