"use client";

import { useState } from "react";
import { Card, CardHeader } from "@/components/ui/card";
import { Late, lateUnlessFirst } from "@/components/ui/late";
import { lateModule } from "@/components/ui/late-module";
import { DecisionSteps } from "./decision-steps";
import { OtherSamples } from "./other-samples";
import { PreviewVerdict, type StagesOf } from "./preview-verdict";
import type { Sample } from "./use-sample";

const RuleReadings = lateUnlessFirst(lateModule(() => import("./rule-readings").then((loaded) => loaded.RuleReadings)));
const lateHidden = lateModule(() => import("./hidden-in-sample").then((loaded) => loaded.HiddenInSample));

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
  const [startsWithRules] = useState(rule?.type === "rules");
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
      <Late of={lateHidden} props={{ text: sample.text }} />
      <PreviewVerdict preview={preview} rule={rule} stagesOf={stagesOf} />
      {preview.kind === "decided" && rule !== null ? (
        <>
          {preview.rules.length === 0 ? null : <RuleReadings isFirst={startsWithRules} props={{ readings: preview.rules }} />}
          <DecisionSteps steps={sample.steps} />
        </>
      ) : null}
      {rule === null ? null : <OtherSamples type={rule.type} samples={sample.others} onPick={sample.setPayload} />}
    </Card>
  );
}
