"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { TextInput } from "@/components/ui/text-input";
import { isPlainDecimal } from "@/lib/domain/policy/amounts";
import { type PolicyAnswers, type ProposedPolicy, proposePolicy } from "@/lib/domain/policy/propose-policy";
import { ProposedPolicyNotice } from "./proposed-policy-notice";

interface Answers {
  undo?: PolicyAnswers["undo"];
  money?: "no" | "yes";
  askAbove: string;
  reach?: PolicyAnswers["reach"];
}

const UNDO = [
  { value: "easily", title: "Yes, easily", text: "Change it back and no harm is done." },
  { value: "with_effort", title: "With effort", text: "It costs time, or a favor." },
  { value: "never", title: "No", text: "Sent, paid or deleted is final." },
];
const REACH = [
  { value: "inside", title: "No, it stays inside" },
  { value: "known", title: "Yes, people we know" },
  { value: "new", title: "Yes, including someone new" },
];
const MONEY = [
  { value: "no", title: "No" },
  { value: "yes", title: "Yes" },
];

/** Three plain questions, and the policy that fits the answers with the reason for it. */
export function PolicyQuestions({ startAmount, onUse }: { startAmount: string; onUse: (proposed: ProposedPolicy) => void }) {
  const [answers, setAnswers] = useState<Answers>({ askAbove: startAmount });
  const say = (said: Partial<Answers>) => setAnswers((before) => ({ ...before, ...said }));
  const amount = answers.askAbove.trim();
  const isAmountOdd = amount !== "" && !isPlainDecimal(amount);
  const proposed = isAmountOdd ? null : proposalOf(answers);

  return (
    <DialogContent
      title="Suggest a policy"
      description="Answer three questions about this action. Fixed rules turn your answers into a policy. You can still choose another."
      width="lg"
    >
      <div className="grid gap-5">
        <RadioCards
          name="undo"
          legend="1. Can it be undone?"
          columns={3}
          options={UNDO}
          value={answers.undo ?? ""}
          onChange={(event) => say({ undo: event.target.value as PolicyAnswers["undo"] })}
        />
        <div className="grid gap-3">
          <RadioCards
            name="money"
            legend="2. Does it move money?"
            columns={2}
            options={MONEY}
            value={answers.money ?? ""}
            onChange={(event) => say({ money: event.target.value as Answers["money"] })}
          />
          {answers.money === "yes" ? (
            <Field
              label="Above which amount do you want to be asked?"
              hint="Leave empty to be asked about every amount."
              error={isAmountOdd ? "Enter a plain decimal number, such as 500 or 1250.00." : undefined}
            >
              <TextInput
                className="max-w-56 tabular-nums"
                inputMode="decimal"
                autoComplete="off"
                placeholder="500.00"
                value={answers.askAbove}
                onChange={(event) => say({ askAbove: event.target.value })}
              />
            </Field>
          ) : null}
        </div>
        <RadioCards
          name="reach"
          legend="3. Does it reach people outside?"
          columns={3}
          options={REACH}
          value={answers.reach ?? ""}
          onChange={(event) => say({ reach: event.target.value as PolicyAnswers["reach"] })}
        />
        <ProposedPolicyNotice proposed={proposed} />
      </div>
      <DialogFooter>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button variant="primary" disabled={proposed === null} onClick={() => proposed && onUse(proposed)}>
          Use this policy
        </Button>
      </DialogFooter>
    </DialogContent>
  );
}

function proposalOf({ undo, money, askAbove, reach }: Answers): ProposedPolicy | null {
  if (undo === undefined || money === undefined || reach === undefined) return null;
  return proposePolicy({ undo, reach, movesMoney: money === "yes", askAbove: askAbove.trim() === "" ? null : askAbove.trim() });
}
