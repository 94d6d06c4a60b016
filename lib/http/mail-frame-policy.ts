import { readablePath } from "./readable-path";

/** Matches ids in any case, as PostgreSQL does. */
const MAIL_FRAME = /^\/admin\/mailbox\/[0-9a-f-]{36}\/html$/i;

/** Whether a path returns the HTML of a kept email, for the frame on the mailbox page. */
export function isMailFrame(pathname: string): boolean {
  return MAIL_FRAME.test(readablePath(pathname));
}

/**
 * The policy of an email's HTML: it can't run scripts, load anything or send forms. Inline styles are allowed, because emails use them.
 * Only the console's own page may frame it, and links open a new window.
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
