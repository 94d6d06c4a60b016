import type { DaaiClient } from "@/sdk/typescript/src/index";
import type { AcceptedTools } from "./accepted-tools";
import type { OpenCalls } from "./open-calls";
import type { Settings } from "./settings";

/** What a gateway works with. */
export interface GatewayParts {
  readonly settings: Settings;
  readonly console: DaaiClient;
  readonly worker: string;
  readonly accepted: AcceptedTools;
  readonly openCalls: OpenCalls;
  readonly warn: (message: string) => void;
  /** Writes a line to the client. */
  readonly write: (text: string) => void;
}
