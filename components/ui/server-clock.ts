/** The newest present that the server has told this tab, and this computer's clock when it did. */
let newest = { server: 0, client: 0 };

/**
 * Takes over what the server calls now. A page that comes back from the browser's history tells an earlier present than one that
 * is known already, and is not believed.
 */
export function setServerClock(now: number): void {
  if (now > newest.server) newest = { server: now, client: Date.now() };
}

/** The present by the server's clock, however wrong this computer's is: deadlines are the server's. */
export function serverNow(): number {
  return newest.server + Date.now() - newest.client;
}
