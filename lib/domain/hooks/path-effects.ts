import { type CallEffects, NO_EFFECTS } from "./call-effects";

/** Files that hold credentials, wherever they are. */
const SECRET_FILE =
  /(?:^|\/)(?:\.env(?:\.(?!example$|sample$|template$|dist$|defaults$)[\w.-]+)?|\.envrc|\.netrc|\.npmrc|\.pypirc|\.pgpass|\.my\.cnf|\.git-credentials|\.htpasswd|\.vault-token|id_(?:rsa|dsa|ecdsa|ed25519)|credentials(?:\.json|\.ya?ml)?|service[-_]account[\w-]*\.json|secrets?\.(?:json|ya?ml|toml|env)|[\w.-]+\.(?:pem|p12|pfx|keystore|jks|kdbx|key|ppk|age|gpg))$|(?:^|\/)\.(?:ssh|aws|gnupg|kube|azure)(?:\/|$)|(?:^|\/)\.docker\/config\.json$|(?:^|\/)\.config\/(?:gcloud|gh)(?:\/|$)|^\/etc\/(?:shadow|gshadow|sudoers)|^\/proc\/[\w*]+\/environ/i;
/** Public halves of keys, which are no secrets. */
const PUBLIC_FILE = /\.pub$|known_hosts$|(?:^|\/)\.aws\/config$/i;
/** What patterns such as `.env*` may match. */
const SECRET_EXAMPLES = [".env", ".env.local", ".netrc", ".npmrc", ".pypirc", ".pgpass", ".git-credentials", "id_rsa", "id_ed25519"].concat(
  ["credentials.json", "a.pem", "a.key", "a.p12", "a.pfx", "a.jks", "a.kdbx", ".ssh/a", ".aws/a", ".kube/a", ".gnupg/a"],
);

/** What keeps a coding agent in check: its own settings and hooks. */
const AGENT_SETTINGS =
  /(?:^|\/)\.claude\/(?:settings[\w.-]*\.json|hooks(?:\/|$))|(?:^|\/)\.claude\.json$|(?:^|\/)managed-settings\.json$|(?:^|\/)\.codex\/(?:config\.toml|hooks\.json|requirements\.toml|rules(?:\/|$))|(?:^|\/)\.mcp\.json$/i;
const AGENT_FOLDER = /(?:^|\/)\.(?:claude|codex)$/i;
const AGENT_EXAMPLES = [".claude/settings.json", ".claude/settings.local.json", ".claude/hooks/a", ".claude.json", ".mcp.json"].concat([
  ".codex/config.toml",
  ".codex/hooks.json",
  ".codex/rules/a",
]);
const AGENT_FOLDER_EXAMPLES = [".claude", ".codex"];

/** Where anyone may write. */
const SCRATCH = /^(?:\/tmp(?:\/|$)|\/private\/tmp(?:\/|$)|\/var\/folders\/|\/dev\/(?:null|stdout|stderr|tty|fd\/\d+)$)/;
const DISK = /^\/dev\/(?:sd|hd|vd|xvd|nvme|mmcblk|r?disk|mapper\/|dm-)/;
/** The root, a home folder or a folder that the machine can't do without, or everything in it. */
const VITAL =
  /^(?:\/|[a-z]:\/?|~\w*|\$\{?HOME\}?|\/(?:home|Users)(?:\/[^/]+)?|\/(?:root|bin|boot|dev|etc|lib|lib64|opt|proc|sbin|srv|sys|usr|var|System|Library|Applications)|[a-z]:\/(?:Windows|Users(?:\/[^/]+)?))(?:\/?\*)?$/i;

export function holdsSecrets(path: string): boolean {
  const whole = normalPath(path);
  return (SECRET_FILE.test(whole) && !PUBLIC_FILE.test(whole)) || mayMatch(whole, SECRET_EXAMPLES);
}

export function isAgentSettings(path: string): boolean {
  const whole = normalPath(path);
  return AGENT_SETTINGS.test(whole) || mayMatch(whole, AGENT_EXAMPLES);
}

/** Whether what happens to the path happens to a folder with such settings too. */
export function hasAgentSettings(path: string): boolean {
  const whole = normalPath(path);
  return isAgentSettings(whole) || AGENT_FOLDER.test(whole) || mayMatch(whole, AGENT_FOLDER_EXAMPLES);
}

export function isDisk(path: string): boolean {
  return DISK.test(normalPath(path));
}

export function isVital(path: string): boolean {
  return VITAL.test(normalPath(path));
}

/** Whether a path leads out of the folder that the agent works in, scratch folders aside. Where a variable leads can't be told. */
export function isOutside(path: string, folder: string | null): boolean {
  const whole = normalPath(path);
  if (/^[~$`]/.test(whole)) return true;
  if (folder === null) return isAbsolute(whole) || whole.split("/")[0] === "..";
  const inside = normalPath(folder);
  const target = drivePath(normalPath(resolvedIn(inside, whole)), inside);
  if (SCRATCH.test(target)) return false;
  const [one, other] = hasDrive(inside) ? [target.toLowerCase(), inside.toLowerCase()] : [target, inside];
  return one !== other && !one.startsWith(other.endsWith("/") ? other : `${other}/`);
}

/** The path as it is from a folder. */
export function resolvedIn(folder: string | null, path: string): string {
  return folder === null || isAbsolute(path) ? path : `${folder.replace(/\/$/, "")}/${path}`;
}

function isAbsolute(path: string): boolean {
  return /^[/\\~$`]/.test(path) || hasDrive(path);
}

function hasDrive(path: string): boolean {
  return /^[A-Za-z]:(?:[\\/]|$)/.test(path) || path.startsWith("//");
}

/** Git's Bash writes `C:/` as `/c/`. */
function drivePath(path: string, folder: string): string {
  return hasDrive(folder) ? path.replace(/^\/([a-z])(?=\/|$)/i, "$1:") : path;
}

/** The path with slashes, without `.` and `..` where they can go. Links in it aren't followed: the console can't see the machine. */
function normalPath(path: string): string {
  // `\.env` is how a search is written, not a path.
  const slashed = path.replace(/(?!^\\\.)\\/g, "/");
  const root = /^\/\/(?=[^/])|^\//.exec(slashed)?.[0] ?? "";
  const parts: string[] = [];
  for (const part of slashed.split("/")) {
    if (part === "..") {
      const last = parts.at(-1);
      if (last !== undefined && last !== ".." && !/^[~$`]/.test(last)) parts.pop();
      else if (root === "") parts.push(part);
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return root + parts.join("/");
}

/** Whether a path with `*`, `?` or `[…]` may match one of the names. Patterns of almost nothing, such as `*`, are left out. */
function mayMatch(path: string, names: readonly string[]): boolean {
  if (!/[*?[]/.test(path)) return false;
  const parts = path.split("/");
  return names.some((name) => {
    const wanted = name.split("/");
    const ends = parts.slice(-wanted.length);
    return ends.length === wanted.length && ends.every((part, at) => partMatches(part, wanted[at] ?? ""));
  });
}

function partMatches(part: string, name: string): boolean {
  if (!/[*?[]/.test(part)) return part.toLowerCase() === name.toLowerCase();
  // Shells match no hidden files otherwise.
  if (name.startsWith(".") !== /^[.[]/.test(part)) return false;
  const literal = part.replace(/\[[^\]]*\]|[*?]/g, "");
  if (literal.length < 3 && !part.startsWith(".")) return false;
  const pattern = part
    .split(/(\[[^\]]*\]|\*+|\?)/)
    .map((piece, at) => (at % 2 === 0 ? piece.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&") : piece.startsWith("*") ? ".*" : "."));
  // So many stars match whatever they should.
  return pattern.length > 12 || new RegExp(`^${pattern.join("")}$`, "i").test(name);
}

/** What writing these files does. A call without a path is unclear. */
export function effectsOfPaths(paths: readonly string[], folder: string | null): CallEffects {
  return {
    ...NO_EFFECTS,
    wipes: paths.some(isDisk),
    secrets: paths.some((path) => holdsSecrets(resolvedIn(folder, path))),
    outside_project: paths.some((path) => isOutside(path, folder)),
    agent_settings: paths.some((path) => hasAgentSettings(resolvedIn(folder, path))),
    unclear: paths.length === 0,
  };
}
