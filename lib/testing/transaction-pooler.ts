import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface TransactionPooler {
  readonly port: number;
  close(): Promise<void>;
}

const TERMINATE = "X".charCodeAt(0);
const NOTIFICATION = "A".charCodeAt(0);

/**
 * What a pooler in transaction mode does to its clients, as far as sessions are concerned: notifications reach nobody, and the server's
 * session, with all that it holds, stays open when a client goes.
 */
export async function startTransactionPooler(targetPort: number): Promise<TransactionPooler> {
  const sessions = new Set<Socket>();
  const server = createServer((client) => {
    const session = connect(targetPort, "127.0.0.1");
    sessions.add(session);
    client.on("data", (data) => {
      if (data[0] !== TERMINATE) session.write(data);
    });
    const forward = withoutNotifications((message) => void client.write(message));
    session.on("data", forward);
    client.on("error", () => undefined);
    session.on("error", () => undefined).on("close", () => client.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const session of sessions) session.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Cuts what the server says into its messages: a byte for the type, four for the length without it. */
function withoutNotifications(write: (message: Buffer) => void): (data: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (data) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= 5 && rest.length > rest.readUInt32BE(1)) {
      const length = 1 + rest.readUInt32BE(1);
      if (rest[0] !== NOTIFICATION) write(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  };
}
