/** The latest server time this tab received, and this computer's clock at that moment. */
let newest = { server: 0, client: 0 };

/** Updates the server time. Ignores earlier ones, which come with pages from the browser's history. */
export function setServerClock(now: number): void {
  if (now > newest.server) newest = { server: now, client: Date.now() };
}

/** Returns the current server time, however wrong this computer's clock is: deadlines follow the server. */
export function serverNow(): number {
  return newest.server + Date.now() - newest.client;
}
