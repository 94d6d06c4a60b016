"use client";

import { useState } from "react";
import { useRenderedAt } from "@/components/ui/rendered-at";
import type { JsonObject } from "@/lib/domain/json-value";
import type { PolicyRule } from "@/lib/domain/policy/policies";
import { type DecisionPreview, previewDecision } from "@/lib/domain/policy/preview-decision";
import { parseSentence } from "@/lib/domain/policy/run-sentence";
import { firstSample } from "@/lib/domain/policy/sample-payloads";
import { actionOf, type TypedAction } from "@/lib/registered-actions/form-schema";
import { type Draft, draftSchema, policySchema } from "@/lib/registered-actions/schema";

export interface Sample {
  text: string;
  setText: (text: string) => void;
  setPayload: (payload: JsonObject) => void;
  /** The rule as it is typed; null while it is not whole. */
  rule: PolicyRule | null;
  /** All that decides, as it is typed; null while it is not whole. */
  draft: Draft | null;
  preview: DecisionPreview;
  /** The sample, when it is one. */
  payload: JsonObject | null;
  /** How people would read it; null while the sentence is not whole. */
  sentence: string | null;
  windowMinutes: number | null;
}

/** Asks about everything: a policy that is still being typed must not stop the payload from being read. */
const UNFINISHED: PolicyRule = {
  type: "always_require_approval",
  threshold: null,
  currency: null,
  amountField: "amount",
  currencyField: "currency",
};

/** The payload that is tried, and what becomes of it. It follows the policy until someone types one, unless one is given. */
export function useSample(typed: TypedAction, given: JsonObject | null = null): Sample {
  const renderedAt = useRenderedAt();
  const [typedText, setText] = useState(given === null ? null : format(given));
  const { name, title, sentence, recipientField, approvalWindowMinutes, policy, ruleApprovers } = actionOf(typed);
  const parsed = policySchema.safeParse(policy);
  const rule = parsed.success ? parsed.data : null;
  const draft = draftSchema.safeParse({ policy, ruleApprovers, recipientField, riskLevel: typed.riskLevel });
  const text = typedText ?? format(firstSample(rule ?? UNFINISHED));
  const isSentenceWhole = sentence === null || sentence === undefined || parseSentence(sentence).ok;
  const action = {
    name: name === "" ? "this_action" : name,
    title: title === "" ? null : title,
    sentence: sentence ?? null,
    recipientField: recipientField ?? null,
    riskLevel: typed.riskLevel,
  };
  const preview = previewDecision(rule ?? UNFINISHED, action, text, renderedAt);
  const isDecided = preview.kind === "decided";
  return {
    text,
    setText,
    setPayload: (payload) => setText(format(payload)),
    rule,
    draft: draft.success ? draft.data : null,
    preview,
    payload: isDecided ? preview.payload : null,
    sentence: isDecided && isSentenceWhole ? preview.reading.sentence : null,
    windowMinutes: Number.isInteger(approvalWindowMinutes) ? (approvalWindowMinutes ?? null) : null,
  };
}

function format(payload: JsonObject): string {
  return JSON.stringify(payload, null, 2);
}
