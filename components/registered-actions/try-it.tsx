"use client";

import { Card, CardHeader } from "@/components/ui/card";
import { DecisionSteps } from "./decision-steps";
import { HiddenInSample } from "./hidden-in-sample";
import { OtherSamples } from "./other-samples";
import { PreviewVerdict, type StagesOf } from "./preview-verdict";
import { RuleReadings } from "./rule-readings";
import type { Sample } from "./use-sample";

const MIN_LINES = 6;
const MAX_LINES = 16;

/** A sample payload and what the policy would decide about it, as it is typed. Nothing is sent and nothing is stored. */
export function TryIt({
  sample,
  stagesOf,
}: {
  sample: Sample;
  /** Who would be asked for approval. */
  stagesOf: StagesOf;
}) {
  const { preview, rule } = sample;
  const lines = Math.min(MAX_LINES, Math.max(MIN_LINES, sample.text.split("\n").length));
  return (
    <Card className="overflow-hidden" aria-labelledby="try-it">
      <CardHeader title="Try it" id="try-it" note="nothing is sent or stored" />
      <label className="sr-only" htmlFor="sample">
        Sample payload, as JSON
      </label>
      <textarea
        className="block w-full resize-y bg-inset px-4 py-3 font-mono text-xs leading-5 outline-none focus-visible:shadow-[inset_0_0_0_2px_var(--color-focus)] max-md:text-lg"
        id="sample"
        rows={lines}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="none"
        wrap="off"
        value={sample.text}
        onChange={(event) => sample.setText(event.target.value)}
      />
      <HiddenInSample text={sample.text} />
      <PreviewVerdict preview={preview} rule={rule} stagesOf={stagesOf} />
      {preview.kind === "decided" && rule !== null ? (
        <>
          {preview.rules.length === 0 ? null : <RuleReadings readings={preview.rules} />}
          <DecisionSteps steps={sample.steps} />
        </>
      ) : null}
      {rule === null ? null : <OtherSamples type={rule.type} samples={sample.others} onPick={sample.setPayload} />}
    </Card>
  );
}
