import type { JsonValue } from "@/lib/domain/json-value";
import type { ActionField } from "@/lib/domain/policy/action-changes";
import { formatAmount } from "@/lib/domain/policy/format-amount";
import { policyLabel } from "@/lib/domain/policy/policy-types";
import { durationText } from "@/lib/domain/time/duration-text";

/** A setting's value as people read it. */
export function valueLabel(field: ActionField, value: JsonValue): string {
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return NONE[field] ?? "none";
  if (Array.isArray(value)) return value.map(String).join(", ");
  if (typeof value === "boolean") return value ? "on" : "off";
  if (field === "policy_type" && typeof value === "string") return policyLabel(value);
  if (field === "threshold" && typeof value === "string") return formatAmount(value);
  if (field === "approval_window_minutes" && typeof value === "number") return durationText(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const NONE: Partial<Record<ActionField, string>> = {
  approvers: "the workspace’s",
  escalation: "the workspace’s",
  approval_window_minutes: "the workspace’s",
  currency: "any",
  recipient_field: "default fields",
};
