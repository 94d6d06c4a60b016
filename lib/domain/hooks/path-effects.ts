import type { CallEffects } from "./call-effects";

/** Files that hold credentials, wherever they are. */
const SECRET_FILE =
  /(?:^|\/)(?:\.env(?:\.(?!example|sample|template|dist|defaults)[\w.-]+)?|\.envrc|\.netrc|\.npmrc|\.pypirc|\.pgpass|\.my\.cnf|\.git-credentials|\.htpasswd|\.vault-token|id_(?:rsa|dsa|ecdsa|ed25519)|credentials(?:\.json|\.ya?ml)?|service[-_]account[\w-]*\.json|secrets?\.(?:json|ya?ml|toml|env)|[\w.-]+\.(?:pem|p12|pfx|keystore|jks|kdbx|key|ppk|age|gpg))$|(?:^|\/)\.(?:ssh|aws|gnupg|kube|azure)(?:\/|$)|(?:^|\/)\.docker\/config\.json$|(?:^|\/)\.config\/(?:gcloud|gh)(?:\/|$)|^\/etc\/(?:shadow|gshadow|sudoers)|^\/proc\/[\w*]+\/environ/;
/** Public halves of keys, which are no secrets. */
const PUBLIC_FILE = /\.pub$|known_hosts$|(?:^|\/)\.aws\/config$/;

/** What keeps a coding agent in check: its own settings and hooks. */
const AGENT_SETTINGS =
  /(?:^|\/)\.claude\/(?:settings[\w.-]*\.json|hooks(?:\/|$))|(?:^|\/)\.claude\.json$|(?:^|\/)managed-settings\.json$|(?:^|\/)\.codex\/(?:config\.toml|hooks\.json|requirements\.toml|rules(?:\/|$))|(?:^|\/)\.mcp\.json$/;

/** Where anyone may write. */
const SCRATCH = /^(?:\/tmp\/|\/private\/tmp\/|\/var\/folders\/|\/dev\/(?:null|stdout|stderr|tty|fd\/\d+)$)/;

export function holdsSecrets(path: string): boolean {
  return SECRET_FILE.test(path) && !PUBLIC_FILE.test(path);
}

export function isAgentSettings(path: string): boolean {
  return AGENT_SETTINGS.test(path);
}

/** Whether a path leads out of the folder that the agent works in, scratch folders aside. */
export function isOutside(path: string, folder: string | null): boolean {
  if (path === "~" || path.startsWith("~") || path.startsWith("$HOME")) return true;
  if (/^[A-Za-z]:[\\/]|^\\\\/.test(path)) return folder === null || !path.toLowerCase().startsWith(folder.toLowerCase());
  const isAbsolute = path.startsWith("/");
  if (folder === null) return isAbsolute || path.split("/").includes("..");
  const whole = resolvePath(isAbsolute ? path : `${folder}/${path}`);
  if (SCRATCH.test(whole)) return false;
  const inside = resolvePath(folder);
  return whole !== inside && !whole.startsWith(inside === "/" ? "/" : `${inside}/`);
}

/** The path without `.` and `..`. Links in it aren't followed: the console can't see the machine. */
function resolvePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** What writing these files does. A call without a path is unclear. */
export function effectsOfPaths(paths: readonly string[], folder: string | null): CallEffects {
  return {
    destructive: false,
    network: false,
    secrets: paths.some(holdsSecrets),
    outside_project: paths.some((path) => isOutside(path, folder)),
    agent_settings: paths.some(isAgentSettings),
    unclear: paths.length === 0,
  };
}
