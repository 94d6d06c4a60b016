import { type RefObject, useLayoutEffect } from "react";
import { useWatch } from "react-hook-form";
import type { Completion, Completions } from "@/lib/domain/policy/rules/completions";
import { colorExpression } from "@/lib/domain/policy/rules/expression-colors";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import { counted } from "@/lib/words/counted";

export { completionsAt } from "@/lib/domain/policy/rules/completions";

export interface Offer extends Completions {
  /** The place of the one that Enter takes. */
  readonly chosen: number;
}

/** The same text in the same place above the text box, in colors. */
export function ConditionColors({
  name,
  scrolled,
}: {
  name: `policy.rules.rules.${number}.when`;
  scrolled: RefObject<HTMLPreElement | null>;
}) {
  const source = useWatch<TypedAction, typeof name>({ name }) ?? "";
  // The text box may have scrolled before this was loaded, or before its new text was colored.
  useLayoutEffect(() => {
    const box = scrolled.current?.previousElementSibling;
    if (box) scrolled.current?.scrollTo(box.scrollLeft, box.scrollTop);
  });
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

/** What the word before the caret can become, below the text box, and said once. */
export function SuggestionList({
  id,
  offer,
  onTake,
}: {
  id: string;
  offer: Offer | null;
  onTake: (taken: Completion, start: number) => void;
}) {
  return (
    <>
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
              onClick={() => onTake(option, offer.start)}
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
    </>
  );
}

function scrollIntoView(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: "nearest" });
}
