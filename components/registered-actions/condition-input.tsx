"use client";

import { createContext, type KeyboardEvent, type RefObject, use, useId, useRef, useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { useWaitsForScript } from "@/components/ui/script-form";
import { TextAreaInput } from "@/components/ui/text-area-input";
import { type Completion, type Completions, completionsAt } from "@/lib/domain/policy/rules/completions";
import { colorExpression } from "@/lib/domain/policy/rules/expression-colors";
import type { SeenField } from "@/lib/domain/policy/rules/seen-fields";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import { counted } from "@/lib/words/counted";
import { useTypedField } from "./use-typed-field";

/** The payload fields of the action's newest runs. */
export const SeenFields = createContext<readonly SeenField[]>([]);

interface Offer extends Completions {
  readonly chosen: number;
}

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
  // Until the script has arrived, nothing would color what is typed.
  const isColored = !useWaitsForScript();
  const [offer, setOffer] = useState<Offer | null>(null);
  const look = (isAsked = false) => {
    const { value = "", selectionEnd = 0 } = input.current ?? {};
    const found = completionsAt(value, selectionEnd, seen, { isAsked });
    setOffer(found && { ...found, chosen: 0 });
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
        className={isColored ? UNDER_COLORS : undefined}
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
      {isColored ? <Colors name={name} scrolled={colors} /> : null}
      {offer === null ? null : (
        <ul
          className="absolute top-full z-20 mt-1 max-h-52 w-full max-w-md overflow-y-auto rounded-lg bg-raised py-1 text-sm shadow-pop"
          id={id}
          role="listbox"
          aria-label="Suggestions"
        >
          {offer.options.map((option, at) => (
            <li
              className="flex cursor-default flex-wrap items-baseline justify-between gap-x-3 px-2.5 py-1.5 aria-selected:bg-accent-soft"
              id={`${id}${at}`}
              key={option.text}
              role="option"
              aria-selected={at === offer.chosen}
              ref={at === offer.chosen ? scrollIntoView : null}
              // The text box keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(option, offer.start)}
            >
              <span className="min-w-0 font-mono text-xs wrap-anywhere">{option.text}</span>
              <span className="text-xs text-muted">{option.detail}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="sr-only" aria-live="polite">
        {offer === null ? "" : counted(offer.options.length, "suggestion")}
      </p>
    </div>
  );
}

/** Only its letters are hidden: color, caret and selection stay. */
const UNDER_COLORS =
  "[scrollbar-gutter:stable] not-forced-colors:[-webkit-text-fill-color:transparent] placeholder:[-webkit-text-fill-color:currentcolor]";

/** The same text in the same place above the text box, in colors. */
function Colors({ name, scrolled }: { name: `policy.rules.rules.${number}.when`; scrolled: RefObject<HTMLPreElement | null> }) {
  const source = useWatch<TypedAction, typeof name>({ name }) ?? "";
  return (
    <pre
      className="pointer-events-none absolute inset-px overflow-hidden px-2.5 py-1.5 font-mono text-xs leading-5 wrap-break-word whitespace-pre-wrap text-ink [scrollbar-gutter:stable] max-md:text-lg forced-colors:hidden"
      ref={scrolled}
      aria-hidden="true"
    >
      {colorExpression(source).map(({ text, color }, place) => (
        <span className={color === null ? undefined : `hljs-${color}`} key={place}>
          {text}
        </span>
      ))}
      {"\n"}
    </pre>
  );
}

function scrollIntoView(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: "nearest" });
}
