import { v7 as uuidv7 } from "uuid";

// Nothing that could break out of a header, a log line or a page; room for every id format in use.
const SANE_REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;

/** Returned in the response, so that a client can match it to its request. Unlike X-Request-Id, no proxy overwrites it. */
export const CALL_HEADER = "DAAI-Call";

export function callHeaderOf(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const sent = headers[CALL_HEADER.toLowerCase()];
  return sent !== undefined && SANE_REQUEST_ID.test(sent) ? { [CALL_HEADER]: sent } : {};
}

/** Returns the client's own X-Request-Id when it is valid, else a new UUIDv7. */
export function requestIdOf(headers: Readonly<Record<string, string | undefined>>): string {
  const sent = headers["x-request-id"];
  return sent !== undefined && SANE_REQUEST_ID.test(sent) ? sent : uuidv7();
}
