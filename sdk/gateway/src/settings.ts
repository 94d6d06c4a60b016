import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { ACTION_NAME_PATTERN } from "@/lib/domain/policy/action-names";

/** Something that the person who starts the gateway can put right. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

const actionName = z.string().regex(ACTION_NAME_PATTERN, {
  error: "must be an action's name: a lowercase letter, then 1 to 63 lowercase letters, digits or underscores",
});
const seconds = (least: number, most: number) =>
  z
    .number({ error: "must be a number of seconds" })
    .min(least, { error: `must be at least ${least}` })
    .max(most, { error: `must be at most ${most}` });

const settingsSchema = z.strictObject({
  server: z.string({ error: "is required: the server's name, such as filesystem" }).regex(/^[a-z][a-z0-9_-]{0,31}$/, {
    error: "must be a lowercase letter, then up to 31 lowercase letters, digits, hyphens or underscores",
  }),
  console: z
    .url({ protocol: /^https?$/, error: "must be the address of the console's API, such as https://console.example.com/api" })
    .optional(),
  actor: z.string().min(1).max(200).optional(),
  wait_seconds: seconds(0, 3_600).default(45),
  lease_seconds: seconds(5, 3_600).default(60),
  read_only: z.array(z.string(), { error: "must be a list of tools" }).default([]),
  never: z.array(z.string(), { error: "must be a list of tools" }).default([]),
  actions: z.record(z.string(), actionName, { error: "must name an action for each tool" }).default({}),
  accept_action: actionName.default("accept_mcp_tools"),
  record_results: z.boolean({ error: "must be true or false" }).default(false),
  state: z.string().optional(),
  checkpoint_store: z.string().optional(),
  log_keys: z.array(z.string(), { error: "must be a list of verifier keys" }).default([]),
  headers: z.record(z.string(), z.string(), { error: "must be names with their values" }).default({}),
});

export interface Settings {
  readonly server: string;
  /** The base URL of the console's API. That of the environment if not given. */
  readonly console: string | undefined;
  /** Who acts; the client's own name if not given. */
  readonly actor: string | undefined;
  readonly waitSeconds: number;
  readonly leaseSeconds: number;
  /** Tools that a person says only read. */
  readonly readOnly: ReadonlySet<string>;
  /** Tools that are never called. */
  readonly never: ReadonlySet<string>;
  readonly actions: ReadonlyMap<string, string>;
  readonly acceptAction: string;
  readonly recordResults: boolean;
  /** The folder of what has to survive a restart. */
  readonly state: string;
  /** The file of a witness of the receipt log; undefined: the gateway is none. */
  readonly checkpointStore: string | undefined;
  /** The verifier keys that the witness trusts; none: those of the first checkpoint. */
  readonly logKeys: readonly string[];
  /** Sent to a server that is reached over HTTP. */
  readonly headers: Readonly<Record<string, string>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws a SettingsError that names the file and what to change in it. */
export function readSettings(file: string, env: Environment): Settings {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new SettingsError(`${file} can't be read: ${(error as Error).message}`);
  }
  return parseSettings(text, file, env);
}

export function parseSettings(text: string, file: string, env: Environment): Settings {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new SettingsError(`${file} isn't YAML: ${(error as Error).message}`);
  }
  const { success, data, error } = settingsSchema.safeParse(value ?? {});
  if (!success) throw new SettingsError([`${file} can't be used:`, ...error.issues.map(issueText)].join("\n  "));
  const both = data.read_only.find((tool) => data.never.includes(tool));
  if (both !== undefined) throw new SettingsError(`${file}: ${both} is in read_only and in never. Take it out of one of them.`);
  if (data.log_keys.length > 0 && data.checkpoint_store === undefined) {
    throw new SettingsError(`${file}: log_keys are for a witness. Name the file of its checkpoints in checkpoint_store.`);
  }
  return {
    server: data.server,
    console: data.console,
    actor: data.actor,
    waitSeconds: data.wait_seconds,
    leaseSeconds: data.lease_seconds,
    readOnly: new Set(data.read_only),
    never: new Set(data.never),
    actions: new Map(Object.entries(data.actions)),
    acceptAction: data.accept_action,
    recordResults: data.record_results,
    state: data.state === undefined ? ownState(data.server, env) : beside(file, data.state),
    checkpointStore: data.checkpoint_store === undefined ? undefined : beside(file, data.checkpoint_store),
    logKeys: data.log_keys,
    headers: Object.fromEntries(Object.entries(data.headers).map(([name, header]) => [name, fillIn(header, file, env)])),
  };
}

/** The action that a call of the tool is proposed as: `<server>_<tool>`, in the characters of an action's name. */
export function actionOf({ server, actions }: Settings, tool: string): string {
  return actions.get(tool) ?? actionNameOf(`${server}_${tool}`);
}

const MAX_ACTION_NAME = 64;

function actionNameOf(text: string): string {
  const words = text.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  return words
    .replaceAll(/[^a-z0-9]+/g, "_")
    .slice(0, MAX_ACTION_NAME)
    .replace(/_+$/, "");
}

/** What doesn't do what it seems to, given what the server offers. */
export function unclearSettings(settings: Settings, tools: ReadonlyMap<string, { readonly isReadOnly: boolean }>): string[] {
  const { readOnly, never, actions } = settings;
  const names = [...tools.keys()];
  const same = names.filter(
    (name, at) => !actions.has(name) && names.slice(0, at).some((other) => actionOf(settings, other) === actionOf(settings, name)),
  );
  return [
    ...[...new Set([...readOnly, ...never, ...actions.keys()])]
      .filter((name) => !tools.has(name))
      .map((name) => `the settings name ${name}, which the server doesn't list`),
    ...names
      .filter((name) => readOnly.has(name) && !tools.get(name)?.isReadOnly)
      .map((name) => `${name} is in read_only, but the server doesn't say that it only reads, so it is proposed as any other tool is`),
    ...same.map((name) => `${name} is the action ${actionOf(settings, name)}, as another tool is: name one for it in actions`),
  ];
}

function issueText({ code, path, message, ...issue }: z.core.$ZodIssue): string {
  if (code === "unrecognized_keys") return `${(issue as unknown as { keys: string[] }).keys.join(", ")}: there is no such setting`;
  return `${path.join(".") || "the file"} ${path.length === 0 ? "must have settings, such as server: filesystem" : message}`;
}

/** Relative paths are relative to the file of the settings, wherever the client starts the gateway. */
function beside(file: string, path: string): string {
  return resolve(dirname(file), path);
}

function ownState(server: string, env: Environment): string {
  return join(env["XDG_STATE_HOME"] || join(homedir(), ".local", "state"), "daai-mcp", server);
}

/** Replaces ${NAME} by the environment's value, so that no secret has to be in the file. */
function fillIn(text: string, file: string, env: Environment): string {
  return text.replaceAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
    const value = env[name];
    if (value === undefined) throw new SettingsError(`${file}: the environment has no ${name}, which headers ask for.`);
    return value;
  });
}
