"use client";

import type { ReactNode } from "react";
import { useWatch } from "react-hook-form";
import { AmountFields } from "@/components/registered-actions/amount-fields";
import { SignalHint } from "@/components/registered-actions/signal-hint";
import { RadioCards, type RadioCardOption } from "@/components/ui/radio-cards";
import { Tag } from "@/components/ui/tag";
import { useTypedField } from "@/components/registered-actions/use-typed-field";
import type { PolicyType } from "@/lib/domain/policies";
import { POLICY_WORDS } from "@/lib/domain/policy-words";
import { isSignalPolicy } from "@/lib/domain/signals";
import type { TypedAction } from "@/lib/registered-actions/schema";

const ASKING: readonly PolicyType[] = [
  "always_require_approval",
  "require_approval_above_amount",
  "require_approval_when_external_recipient",
  "require_approval_when_new_recipient",
  "require_approval_when_not_reversible",
  "require_approval_when_destructive",
];
const AT_ONCE: readonly PolicyType[] = ["always_allow", "log_only", "always_block"];

/** Every policy with what it does; what a policy needs to know stands inside its frame. */
export function PolicyField({ proposed }: { proposed: PolicyType | null }) {
  const field = useTypedField();
  const chosen = useWatch<TypedAction, "policy.type">({ name: "policy.type" });
  const option = (type: PolicyType): RadioCardOption => ({
    value: type,
    title: (
      <>
        {POLICY_WORDS[type].label} {type === proposed ? <Tag isAccent>proposed</Tag> : null}
      </>
    ),
    text: POLICY_WORDS[type].text,
    isWide: type === "always_require_approval" || type === "require_approval_above_amount",
    children: type === chosen ? insetOf(type) : null,
  });
  return (
    <div className="grid gap-4">
      <RadioCards {...field.text("policy.type")} legend={<GroupName>Ask a person</GroupName>} columns={2} options={ASKING.map(option)} />
      <RadioCards {...field.text("policy.type")} legend={<GroupName>Decide at once</GroupName>} columns={3} options={AT_ONCE.map(option)} />
    </div>
  );
}

function GroupName({ children }: { children: ReactNode }) {
  return <span className="text-xs text-muted">{children}</span>;
}

function insetOf(type: PolicyType): ReactNode {
  if (type === "require_approval_above_amount") return <AmountFields />;
  return isSignalPolicy(type) ? <SignalHint type={type} /> : null;
}
