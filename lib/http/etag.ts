import { createHash } from "node:crypto";

/** A strong entity tag: the same for byte-equal bodies only (RFC 9110, 8.8.3). */
export function entityTag(body: string): string {
  return `"${createHash("sha256").update(body).digest("base64url")}"`;
}

/** Whether If-Match names this tag (RFC 9110, 13.1.1): a list, or * for anything that exists. The comparison is strong. null: there is nothing. */
export function matchesStrongly(ifMatch: string, tag: string | null): boolean {
  return tag !== null && ifMatch.split(",").some((candidate) => [tag, "*"].includes(candidate.trim()));
}

/** Whether If-None-Match names this tag (RFC 9110, 13.1.2): a list, or * for any. The comparison is weak, so W/ is ignored. */
export function matchesEntityTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(",").some((candidate) => {
    const trimmed = candidate.trim();
    return trimmed === "*" || trimmed === tag || trimmed === `W/${tag}`;
  });
}
