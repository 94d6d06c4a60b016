import type { Logger } from "pino";
import { type ErrorSummary, summarizeError } from "@/lib/errors/error-summary";
import { logger } from "@/lib/logger";

const LEVELS = { error: "error", warn: "warn", log: "info", info: "info", debug: "debug" } as const;

const MAX_CHARACTERS = 300;

/**
 * What libraries print, Next above all, becomes lines of our log: they quote what strangers sent, in as many lines as that has, with
 * escapes for the terminal and with the secret parts of paths. Returns how to undo it.
 */
export function logConsole(to: Logger = logger): () => void {
  const names = Object.keys(LEVELS) as (keyof typeof LEVELS)[];
  const before = names.map((name) => [name, console[name]] as const);
  for (const name of names) console[name] = (...printed: unknown[]) => to[LEVELS[name]](...lineOf(printed));
  const warnings = process.listeners("warning");
  process.removeAllListeners("warning").on("warning", (warning) => to.warn(...lineOf([warning])));
  return () => {
    for (const [name, print] of before) console[name] = print;
    process.removeAllListeners("warning");
    for (const listener of warnings) process.on("warning", listener);
  };
}

/** What ends the process is its log's last line, where Node would print the message and the stack as they are. Returns how to undo it. */
export function logCrash(to: Logger = logger, exit: (code: number) => void = process.exit): () => void {
  const listener = (error: unknown) => {
    const [fields, message] = lineOf([error]);
    to.fatal(fields, message === "" ? "The console failed and stops." : `The console failed and stops: ${message}`);
    exit(1);
  };
  process.on("uncaughtException", listener);
  return () => process.off("uncaughtException", listener);
}

function lineOf(printed: readonly unknown[]): [object, string] {
  const error = printed.find((part) => part instanceof Error);
  const words = printed.filter((part) => part !== error).map((part) => (typeof part === "string" ? inert(part) : `[${typeof part}]`));
  const summary = error && summarizeError(error);
  if (summary?.message) words.push(inert(summary.message));
  const { digest } = (error ?? {}) as { digest?: unknown };
  return [
    {
      ...(summary && { printed: withoutMessages(summary) }),
      // What the page calls it by.
      ...(typeof digest === "string" && /^\d+$/.test(digest) && { digest }),
    },
    words.filter((text) => text !== "").join(" "),
  ];
}

function withoutMessages({ message: _, cause, ...rest }: ErrorSummary): ErrorSummary {
  return { ...rest, ...(cause && { cause: withoutMessages(cause) }) };
}

/**
 * The first line, without what is quoted, paths, and what may be a secret, and with nothing in it that moves a terminal or ends a line.
 * What is left says which of a library's sentences it is.
 */
function inert(text: string): string {
  const [line = ""] = text.trimStart().split(/[\r\n\u0085\u2028\u2029]/);
  const quoted = /["'`“‘]/.test(line) ? line.replace(/["'`“‘].*/, "…") : line;
  return quoted
    .replace(/[\p{Cc}\p{Cf}].*/u, "…")
    .replace(/\S*\/\S*/g, "[path]")
    .replace(/[\w-]{20,}/g, "[removed]")
    .slice(0, MAX_CHARACTERS)
    .trimEnd();
}
