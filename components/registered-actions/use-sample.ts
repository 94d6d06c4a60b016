"use client";

import { useState } from "react";
import { lateModule, useLateModule } from "@/components/ui/late-module";
import { useRenderedAt } from "@/components/ui/rendered-at";
import type { JsonObject } from "@/lib/domain/json-value";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import type { Trial } from "@/lib/registered-actions/try-sample";

export interface Sample extends Trial {
  setText: (text: string) => void;
  setPayload: (payload: JsonObject) => void;
  /** What tries it is loaded, so all of it is as typed. */
  isCurrent: boolean;
}

/** The first trial of an action's sample, from the server. */
export interface FirstTrial {
  trial: Trial;
  /** The sample was given, and so doesn't follow the policy. */
  isGiven: boolean;
}

const lateTrial = lateModule(() => import("@/lib/registered-actions/try-sample").then(({ trySample }) => trySample));

/** The payload that is tried, and what becomes of it. What tries it is large, so it is loaded after the form. */
export function useSample(typed: TypedAction, { trial: first, isGiven }: FirstTrial, windowMinutes: number): Sample {
  const now = useRenderedAt();
  const [text, setText] = useState(isGiven ? first.text : null);
  const trySample = useLateModule(lateTrial, true);
  const trial = trySample === null ? first : trySample(typed, text, { now, windowMinutes });
  return {
    ...trial,
    text: text ?? trial.text,
    setText,
    setPayload: (payload) => setText(JSON.stringify(payload, null, 2)),
    isCurrent: trySample !== null,
  };
}
