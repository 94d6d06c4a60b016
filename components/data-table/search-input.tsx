"use client";

import { Search } from "lucide-react";
import { type Ref, useEffect, useEffectEvent, useState } from "react";
import { INPUT_STYLE } from "@/components/ui/input-style";

const DEBOUNCE_MS = 350;

/** Searches when typing pauses. `value` is the last search. */
export function SearchInput({
  label,
  placeholder,
  value,
  onSearch,
  maxLength = 200,
  className,
  ref,
}: {
  label: string;
  placeholder: string;
  value: string;
  onSearch: (text: string) => void;
  maxLength?: number;
  className: string;
  ref?: Ref<HTMLInputElement>;
}) {
  const [text, setText] = useState(value);
  const [asked, setAsked] = useState(value);
  // It changed by other means: "Clear filters", the back button.
  if (asked !== value && text.trim() === asked) {
    setText(value);
    setAsked(value);
  }
  const ask = useEffectEvent((wanted: string) => {
    setAsked(wanted);
    onSearch(wanted);
  });

  useEffect(() => {
    const wanted = text.trim();
    if (wanted === asked) return;
    const timer = setTimeout(() => ask(wanted), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text, asked]);

  return (
    <label className={`relative ${className}`}>
      <span className="sr-only">{label}</span>
      <Search
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-subtle"
        strokeWidth={2}
        aria-hidden="true"
      />
      <input
        className={`${INPUT_STYLE} h-7 pl-8 text-xs max-md:h-9`}
        type="search"
        ref={ref}
        value={text}
        placeholder={placeholder}
        maxLength={maxLength}
        onChange={(event) => setText(event.target.value)}
      />
    </label>
  );
}
