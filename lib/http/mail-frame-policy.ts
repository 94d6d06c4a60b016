import { readablePath } from "./readable-path";

/** However its id is written: PostgreSQL knows it in capitals too. */
const MAIL_FRAME = /^\/admin\/mailbox\/[0-9a-f-]{36}\/html$/i;

/** Whether a path answers with the HTML of a kept mail, for the frame on the mailbox page. */
export function isMailFrame(pathname: string): boolean {
  return MAIL_FRAME.test(readablePath(pathname));
}

/**
 * The policy of a mail's HTML: it runs nothing, loads nothing and sends nothing; its styles stand in it, as mail's do. Only
 * the console's own page may show it in a frame, and a link in it opens a window of its own.
 */
export const MAIL_FRAME_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  "sandbox allow-popups allow-popups-to-escape-sandbox",
].join("; ");
