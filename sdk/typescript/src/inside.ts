import type { Runtime } from "./runtime";

/** A client's settings. */
export interface Config {
  readonly headers: Readonly<Record<string, string>>;
  readonly baseUrl: string;
  readonly timeoutSeconds: number;
  readonly pollSeconds: number;
}

/** What a client has for the rest of this package, and programs don't see. */
export interface Inside extends Config, Runtime {
  readonly witness: LogCheck | undefined;
  readonly warn: (message: string) => void;
}

/** A `Witness`, to a client that has none of its code. */
export interface LogCheck {
  /** Called with every response. What it throws is thrown instead of returning the response. */
  check(inside: Inside, call: { readonly toRelease?: boolean }, response: Response): Promise<void>;
}

/** By client. */
export const insides: WeakMap<object, Inside> = new WeakMap();
