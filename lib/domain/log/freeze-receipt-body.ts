import { canonicalText } from "@/lib/domain/json/canonical-text";
import type { FreezeScope } from "@/lib/domain/runs/freeze-scope";

/** Where a person freezes, thaws and revokes a grant, or a key that acts for them. */
export const COMMAND_CHANNELS = ["console", "admin_cli", "management_api"] as const;
export type CommandChannel = (typeof COMMAND_CHANNELS)[number];

export interface FreezeReceiptInput {
  receiptId: string;
  workspaceId: string;
  freezeId: string;
  scope: FreezeScope;
  /** The frozen action's name, or the frozen key's id; null for the other scopes. */
  action: string | null;
  apiKeyId: string | null;
  reason: string;
  /** The person's email address. */
  frozenBy: string;
  /** RFC 3339, UTC, milliseconds. */
  frozenAt: string;
  channel: CommandChannel;
}

/**
 * The exact text of a freeze receipt. Members, sorted: `action` · `api_key_id` · `channel` · `freeze_id` · `frozen_at` · `frozen_by` ·
 * `kind` "freeze" · `reason` · `receipt_id` · `scope` · `v` 1 · `workspace_id`.
 */
export function freezeReceiptBody(input: FreezeReceiptInput): string {
  return canonicalText({ ...frozenMembers(input), kind: "freeze" });
}

export interface ThawReceiptInput extends FreezeReceiptInput {
  /** The person's email address. */
  thawedBy: string;
  /** RFC 3339, UTC, milliseconds. */
  thawedAt: string;
  comment: string | null;
}

/** The exact text of a thaw receipt. Members: those of the freeze, with `kind` "thaw" and its own `channel`, and `comment` · `thawed_at` · `thawed_by`. */
export function thawReceiptBody(input: ThawReceiptInput): string {
  return canonicalText({
    ...frozenMembers(input),
    comment: input.comment,
    kind: "thaw",
    thawed_at: input.thawedAt,
    thawed_by: input.thawedBy,
  });
}

function frozenMembers(input: FreezeReceiptInput) {
  return {
    action: input.action,
    api_key_id: input.apiKeyId,
    channel: input.channel,
    freeze_id: input.freezeId,
    frozen_at: input.frozenAt,
    frozen_by: input.frozenBy,
    reason: input.reason,
    receipt_id: input.receiptId,
    scope: input.scope,
    v: 1,
    workspace_id: input.workspaceId,
  };
}
