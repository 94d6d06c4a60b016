import { LOST_REPLY } from "./http-upstream";
import { idKey, isObject, type Line, type Members, membersOf, type RequestId } from "./messages";
import { hashOf } from "./payload-of";
import { NotSent, Refused, type Upstream } from "./upstream";

/** A call that waits so long for the client to continue it is given up. */
const CONTINUE_MILLISECONDS = 600_000;

/** The reply will never come, or nobody knows: the call may or may not have been executed. */
export class ReplyLost extends Error {
  override readonly name = "ReplyLost";
}

interface Waiting {
  readonly resolve: (line: Line) => void;
  readonly reject: (error: Error) => void;
}

/** The calls that the server has, until it replies. */
export class ForwardedCalls {
  readonly #upstream: Upstream;
  readonly #waiting = new Map<string, Waiting>();
  /** Calls for which the server wants more from the client (protocol 2026-07-28), by what continues them. */
  readonly #interrupted = new Map<string, Waiting>();

  constructor(upstream: Upstream) {
    this.#upstream = upstream;
  }

  /** Sends a call, and returns the server's reply. Throws NotSent, Refused or ReplyLost. */
  async exchange(line: Line): Promise<Line> {
    const key = idKey(line.message.id);
    const reply = new Promise<Line>((resolve, reject) => this.#waiting.set(key, { resolve, reject }));
    // The reply can be lost before the message is known to be sent.
    reply.catch(() => undefined);
    try {
      await this.#upstream.send(line);
      return await reply;
    } catch (error) {
      if (error instanceof NotSent || error instanceof Refused || error instanceof ReplyLost) throw error;
      throw new ReplyLost(error instanceof Error ? error.message : String(error));
    } finally {
      this.#waiting.delete(key);
    }
  }

  /** True if the reply is one of a call, which passes it on itself. */
  reply(line: Line): boolean {
    const { id, error } = line.message;
    const waiting = this.#waiting.get(idKey(id));
    if (!waiting) return false;
    this.#waiting.delete(idKey(id));
    const { code, message } = membersOf(error);
    if (code === LOST_REPLY) waiting.reject(new ReplyLost(String(message)));
    else waiting.resolve(line);
    return true;
  }

  /**
   * Waits for the client's answer to what the server wanted to know: the same call again, with the server's state. `onLine` is called before
   * the next message is read, which may cancel it.
   */
  async continuation(call: Members, state: unknown, onLine: (line: Line) => void): Promise<Line> {
    const key = continuationKey(call, state);
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<Line>((resolve, reject) => {
        const take = (line: Line) => {
          onLine(line);
          resolve(line);
        };
        this.#interrupted.set(key, { resolve: take, reject });
        timer = setTimeout(() => reject(new ReplyLost("the client didn't continue it")), CONTINUE_MILLISECONDS);
      });
    } finally {
      clearTimeout(timer);
      this.#interrupted.delete(key);
    }
  }

  /** True if the line continues a call that the server interrupted. */
  continue(line: Line): boolean {
    const params = membersOf(line.message.params);
    if (line.flaw !== null || !isContinuation(params)) return false;
    const key = continuationKey(params, params["requestState"]);
    const waiting = this.#interrupted.get(key);
    // Sent twice, it continues once.
    this.#interrupted.delete(key);
    waiting?.resolve(line);
    return waiting !== undefined;
  }

  /** The client isn't interested anymore. A reply that comes all the same still counts. */
  cancel(id: RequestId): void {
    this.#waiting.get(idKey(id))?.reject(new ReplyLost("the client canceled it while the server was executing it"));
  }

  /** No reply will come. */
  lose(reason: string): void {
    for (const { reject } of [...this.#waiting.values(), ...this.#interrupted.values()]) reject(new ReplyLost(reason));
  }
}

export function isContinuation(params: Members): boolean {
  return params["requestState"] !== undefined || isObject(params["inputResponses"]);
}

function continuationKey({ name, arguments: args }: Members, state: unknown): string {
  return hashOf([name, args ?? {}, state ?? null]);
}
