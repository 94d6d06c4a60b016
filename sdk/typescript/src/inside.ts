import type { Config } from "./config";
import type { Runtime } from "./runtime";
import type { Witness } from "./witness";

/** What a client has for the rest of this package, and programs don't see. */
export interface Inside extends Config, Runtime {
  readonly witness: Witness | undefined;
  readonly warn: (message: string) => void;
}

/** By client. */
export const insides: WeakMap<object, Inside> = new WeakMap();
