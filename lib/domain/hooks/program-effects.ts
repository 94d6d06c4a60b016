import { isVital } from "./path-effects";
import { ANY_FILE, type Started } from "./started-program";

const has = ({ args }: Started, pattern: RegExp) => args.some((arg) => pattern.test(arg));
const sub = ({ operands }: Started, ...names: readonly string[]) => names.includes(operands[0] ?? "");
const subs = ({ operands }: Started, pattern: RegExp) => pattern.test(operands.slice(0, 3).join(" "));

type Table = ReadonlyMap<string, (started: Started) => boolean>;

const DESTRUCTIVE: Table = new Map(
  Object.entries({
    rm: (s: Started) => has(s, /^-\w*[rRf]|^--[rf]\w*$|[*?]/) || s.args.includes(ANY_FILE),
    rmdir: (s: Started) => has(s, /^--ignore|^-p/),
    find: (s: Started) => has(s, /^-delete$/),
    truncate: () => true,
    shred: () => true,
    dd: () => true,
    fdisk: () => true,
    parted: () => true,
    dropdb: () => true,
    shutdown: () => true,
    reboot: () => true,
    halt: () => true,
    poweroff: () => true,
    killall: () => true,
    pkill: () => true,
    kill: (s: Started) => has(s, /^-1$/) && s.args.length > 1,
    chmod: (s: Started) => has(s, /^-\w*R|^--rec\w*$|^0?777$/),
    chown: (s: Started) => has(s, /^-\w*R|^--rec\w*$/),
    crontab: (s: Started) => has(s, /^-r/),
    rsync: (s: Started) => has(s, /^--del/),
    git: isDestructiveGit,
    kubectl: (s: Started) => sub(s, "delete", "drain", "replace") || has(s, /^--force$/),
    helm: (s: Started) => sub(s, "uninstall", "delete", "rollback"),
    terraform: (s: Started) => sub(s, "apply", "destroy", "taint") || subs(s, /^(?:state (?:rm|push|mv)|workspace delete)/),
    tofu: (s: Started) => sub(s, "apply", "destroy", "taint") || subs(s, /^(?:state (?:rm|push|mv)|workspace delete)/),
    pulumi: (s: Started) => sub(s, "up", "destroy"),
    docker: isDestructiveDocker,
    podman: isDestructiveDocker,
    "docker-compose": (s: Started) => sub(s, "down", "rm") && has(s, /^-\w*v|^--volumes$/),
    "redis-cli": (s: Started) => has(s, /^flush(?:all|db)$/i),
    npm: (s: Started) => sub(s, "unpublish", "deprecate"),
    gh: (s: Started) =>
      subs(s, /^(?:repo|release|secret|variable|workflow|issue|gist|run|cache) (?:delete|remove|disable|archive)/) ||
      (sub(s, "api") && has(s, /^(?:DELETE|-XDELETE|--method=DELETE)$/i)),
    aws: (s: Started) => s.args.some((arg) => /^(?:rm|rb|delete(?:-|$)|terminate-|deregister-|purge-)/.test(arg)),
    gcloud: (s: Started) => s.operands.includes("delete"),
    az: (s: Started) => s.operands.includes("delete") || s.operands.includes("purge"),
    heroku: (s: Started) => s.operands.some((word) => /:(?:destroy|reset)$/.test(word)),
    systemctl: (s: Started) => sub(s, "stop", "disable", "mask", "poweroff", "reboot"),
    prisma: (s: Started) => subs(s, /^migrate reset|^db push/),
    curl: (s: Started) =>
      has(s, /^(?:-XDELETE|--request=DELETE)$/i) ||
      s.args.some((arg, at) => /^(?:-X|--request)$/.test(arg) && /^DELETE$/i.test(s.args[at + 1] ?? "")),
  }),
);

function isDestructiveGit(s: Started): boolean {
  if (sub(s, "push")) return has(s, /^(?:--for|-\w*f|--mi|--de|-d$|--pru|\+|:)/);
  if (sub(s, "reset")) return has(s, /^--ha/);
  if (sub(s, "clean")) return has(s, /^-\w*f|^--f/);
  if (sub(s, "checkout", "restore")) return has(s, /^(?:\.|--|-f|--f\w*)$/);
  if (sub(s, "branch", "tag")) return has(s, /^(?:-D|-d|--de\w*)$/);
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

const NETWORK: Table = new Map(
  Object.entries({
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
    rsync: (s: Started) => s.operands.some((word) => /^[\w.@-]+:/.test(word)),
    mail: always,
    sendmail: always,
    git: (s: Started) => sub(s, "push", "send-email") || subs(s, /^remote (?:add|set-url)/),
    npm: (s: Started) => sub(s, "publish", "login", "token"),
    pnpm: (s: Started) => sub(s, "publish"),
    yarn: (s: Started) => sub(s, "publish") || subs(s, /^npm publish/),
    cargo: (s: Started) => sub(s, "publish"),
    gem: (s: Started) => sub(s, "push"),
    twine: always,
    docker: (s: Started) => sub(s, "push", "login"),
    podman: (s: Started) => sub(s, "push", "login"),
    gh: (s: Started) =>
      sub(s, "api") || subs(s, /^\w+ (?:create|edit|merge|comment|close|reopen|upload|set|run|review|sync|fork|transfer|rename)/),
    aws: (s: Started) => !subs(s, /^\S+ (?:ls|list|describe|get-caller|help)/),
    gcloud: always,
    az: always,
    kubectl: (s: Started) => !sub(s, "get", "describe", "logs", "version", "explain", "config", "top"),
    helm: (s: Started) => sub(s, "install", "upgrade", "push"),
    vercel: always,
    netlify: always,
    fly: always,
    flyctl: always,
    heroku: always,
    firebase: always,
    ngrok: always,
  }),
);

const READS_SECRETS: Table = new Map(
  Object.entries({
    printenv: always,
    env: ({ args }: Started) => args.length === 0,
    set: ({ args }: Started) => args.length === 0,
    gpg: (s: Started) => has(s, /^--export-secret/),
    security: (s: Started) => subs(s, /^(?:find|dump)-/),
    pass: (s: Started) => sub(s, "show", "ls") || s.operands.length > 0,
    op: (s: Started) => sub(s, "read", "item", "inject"),
    vault: (s: Started) => sub(s, "read", "kv", "token", "login"),
    kubectl: (s: Started) => s.operands.some((word) => /^secrets?(?:\/|$)/.test(word)),
    aws: (s: Started) =>
      s.operands.includes("secretsmanager") || s.operands.some((word) => /^get-(?:secret|session-token|parameter)/.test(word)),
    gcloud: (s: Started) => s.operands.includes("secrets") || s.operands.includes("print-access-token"),
    az: (s: Started) => s.operands.includes("keyvault") || s.operands.includes("get-access-token"),
    gh: (s: Started) => subs(s, /^auth token/),
    heroku: (s: Started) => s.operands.some((word) => /^config/.test(word)),
  }),
);

const SQL_LOSS =
  /\b(?:drop\s+(?:table|database|schema|index|view|user|role)|truncate\s+(?:table\s+)?\w|delete\s+from|alter\s+table\s+\S+\s+drop)\b/i;
const SQL_PROGRAM = /^(?:psql|mysql|mariadb|sqlite3|sqlcmd|clickhouse(?:-client)?|duckdb|cockroach|mongosh?|bq)$/;

export function takesSql(program: string): boolean {
  return SQL_PROGRAM.test(program);
}

/** `input` is what it reads from the command line itself. */
export function isDestructive(started: Started, input: string | null): boolean {
  const { program, args } = started;
  if (
    takesSql(program) &&
    [...args, input ?? ""].some((text) => SQL_LOSS.test(text) || /\b(?:dropDatabase|deleteMany|\.drop\()/.test(text))
  )
    return true;
  return DESTRUCTIVE.get(program)?.(started) ?? false;
}

export function usesNetwork(started: Started): boolean {
  return NETWORK.get(started.program)?.(started) ?? false;
}

export function readsSecrets(started: Started): boolean {
  return READS_SECRETS.get(started.program)?.(started) ?? false;
}

const WIPERS = /^(?:mkfs(?:\..+)?|mke2fs|wipefs|blkdiscard)$/;

/** Whether it wipes a disk, a home folder or what the machine can't do without. */
export function wipes(started: Started, whole: (path: string) => string): boolean {
  const { program, operands } = started;
  if (program === "diskutil") return has(started, /^(?:erase|zero|secureErase|partitionDisk)/i);
  if (program === "sgdisk") return has(started, /^(?:-Z|--zap)/);
  const removes =
    (program === "rm" && has(started, /^-\w*[rR]|^--r\w*$/)) || (program === "find" && has(started, /^(?:-delete|rm|shred|unlink)$/));
  return WIPERS.test(program) || (removes && (has(started, /^--no-preserve-root$/) || operands.some((path) => isVital(whole(path)))));
}

/** Settings with which git starts other programs. */
const GIT_PROGRAMS =
  /^(?:alias\.|core\.(?:sshcommand|pager|editor|fsmonitor|hookspath|askpass)|.*\.(?:command|cmd|helper|driver|textconv|external)=)/i;

const setsProgram = (setting: string) => GIT_PROGRAMS.test(setting);

/** `-c name=value` and the like, also of subcommands. */
function gitSettings(args: readonly string[]): string[] {
  return args.map((arg, at) =>
    /^(?:-c|--config(?:-env)?)$/.test(args[at - 1] ?? "") ? arg : (/^--config(?:-env)?=(.*)$/s.exec(arg)?.[1] ?? ""),
  );
}

/** Whether what it does can't be told from its arguments. */
export function isUnclear(started: Started): boolean {
  const { program, args, hasUnknownOption } = started;
  return (
    hasUnknownOption ||
    program === "parallel" ||
    (program === "git" && (gitSettings(args).some(setsProgram) || (sub(started, "config") && args.some((arg) => setsProgram(`${arg}=`)))))
  );
}
