import { hostname } from "node:os";
import { parseArgs } from "node:util";
import { DaaiClient, DaaiConfigError, DaaiNotFoundError, DaaiUnauthorizedError, VERSION } from "@/sdk/typescript/src/index";
import { SQLiteCheckpointStore, Witness } from "@/sdk/typescript/src/witness";
import { runGateway } from "./run-gateway";
import { serveConsole } from "./serve-console";
import { readSettings, type Settings, SettingsError } from "./settings";

const USAGE = `Usage:
  daai-mcp --config gateway.yaml -- <command of an MCP server>
  daai-mcp --config gateway.yaml --upstream <address of an MCP server>
  daai-mcp serve

The gateway proposes every call of a tool to DAAI Console before the server gets it. "serve" is an MCP server by which
a model itself proposes actions. Both need DAAI_API_KEY, DAAI_WORKSPACE_KEY and DAAI_BASE_URL in the environment.`;

const warn = (message: string) => void process.stderr.write(`daai-mcp: ${message}\n`);

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SettingsError || error instanceof DaaiConfigError || error instanceof DaaiUnauthorizedError)) throw error;
  warn(error.message);
  process.exitCode = 1;
}

async function main(args: string[]): Promise<void> {
  const { values, positionals, command } = readArguments(args);
  if (values.help) return void process.stdout.write(`${USAGE}\n`);
  if (values.version) return void process.stdout.write(`${VERSION}\n`);
  const worker = `daai-mcp:${hostname().slice(0, 64)}:${process.pid}`;
  if (positionals[0] === "serve" && positionals.length === 1 && !values.config && command.length === 0) {
    const console = new DaaiClient({ onWarning: warn });
    await checkKeys(console);
    return serveConsole(console, worker);
  }
  if (positionals.length > 0) throw new SettingsError(`"${positionals[0]}" isn't a command.\n\n${USAGE}`);
  if (!values.config) throw new SettingsError(`--config is missing.\n\n${USAGE}`);
  const settings = readSettings(values.config, process.env);
  if ((command.length === 0) === (values.upstream === undefined)) {
    throw new SettingsError(`Name one server: its command after --, or its address with --upstream.\n\n${USAGE}`);
  }
  if (values.upstream !== undefined && !/^https?:$/.test(URL.canParse(values.upstream) ? new URL(values.upstream).protocol : "")) {
    throw new SettingsError(`--upstream must be an address such as https://mcp.example.com/mcp, not ${JSON.stringify(values.upstream)}.`);
  }
  const console = new DaaiClient({ baseUrl: settings.console, onWarning: warn, witness: witnessOf(settings) });
  await checkKeys(console);
  await runGateway(settings, console, worker, values.upstream === undefined ? command : new URL(values.upstream), process.env, warn);
}

function readArguments(args: string[]) {
  const end = args.indexOf("--");
  const own = end === -1 ? args : args.slice(0, end);
  try {
    const options = {
      config: { type: "string" },
      upstream: { type: "string" },
      help: { type: "boolean" },
      version: { type: "boolean" },
    } as const;
    return { ...parseArgs({ args: own, options, allowPositionals: true }), command: end === -1 ? [] : args.slice(end + 1) };
  } catch (error) {
    throw new SettingsError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function witnessOf({ checkpointStore, logKeys }: Settings): Witness | undefined {
  if (checkpointStore === undefined) return undefined;
  try {
    return new Witness({ checkpointStore: new SQLiteCheckpointStore(checkpointStore), logKeys });
  } catch (error) {
    if (error instanceof DaaiConfigError) throw error;
    throw new SettingsError(`The checkpoint store ${checkpointStore} can't be opened: ${(error as Error).message}`);
  }
}

/** Wrong keys are found when the gateway starts. A console that is away is not: calls are refused until it is back. */
async function checkKeys(console: DaaiClient): Promise<void> {
  try {
    await console.status("00000000-0000-7000-8000-000000000000", { signal: AbortSignal.timeout(3_000) });
  } catch (error) {
    if (error instanceof DaaiUnauthorizedError) {
      throw new SettingsError(`The console rejects the keys: ${error.message}\nCheck DAAI_API_KEY, DAAI_WORKSPACE_KEY and DAAI_BASE_URL.`);
    }
    if (error instanceof DaaiConfigError) throw error;
    if (!(error instanceof DaaiNotFoundError)) warn(`the console can't be asked now, so no tool can be called: ${String(error)}`);
  }
}
