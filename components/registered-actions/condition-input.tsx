"use client";

import { type KeyboardEvent, use, useId, useRef, useState } from "react";
import { useFormContext } from "react-hook-form";
import { lateModule, useLateModule } from "@/components/ui/late-module";
import { TextAreaInput } from "@/components/ui/text-area-input";
import type { Completion } from "@/lib/domain/policy/rules/completions";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import type { Offer } from "./condition-help";
import { SeenFields } from "./seen-fields";
import { useTypedField } from "./use-typed-field";

/**
 * A condition as text. What it can continue with is listed while a name is typed, or with Ctrl and Space: the arrow keys choose, Enter or Tab takes, Escape
 * closes. A text box with a list, because a box of several lines can't be a combobox.
 */
export function ConditionInput({ name }: { name: `policy.rules.rules.${number}.when` }) {
  const { onBlur, ...field } = useTypedField().text(name);
  const { setValue } = useFormContext<TypedAction>();
  const seen = use(SeenFields);
  const id = useId();
  const input = useRef<HTMLTextAreaElement | null>(null);
  const colors = useRef<HTMLPreElement>(null);
  const help = useLateModule(lateHelp, true);
  const [offer, setOffer] = useState<Offer | null>(null);
  const look = (isAsked = false) => {
    const { value = "", selectionEnd = 0 } = input.current ?? {};
    const found = help?.completionsAt(value, selectionEnd, seen, { isAsked });
    setOffer(found ? { ...found, chosen: 0 } : null);
  };
  const take = ({ text }: Completion, start: number) => {
    const element = input.current;
    if (element === null) return;
    const after = element.value.slice(element.selectionEnd);
    setValue(name, `${element.value.slice(0, start)}${text}${after}`, { shouldDirty: true, shouldTouch: true });
    element.setSelectionRange(start + text.length, start + text.length);
    setOffer(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey && event.key === " ") {
      event.preventDefault();
      return look(true);
    }
    const option = offer?.options[offer.chosen];
    if (!offer || !option) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setOffer({ ...offer, chosen: (offer.chosen + step + offer.options.length) % offer.options.length });
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) take(option, offer.start);
    else if (event.key === "Escape") setOffer(null);
    else return ["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key) ? setOffer(null) : undefined;
    event.preventDefault();
  };
  return (
    <div className="relative">
      <TextAreaInput
        {...field}
        className={help ? UNDER_COLORS : undefined}
        isMono
        rows={2}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        placeholder="amount > 5000"
        aria-autocomplete="list"
        aria-controls={offer ? id : undefined}
        aria-activedescendant={offer ? `${id}${offer.chosen}` : undefined}
        onFocus={(event) => {
          input.current = event.currentTarget;
        }}
        onInput={() => look()}
        onScroll={({ currentTarget }) => colors.current?.scrollTo(currentTarget.scrollLeft, currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
        onClick={() => setOffer(null)}
        onBlur={(event) => {
          setOffer(null);
          return onBlur(event);
        }}
      />
      {help === null ? null : <help.ConditionColors name={name} scrolled={colors} />}
      {help === null ? null : <help.SuggestionList id={id} offer={offer} onTake={take} />}
    </div>
  );
}

/** What helps to write a condition. The text box works without it. */
const lateHelp = lateModule(() => import("./condition-help"));

/** Only its letters are hidden: color, caret and selection stay. */
const UNDER_COLORS =
  "[scrollbar-gutter:stable] not-forced-colors:[-webkit-text-fill-color:transparent] placeholder:[-webkit-text-fill-color:currentcolor]";
