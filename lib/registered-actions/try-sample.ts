import type { JsonObject } from "@/lib/domain/json-value";
import { fieldPaths } from "@/lib/domain/policy/payload-field-paths";
import { evaluatePolicy } from "@/lib/domain/policy/policies";
import type { Circumstances, PolicyOutcome, SamplePayload, StepPart } from "@/lib/domain/policy/policy";
import { policySteps } from "@/lib/domain/policy/policy-steps";
import type { PolicyRule } from "@/lib/domain/policy/policy-types";
import { type DecisionPreview, previewDecision } from "@/lib/domain/policy/preview-decision";
import { parseSentence } from "@/lib/domain/policy/run-sentence";
import { firstSample, samplePayloads } from "@/lib/domain/policy/sample-payloads";
import type { TypedAction } from "./form-schema";
import { type Draft, draftSchema, policySchema } from "./schema";
import { actionOf } from "./typed-action";

/** What becomes of a sample payload. */
export interface Trial {
  /** The sample. It follows the policy until someone types one. */
  text: string;
  /** The rule as it is typed; null while it is not whole. */
  rule: PolicyRule | null;
  /** All that decides, as it is typed; null while it is not whole. */
  draft: Draft | null;
  preview: DecisionPreview;
  /** How the rule came to its decision, one sentence a step. */
  steps: StepPart[][];
  /** What the rule says to payloads that people get wrong. */
  others: (SamplePayload & { outcome: PolicyOutcome })[];
  /** The fields of the sample that a sentence can name. */
  paths: string[];
  /** How people would read it; null while the sentence is not whole. */
  sentence: string | null;
}

/** Asks about everything: a policy that is still being typed must not stop the payload from being read. */
const UNFINISHED: PolicyRule = {
  type: "always_require_approval",
  threshold: null,
  currency: null,
  amountField: "amount",
  currencyField: "currency",
};

/** Tries a sample payload as the action stands in the form. The page comes with the first trial, and loads this for those that follow. */
export function trySample(
  typed: TypedAction,
  typedText: string | null,
  { now, windowMinutes }: { now: Date /** Of an action without a window of its own. */; windowMinutes: number },
): Trial {
  const { name, title, sentence, recipientField, approvalWindowMinutes, policy, ruleApprovers } = actionOf(typed);
  const parsed = policySchema.safeParse(policy);
  const rule = parsed.success ? parsed.data : null;
  const draft = draftSchema.safeParse({ policy, ruleApprovers, recipientField, riskLevel: typed.riskLevel });
  const text = typedText ?? JSON.stringify(firstSample(rule ?? UNFINISHED), null, 2);
  const isSentenceWhole = sentence === null || sentence === undefined || parseSentence(sentence).ok;
  const action = {
    name: name === "" ? "this_action" : name,
    title: title === "" ? null : title,
    sentence: sentence ?? null,
    recipientField: recipientField ?? null,
    riskLevel: typed.riskLevel,
  };
  const preview = previewDecision(rule ?? UNFINISHED, action, text, now);
  const decided = preview.kind === "decided" ? preview : null;
  const window = Number.isInteger(approvalWindowMinutes) ? (approvalWindowMinutes ?? windowMinutes) : windowMinutes;
  return {
    text,
    rule,
    draft: draft.success ? draft.data : null,
    preview,
    steps: rule && decided ? policySteps(rule, decided.payload, window, decided.circumstances) : [],
    others: rule ? otherSamples(rule, decided?.payload ?? {}, decided?.circumstances) : [],
    paths: decided ? fieldPaths(decided.payload) : [],
    sentence: decided && isSentenceWhole ? decided.reading.sentence : null,
  };
}

function otherSamples(rule: PolicyRule, base: JsonObject, circumstances?: Circumstances): Trial["others"] {
  return samplePayloads(rule, base).map((sample) => ({ ...sample, outcome: evaluatePolicy(rule, sample.payload, circumstances).outcome }));
}
