import { PAYLOAD_MAX_BYTES } from "@/lib/domain/access/limits";
import { findJsonError, type JsonError } from "@/lib/domain/json/json-error";
import { parseJsonText } from "@/lib/domain/json/parse-json-text";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json-value";
import type { ErrorCode } from "@/lib/domain/refusals/error-codes";
import { tooLargeText } from "@/lib/domain/text/size-text";
import { readAmount } from "./amounts";
import { readPath, readRecipient } from "./payload-fields";
import { evaluatePolicy } from "./policies";
import type { Circumstances, PolicyResult } from "./policy";
import { explainPolicy, type PolicyExplanation } from "./policy-explanation";
import type { PolicyRule } from "./policy-types";
import type { RiskLevel } from "./risk-levels";
import type { RuleReading } from "./rules/decide-by-rules";
import { ruleReadings } from "./rules-policy";
import { type ActionCalled, runSentence } from "./run-sentence";

/** What is shown of a sample payload while it is being typed. */
export type DecisionPreview =
  | { kind: "empty" }
  | { kind: "no_json"; error: JsonError }
  /** The API would refuse it, with this code and these words. */
  | { kind: "refused"; code: ErrorCode; detail: string }
  | {
      kind: "decided";
      payload: JsonObject;
      result: PolicyResult;
      explanation: PolicyExplanation;
      reading: RunReading;
      circumstances: Circumstances;
      /** How each rule reads the payload; empty for policies without rules. */ rules: RuleReading[];
    };

/** How people would read the run. */
export interface RunReading {
  /** Completes "… wants to". */
  sentence: string;
  amount: { decimal: string; currency: string | null } | null;
  recipient: string | null;
}

export interface PreviewedAction extends ActionCalled {
  sentence: string | null;
  recipientField: string | null;
  riskLevel?: RiskLevel | null;
}

/** Decides about a sample exactly as the API would about the same payload. Nothing is sent or stored. */
export function previewDecision(rule: PolicyRule, action: PreviewedAction, text: string, now: Date | null = null): DecisionPreview {
  const sample = readSamplePayload(text);
  if (sample.kind !== "read") return sample;
  const { payload } = sample;
  const circumstances = circumstancesOf(action, payload, now);
  const result = evaluatePolicy(rule, payload, circumstances);
  return {
    kind: "decided",
    payload,
    result,
    explanation: explainPolicy(rule, payload, result.reason, { rule: result.rule?.name ?? null, circumstances }),
    reading: readRun(rule, action, payload),
    circumstances,
    rules: ruleReadings(rule, payload, circumstances),
  };
}

type SamplePayload = Exclude<DecisionPreview, { kind: "decided" }> | { kind: "read"; payload: JsonObject; payloadText: string };

/** Reads a typed payload exactly as the API would: what it refuses is refused here, with the same code and words. */
export function readSamplePayload(text: string): SamplePayload {
  if (text.trim() === "") return { kind: "empty" };
  const error = findJsonError(text);
  if (error) return { kind: "no_json", error };
  // The API receives the payload inside its body, and its errors include the position in it.
  const body = parseJsonText(`{"payload":${text}}`);
  if (!body.ok) return { kind: "refused", code: body.code, detail: body.detail };
  const payloadText = body.memberText.payload ?? "";
  const bytes = new TextEncoder().encode(payloadText).length;
  if (bytes > PAYLOAD_MAX_BYTES)
    return { kind: "refused", code: "payload_too_large", detail: tooLargeText("payload", bytes, PAYLOAD_MAX_BYTES) };
  const { payload } = body.value;
  if (!isJsonObject(payload)) return { kind: "refused", code: "validation_failed", detail: notAnObject(payload) };
  return { kind: "read", payload, payloadText };
}

/** Only what the payload determines: no key has proposed it. */
function circumstancesOf(action: PreviewedAction, payload: JsonObject, now: Date | null): Circumstances {
  const source = payload.source;
  return {
    recipient: readRecipient(payload, action.recipientField),
    actor: typeof payload.actor === "string" ? payload.actor : null,
    source: isJsonObject(source) ? { type: textOrNull(source.type), ref: textOrNull(source.ref) } : null,
    key: null,
    risk: action.riskLevel ?? null,
    now,
  };
}

function textOrNull(value: JsonValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}

// null counts as not sent.
function notAnObject(payload: JsonValue | undefined): string {
  return payload === null ? "payload is required." : "payload must be a JSON object.";
}

function readRun(rule: PolicyRule, action: PreviewedAction, payload: JsonObject): RunReading {
  const { amountField, currencyField } = rule;
  const amount = readAmount(readPath(payload, amountField));
  const currency = readPath(payload, currencyField);
  return {
    sentence: runSentence({ ...action, amountField, currencyField }, payload),
    amount: amount.kind === "amount" ? { decimal: amount.decimal, currency: typeof currency === "string" ? currency : null } : null,
    recipient: readRecipient(payload, action.recipientField),
  };
}
