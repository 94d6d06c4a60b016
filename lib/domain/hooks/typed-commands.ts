import type { Started } from "./started-program";

const has = ({ args }: Started, pattern: RegExp) => args.some((arg) => pattern.test(arg));
const withoutOperands = ({ operands }: Started) => operands.length === 0;
const always = () => true;
/** Unless options give it something to do and then end it. */
const unless = (pattern: RegExp) => (started: Started) => !has(started, pattern);

const named = (names: string, isTyped: (started: Started) => boolean) => names.split(" ").map((name) => [name, isTyped] as const);

/** What is typed into them runs, or they start other programs for it. */
const TYPED: ReadonlyMap<string, (started: Started) => boolean> = new Map([
  ...named("psql", unless(/^-\w*[cflVX?]|^--(?:command|file|list|version|help)/)),
  ...named("mysql mariadb", unless(/^-\w*[eV?]$|^--(?:execute|version|help)/)),
  ...named("sqlite3 duckdb", ({ operands, ...started }) => operands.length < 2 && !/^--?(?:c|version|help)$/.test(started.args[0] ?? "")),
  ...named("clickhouse-client", unless(/^-q$|^--(?:query|queries-file|version|help)/)),
  ...named("sqlplus", ({ operands }) => !operands.some((word) => word.startsWith("@"))),
  ...named("redis-cli", (started) => withoutOperands(started) && unless(/^--(?:version|help|scan|eval)|^-v$/)(started)),
  ...named("mongo mongosh", (started) => unless(/^--(?:eval|file|version|help)|^-f$|\.m?js$/)(started)),
  ...named(
    "irb pry ghci iex erl scala jshell lua luajit R octave dc tclsh wish ipython bpython sbcl guile racket groovysh clj julia ocaml utop maxima gnuplot xonsh nu elvish swift kotlin",
    (started) => withoutOperands(started) && unless(/^-{1,2}(?:e|f|c|v|V|version|help|eval|file|noshell)\b/)(started),
  ),
  ...named("deno", ({ operands }) => operands.length === 0 || operands[0] === "repl"),
  ...named("bun", ({ operands }) => operands[0] === "repl"),
  ...named("node", (started) => has(started, /^(?:-i|--interactive)$/)),
  ...named("php", (started) => has(started, /^(?:-a|--interactive)$/)),
  ...named("perl", (started) => has(started, /^-\w*d$/)),
  ...named("vi vim nvim view ex ed nano pico micro joe emacs helix hx kak less more most mc ranger lftp", always),
  ...named("gdb lldb", unless(/^--?(?:batch|version|help)/)),
  ...named("screen tmux login chroot unshare script", always),
  ...named("su runuser", unless(/^-\w*c$|^--command/)),
  ...named("at batch", always),
  ...named(
    "docker podman",
    (started) =>
      /^(?:container |compose )?(?:exec|run|attach)\b/.test(started.operands.slice(0, 2).join(" ")) &&
      has(started, /^-[a-z]*[it][a-z]*$|^--(?:interactive|tty)/),
  ),
  ...named("rails", ({ operands }) => /^(?:c|console|db|dbconsole)$/.test(operands[0] ?? "")),
  ...named("django-admin", ({ operands }) => /^(?:db)?shell$/.test(operands[0] ?? "")),
  ...named("artisan", ({ operands }) => operands[0] === "tinker"),
]);

const PYTHON = /^python\d?(?:\.\d+)?$/;

/**
 * Whether it reads what to do from whoever types into it. Agents may type into a program that runs, and nothing asks about that: Codex calls
 * no hook for its `write_stdin`.
 */
export function readsTypedCommands(started: Started): boolean {
  const { program, args, operands } = started;
  if (PYTHON.test(program)) {
    const module = args[args.indexOf("-m") + 1];
    return (
      has(started, /^-[a-zA-Z]*i[a-zA-Z]*$/) ||
      (args.includes("-m") && /^(?:pdb|code|IPython|asyncio)$/.test(module ?? "")) ||
      (/(?:^|\/)manage\.py$/.test(operands[0] ?? "") && /^(?:db)?shell/.test(operands[1] ?? ""))
    );
  }
  return TYPED.get(program)?.(started) ?? false;
}
