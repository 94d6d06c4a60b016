import type { ShellWord } from "./shell-words";

/** Options of a program, before its subcommand or the program that it starts. Others aren't known. */
export interface Options {
  readonly flags: ReadonlySet<string>;
  /** Those whose value is the next word. */
  readonly values: ReadonlySet<string>;
  /** How many words stand before the program that it starts: `timeout 5 rm`. */
  readonly operands: number;
}

function options(flags = "", values = "", operands = 0): Options {
  return { flags: new Set(flags.split(" ")), values: new Set(values.split(" ")), operands };
}

const PACKAGE_RUNNER = options("-y -q --yes --no --no-install --quiet --bun --offline --prefer-offline", "-p --package -w --workspace");
const RESERVED = ["if", "then", "else", "elif", "do", "while", "until", "!", "{"];

/** Words and programs that start the program which follows them. Options that change the folder aren't among those that are known. */
export const STARTERS: ReadonlyMap<string, Options> = new Map(
  Object.entries({
    ...Object.fromEntries(RESERVED.map((word) => [word, options()])),
    function: options("", "", 1),
    sudo: options(
      "-A -b -B -E -H -i -K -k -l -n -N -P -S -s -V -v --askpass --background --bell --preserve-env --set-home --login --non-interactive --preserve-groups --reset-timestamp --remove-timestamp --stdin --shell --validate --list",
      "-u -g -p -C -h -T -U -r -t --user --group --prompt --close-from --host --command-timeout --other-user --role --type",
    ),
    doas: options("-L -n -s", "-u -C -a"),
    env: options("-i -0 -v --ignore-environment --null --debug", "-u -P --unset"),
    command: options("-p"),
    builtin: options(),
    exec: options("-c -l", "-a"),
    nohup: options(),
    time: options("-p -v -a -l -q --portability --verbose --append --quiet", "-f -o --format --output"),
    nice: options("-0 -1 -2 -3 -4 -5 -6 -7 -8 -9", "-n --adjustment"),
    ionice: options("-t --ignore", "-c -n --class --classdata"),
    timeout: options("-v -f -p --foreground --preserve-status --verbose", "-k -s --kill-after --signal", 1),
    gtimeout: options("-v -f -p --foreground --preserve-status --verbose", "-k -s --kill-after --signal", 1),
    stdbuf: options("", "-i -o -e --input --output --error"),
    setsid: options("-c -f -w --ctty --fork --wait"),
    xargs: options(
      "-0 -r -t -p -x -o -i -l -e --null --no-run-if-empty --verbose --interactive --exit --open-tty --replace --max-lines --eof",
      "-I -L -n -P -s -d -E -a -J -R -S --max-args --max-procs --max-chars --delimiter --arg-file --process-slot-var",
    ),
    caffeinate: options("-d -i -m -s -u", "-t -w"),
    watch: options(
      "-b -c -d -e -g -p -t -x -w -r -C --color --beep --differences --errexit --chgexit --no-title --precise --exec",
      "-n -q --interval",
    ),
    chroot: options("--skip-chdir", "--userspec --groups", 1),
    chrt: options("-b -f -i -o -r", "", 1),
    taskset: options("-a -c", "", 1),
    flock: options("-e -n -s -u -x -o -F --nonblock --exclusive --shared --close", "-w -E --timeout", 1),
    arch: options("-x86_64 -arm64 -arm64e -i386"),
    "xvfb-run": options("-a --auto-servernum", "-e -n -s --error-file --server-num --server-args"),
    busybox: options(),
    toybox: options(),
    npx: PACKAGE_RUNNER,
    pnpx: PACKAGE_RUNNER,
    bunx: PACKAGE_RUNNER,
    "npm exec": PACKAGE_RUNNER,
    "npm x": PACKAGE_RUNNER,
    "pnpm exec": PACKAGE_RUNNER,
    "pnpm dlx": PACKAGE_RUNNER,
    "yarn exec": PACKAGE_RUNNER,
    "yarn dlx": PACKAGE_RUNNER,
    "bun x": PACKAGE_RUNNER,
    "uv run": options(
      "-q -v --quiet --verbose --frozen --locked --offline --no-sync --isolated --all-extras --dev",
      "--with --extra --group --python -p --project",
    ),
    "poetry run": options(),
    "pipenv run": options(),
    "bundle exec": options("--keep-file-descriptors", "--gemfile"),
  }),
);

const DOCKER = options(
  "-D -v -r --debug --tls --tlsverify --version --remote",
  "-H -c -l --host --context --config --log-level --tlscacert --tlscert --tlskey --connection --url --identity --root --runroot --storage-driver --runtime",
);
const COMPOSE = options(
  "--verbose --ansi --compatibility --version",
  "-f -p -H --file --project-name --profile --env-file --project-directory --host",
);
const TERRAFORM = options("-help -version", "-chdir");

/** Programs whose first operand says what they do. */
export const WITH_SUBCOMMANDS: ReadonlyMap<string, Options> = new Map(
  Object.entries({
    git: options(
      "-v -h -p -P --version --help --html-path --man-path --info-path --paginate --no-pager --no-replace-objects --no-lazy-fetch --no-optional-locks --no-advice --bare --literal-pathspecs --glob-pathspecs --noglob-pathspecs --icase-pathspecs",
      "-C -c --git-dir --work-tree --namespace --config-env --super-prefix",
    ),
    kubectl: options(
      "-h --help --insecure-skip-tls-verify --match-server-version --warnings-as-errors --disable-compression",
      "-n -s -v --namespace --context --cluster --user --kubeconfig --server --token --as --as-group --as-uid --cache-dir --certificate-authority --client-certificate --client-key --request-timeout --tls-server-name --password --username --profile --profile-output --vmodule",
    ),
    helm: options(
      "-h --help --debug --kube-insecure-skip-tls-verify",
      "-n --namespace --kube-context --kubeconfig --kube-apiserver --kube-token --kube-as-user --kube-as-group --kube-ca-file --kube-tls-server-name --registry-config --repository-cache --repository-config --burst-limit --qps",
    ),
    gh: options("--version --help", "-R --repo --hostname"),
    docker: DOCKER,
    podman: DOCKER,
    "docker-compose": COMPOSE,
    npm: options(
      "-s -q -d -g -f -v -h --silent --quiet --verbose --global --force --yes --offline --prefer-offline --version --help",
      "-C -w --prefix --registry --workspace --loglevel --userconfig",
    ),
    pnpm: options(
      "-r -s -v -w -h --recursive --silent --version --help --workspace-root --parallel --stream --offline --aggregate-output",
      "-C -F --dir --filter --reporter --loglevel",
    ),
    yarn: options("-s -v -h --silent --version --help --immutable --frozen-lockfile --offline --verbose", "--cwd"),
    cargo: options("-v -q -V -h --verbose --quiet --version --help --list --locked --offline --frozen", "-C -Z --config --color"),
    terraform: TERRAFORM,
    tofu: TERRAFORM,
    pulumi: options(
      "-e -h --help --emoji --non-interactive --logtostderr --logflow",
      "-C -v --cwd --color --tracing --profiling --verbose",
    ),
    prisma: options("-v -h --version --help", "--schema --config"),
    systemctl: options(
      "-q -a -f -l -h --user --system --global --runtime --quiet --all --force --full --now --no-pager --no-block --no-legend --no-wall --no-reload --no-ask-password --plain --failed --version --help",
      "-H -M -t -p -P -s -n -o --host --machine --type --property --state --signal --root --output --lines",
    ),
    aws: options(
      "--debug --no-verify-ssl --no-paginate --no-sign-request --no-cli-pager --no-cli-auto-prompt --version",
      "--profile --region --output --endpoint-url --query --color --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format",
    ),
  }),
);

export function isOption(text: string): boolean {
  return /^[-+]./.test(text);
}

/** Whether the option takes the next word as its value. Null: it isn't known. */
export function takesValue(text: string, { flags, values }: Options): boolean | null {
  if (flags.has(text)) return false;
  if (values.has(text)) return true;
  const [name = ""] = text.split("=");
  if (name !== text && (flags.has(name) || values.has(name))) return false;
  if (text.startsWith("--")) return null;
  // Many letters behind one dash, of which the last may have a value, in the same word or the next.
  for (let at = 1; at < text.length; at++) {
    const letter = `-${text.charAt(at)}`;
    if (values.has(letter)) return at === text.length - 1;
    if (!flags.has(letter)) return null;
  }
  return false;
}

/** Where the words after a program's options begin. Null: one of the options isn't known. */
export function afterOptions(words: readonly ShellWord[], from: number, known: Options): number | null {
  let at = from;
  for (let word = words[at]; word && isOption(word.text); word = words[at]) {
    if (word.text === "--") return at + 1;
    const isValued = word.expands ? null : takesValue(word.text, known);
    if (isValued === null) return null;
    at += isValued ? 2 : 1;
  }
  return at;
}
