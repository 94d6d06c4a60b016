/** A program with its arguments, as the shell would start it. */
export interface Started {
  readonly program: string;
  readonly args: readonly string[];
  /** The arguments that aren't options. */
  readonly operands: readonly string[];
}

const has = ({ args }: Started, pattern: RegExp) => args.some((arg) => pattern.test(arg));
const sub = ({ operands }: Started, ...names: readonly string[]) => names.includes(operands[0] ?? "");
const subs = ({ operands }: Started, pattern: RegExp) => pattern.test(operands.slice(0, 3).join(" "));

const DESTRUCTIVE: Readonly<Record<string, (started: Started) => boolean>> = {
  rm: (s) => has(s, /^-\w*[rRf]|^--(?:recursive|force)$|[*?]/),
  rmdir: (s) => has(s, /^--ignore|^-p/),
  find: (s) => has(s, /^-delete$/),
  truncate: () => true,
  shred: () => true,
  dd: () => true,
  mkfs: () => true,
  wipefs: () => true,
  fdisk: () => true,
  parted: () => true,
  dropdb: () => true,
  shutdown: () => true,
  reboot: () => true,
  halt: () => true,
  poweroff: () => true,
  killall: () => true,
  pkill: () => true,
  kill: (s) => has(s, /^-1$/) && s.args.length > 1,
  chmod: (s) => has(s, /^-\w*R|^--recursive$|^0?777$/),
  chown: (s) => has(s, /^-\w*R|^--recursive$/),
  crontab: (s) => has(s, /^-r/),
  rsync: (s) => has(s, /^--delete/),
  git: isDestructiveGit,
  kubectl: (s) => sub(s, "delete", "drain", "replace") || has(s, /^--force$/),
  helm: (s) => sub(s, "uninstall", "delete", "rollback"),
  terraform: (s) => sub(s, "apply", "destroy", "taint") || subs(s, /^(?:state (?:rm|push|mv)|workspace delete)/),
  tofu: (s) => sub(s, "apply", "destroy", "taint") || subs(s, /^(?:state (?:rm|push|mv)|workspace delete)/),
  pulumi: (s) => sub(s, "up", "destroy"),
  docker: isDestructiveDocker,
  podman: isDestructiveDocker,
  "docker-compose": (s) => sub(s, "down", "rm") && has(s, /^-\w*v|^--volumes$/),
  "redis-cli": (s) => has(s, /^flush(?:all|db)$/i),
  npm: (s) => sub(s, "unpublish", "deprecate"),
  gh: (s) =>
    subs(s, /^(?:repo|release|secret|variable|workflow|issue|gist|run|cache) (?:delete|remove|disable|archive)/) ||
    (sub(s, "api") && has(s, /^(?:DELETE|-XDELETE|--method=DELETE)$/i)),
  aws: (s) => s.args.some((arg) => /^(?:rm|rb|delete(?:-|$)|terminate-|deregister-|purge-)/.test(arg)),
  gcloud: (s) => s.operands.includes("delete"),
  az: (s) => s.operands.includes("delete") || s.operands.includes("purge"),
  heroku: (s) => s.operands.some((word) => /:(?:destroy|reset)$/.test(word)),
  systemctl: (s) => sub(s, "stop", "disable", "mask", "poweroff", "reboot"),
  prisma: (s) => subs(s, /^migrate reset|^db push/),
  curl: (s) =>
    has(s, /^(?:-XDELETE|--request=DELETE)$/i) ||
    s.args.some((arg, at) => /^(?:-X|--request)$/.test(arg) && /^DELETE$/i.test(s.args[at + 1] ?? "")),
};

function isDestructiveGit(s: Started): boolean {
  if (sub(s, "push")) return has(s, /^(?:--force|-\w*f|--mirror|--delete|-d$|--prune|\+|:)/);
  if (sub(s, "reset")) return has(s, /^--hard$/);
  if (sub(s, "clean")) return has(s, /^-\w*f|^--force$/);
  if (sub(s, "checkout", "restore")) return has(s, /^(?:\.|--|-f|--force)$/);
  if (sub(s, "branch", "tag")) return has(s, /^(?:-D|-d|--delete)$/);
  return subs(s, /^(?:stash (?:drop|clear)|reflog (?:expire|delete)|update-ref|filter-branch|filter-repo|worktree remove|gc)/);
}

function isDestructiveDocker(s: Started): boolean {
  if (sub(s, "compose")) return s.operands.includes("down") && has(s, /^-\w*v|^--volumes$/);
  return subs(s, /^(?:\w+ prune|rmi|(?:volume|network|image|container) rm)/) || (sub(s, "rm") && has(s, /^-\w*[fv]|^--force$/));
}

const LOOPBACK = /^(?:\w+:\/\/)?(?:[^/@]*@)?(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)(?::\d+)?(?:[/?#].*)?$/;
const reachesOut = ({ operands, args }: Started) => {
  const targets = [...operands, ...args.flatMap((arg) => /^--url=(.+)$/.exec(arg)?.[1] ?? [])].filter((word) =>
    /[./:]|^localhost/.test(word),
  );
  return !(targets.length > 0 && targets.every((target) => LOOPBACK.test(target)));
};
const always = () => true;

const NETWORK: Readonly<Record<string, (started: Started) => boolean>> = {
  curl: reachesOut,
  wget: reachesOut,
  http: reachesOut,
  https: reachesOut,
  nc: always,
  ncat: always,
  netcat: always,
  socat: always,
  telnet: always,
  ftp: always,
  sftp: always,
  ssh: always,
  scp: always,
  rsync: (s) => s.operands.some((word) => /^[\w.@-]+:/.test(word)),
  mail: always,
  sendmail: always,
  git: (s) => sub(s, "push", "send-email") || subs(s, /^remote (?:add|set-url)/),
  npm: (s) => sub(s, "publish", "login", "token"),
  pnpm: (s) => sub(s, "publish"),
  yarn: (s) => sub(s, "publish") || subs(s, /^npm publish/),
  cargo: (s) => sub(s, "publish"),
  gem: (s) => sub(s, "push"),
  twine: always,
  docker: (s) => sub(s, "push", "login"),
  podman: (s) => sub(s, "push", "login"),
  gh: (s) => sub(s, "api") || subs(s, /^\w+ (?:create|edit|merge|comment|close|reopen|upload|set|run|review|sync|fork|transfer|rename)/),
  aws: (s) => !subs(s, /^\S+ (?:ls|list|describe|get-caller|help)/),
  gcloud: always,
  az: always,
  kubectl: (s) => !sub(s, "get", "describe", "logs", "version", "explain", "config", "top"),
  helm: (s) => sub(s, "install", "upgrade", "push"),
  vercel: always,
  netlify: always,
  fly: always,
  flyctl: always,
  heroku: always,
  firebase: always,
  ngrok: always,
};

const READS_SECRETS: Readonly<Record<string, (started: Started) => boolean>> = {
  printenv: always,
  env: ({ args }) => args.length === 0,
  set: ({ args }) => args.length === 0,
  gpg: (s) => has(s, /^--export-secret/),
  security: (s) => subs(s, /^(?:find|dump)-/),
  pass: (s) => sub(s, "show", "ls") || s.operands.length > 0,
  op: (s) => sub(s, "read", "item", "inject"),
  vault: (s) => sub(s, "read", "kv", "token", "login"),
  kubectl: (s) => s.operands.some((word) => /^secrets?(?:\/|$)/.test(word)),
  aws: (s) => s.operands.includes("secretsmanager") || s.operands.some((word) => /^get-(?:secret|session-token|parameter)/.test(word)),
  gcloud: (s) => s.operands.includes("secrets") || s.operands.includes("print-access-token"),
  az: (s) => s.operands.includes("keyvault") || s.operands.includes("get-access-token"),
  gh: (s) => subs(s, /^auth token/),
  heroku: (s) => s.operands.some((word) => /^config/.test(word)),
};

const SQL_LOSS =
  /\b(?:drop\s+(?:table|database|schema|index|view|user|role)|truncate\s+(?:table\s+)?\w|delete\s+from|alter\s+table\s+\S+\s+drop)\b/i;
const SQL_PROGRAM = /^(?:psql|mysql|mariadb|sqlite3|sqlcmd|clickhouse(?:-client)?|duckdb|cockroach|mongosh?|bq)$/;

export function isDestructive(started: Started): boolean {
  const { program, args } = started;
  if (program.startsWith("mkfs.")) return true;
  if (SQL_PROGRAM.test(program) && args.some((arg) => SQL_LOSS.test(arg) || /\b(?:dropDatabase|deleteMany|\.drop\()/.test(arg)))
    return true;
  return DESTRUCTIVE[program]?.(started) ?? false;
}

export function usesNetwork(started: Started): boolean {
  return NETWORK[started.program]?.(started) ?? false;
}

export function readsSecrets(started: Started): boolean {
  return READS_SECRETS[started.program]?.(started) ?? false;
}
