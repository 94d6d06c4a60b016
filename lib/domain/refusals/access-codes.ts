import { WHO_RAISES_LIMITS } from "@/lib/domain/access/limits";
import type { ErrorCodeText } from "./error-code-text";

/** What this person or key may not do, not so often, or not any more. */
export const ACCESS_CODES = {
  rate_limit_minute: {
    title: "Too many requests this minute",
    meaning: `The API key reached its limit of intercepts per minute, or the management key its limit of requests. Wait for Retry-After seconds. For API keys: ${WHO_RAISES_LIMITS}`,
  },
  rate_limit_day: {
    title: "Too many requests today",
    meaning: `The API key reached its limit of intercepts per day. Wait for Retry-After seconds. ${WHO_RAISES_LIMITS}`,
  },
  too_many_waiting: {
    title: "Too many requests at the same time",
    meaning:
      "The owner of the API key has 1,000 requests waiting for their turn, because the console also serves others, so this one wasn't looked at. Send fewer at the same time, and try again after Retry-After seconds.",
  },
  not_permitted: {
    title: "Not permitted",
    meaning: "Your role in this workspace doesn't include this. Ask an owner or admin of the workspace.",
  },
  not_signed_in: {
    title: "Not signed in",
    meaning: "The session has ended or was revoked. Sign in again.",
  },
  foreign_origin: {
    title: "Request from another site",
    meaning:
      "The request didn't come from one of the console's own pages, so nothing was changed. Open the console at the address that DAAI_PUBLIC_URL names.",
  },
  not_found: {
    title: "Not found",
    meaning: "It doesn't exist, or you don't have access to it.",
  },
  too_many_attempts: {
    title: "Too many attempts",
    meaning: "This was tried too often from this address or for this account. Wait until the time named in the response.",
  },
  sign_up_closed: {
    title: "Sign-up by invitation only",
    meaning: "This console has no open sign-up. Ask a workspace owner or admin to invite you, or ask the operator for an account.",
  },
  mail_link_closed: {
    title: "Email link no longer valid",
    meaning: "The link from an account email is unknown, already used, expired, or was replaced by a newer one. Request a new one.",
  },
  last_owner: {
    title: "Last owner",
    meaning: "A workspace needs at least one owner. Make someone else an owner first.",
  },
  edit_conflict: {
    title: "Changed by someone else",
    meaning: "Someone saved a change after you opened this. Review it, then save yours again.",
  },
  proposal_ended: {
    title: "No longer pending",
    meaning: "The proposed change was confirmed, declined, withdrawn or replaced, or what it would change was changed meanwhile.",
  },
  too_many_link_attempts: {
    title: "Too many link attempts",
    meaning: "Too many invalid links were opened from this network. Wait for Retry-After seconds. Valid links still work.",
  },
} as const satisfies Record<string, ErrorCodeText>;
