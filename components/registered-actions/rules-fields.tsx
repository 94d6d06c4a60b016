"use client";

import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { Button, IconButton } from "@/components/ui/button";
import { Field, FieldNote, useFieldError } from "@/components/ui/field";
import { SelectInput } from "@/components/ui/select-input";
import { TextInput } from "@/components/ui/text-input";
import { RULE_EFFECTS, RULES_MAX, type RuleEffect } from "@/lib/domain/policy/rules/rule-set";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import { EMPTY_RULE } from "@/lib/registered-actions/typed-action";
import { type AskedByRules, RuleApproversFields } from "./rule-approvers-fields";
import { RuleConditionField } from "./rule-condition-field";
import { useTypedField } from "./use-typed-field";

const EFFECT_LABELS: Record<RuleEffect, string> = { allow: "Allow", ask: "Require approval", block: "Block" };

/** An ordered list of rules, and what happens when none applies. */
export function RulesFields(people: AskedByRules) {
  const { ids, append, remove, move } = useRuleList();
  const error = useFieldError("policy.rules.rules");
  const field = useTypedField();
  return (
    <div className="grid gap-3">
      <ol className="grid gap-3">
        {ids.map((id, place) => (
          <li className="grid gap-3 rounded-lg border border-line bg-surface p-3" key={id}>
            <div className="flex items-end gap-2">
              <Field className="min-w-0 flex-1" label={`Rule ${place + 1}`} name={`policy.rules.rules.${place}.name`}>
                <TextInput {...field.text(`policy.rules.rules.${place}.name`)} autoComplete="off" placeholder="Small amounts" />
              </Field>
              <IconButton label={`Move rule ${place + 1} up`} disabled={place === 0} onClick={() => move(place, place - 1)}>
                <ArrowUp />
              </IconButton>
              <IconButton label={`Move rule ${place + 1} down`} disabled={place === ids.length - 1} onClick={() => move(place, place + 1)}>
                <ArrowDown />
              </IconButton>
              <IconButton label={`Remove rule ${place + 1}`} disabled={ids.length === 1} onClick={() => remove(place)}>
                <X />
              </IconButton>
            </div>
            <RuleConditionField place={place} />
            <div className="grid items-start gap-3 sm:grid-cols-2">
              <Field label="Decision" name={`policy.rules.rules.${place}.then`}>
                <SelectInput {...field.text(`policy.rules.rules.${place}.then`)}>
                  <Effects />
                </SelectInput>
              </Field>
              <RuleApproversFields place={place} {...people} />
            </div>
          </li>
        ))}
      </ol>
      {error === undefined ? null : <FieldNote id="rules-note" error={error} />}
      {ids.length < RULES_MAX ? (
        <div>
          <Button size="sm" icon={<Plus />} onClick={append}>
            Add a rule
          </Button>
        </div>
      ) : null}
      <Field
        className="max-w-56"
        label="If no rule applies"
        name="policy.rules.otherwise"
        hint="A rule that can’t be read requires approval, unless a later one blocks."
      >
        <SelectInput {...field.text("policy.rules.otherwise")}>
          <Effects />
        </SelectInput>
      </Field>
    </div>
  );
}

const LIST = "policy.rules.rules";

/**
 * The rules with an id each, which stays with a rule that moves. The library's own field array would check a rule as soon as it is
 * added, and a message that goes away when its field is left moves the very button that is being pressed.
 */
function useRuleList() {
  const { getValues, setValue } = useFormContext<TypedAction>();
  const count = useWatch<TypedAction, typeof LIST>({ name: LIST })?.length ?? 0;
  const [next, setNext] = useState(count);
  const [kept, setKept] = useState(() => Array.from({ length: count }, (_, place) => place));
  // The number of rules changed from outside: another person's edit was loaded.
  const ids = kept.length === count ? kept : Array.from({ length: count }, (_, place) => next + place);
  const change = (places: readonly (number | null)[]) => {
    const rules = getValues(LIST);
    setKept(places.map((place) => (place === null ? next : (ids[place] ?? next))));
    setNext(next + count + 1);
    const changed = places.map((place) => (place === null ? undefined : rules[place]) ?? EMPTY_RULE);
    setValue(LIST, changed, { shouldDirty: true, shouldTouch: true });
  };
  const places = ids.map((_, place) => place);
  return {
    ids,
    append: () => change([...places, null]),
    remove: (gone: number) => change(places.filter((place) => place !== gone)),
    move: (from: number, to: number) => change(places.with(from, to).with(to, from)),
  };
}

function Effects() {
  return RULE_EFFECTS.map((effect) => (
    <option key={effect} value={effect}>
      {EFFECT_LABELS[effect]}
    </option>
  ));
}
