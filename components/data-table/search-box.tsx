"use client";

import { Search } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { INPUT_STYLE } from "@/components/ui/input-style";
import { useListNavigation } from "./list-frame";

const PAUSE_MS = 350;

/** Searches when the typing pauses, or at once on Enter. */
export function SearchBox({
  label,
  placeholder,
  param = "q",
  maxLength = 200,
}: {
  label: string;
  placeholder: string;
  param?: string;
  maxLength?: number;
}) {
  const { params, change } = useListNavigation();
  const inAddress = params.get(param) ?? "";
  const [text, setText] = useState(inAddress);
  const [asked, setAsked] = useState(inAddress);
  // The address changed by other means: "Clear filters", the back button.
  if (asked !== inAddress && text.trim() === asked) {
    setText(inAddress);
    setAsked(inAddress);
  }
  const ask = useEffectEvent((wanted: string) => {
    setAsked(wanted);
    change({ [param]: wanted });
  });

  useEffect(() => {
    const wanted = text.trim();
    if (wanted === asked) return;
    const timer = setTimeout(() => ask(wanted), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, asked]);

  return (
    <label className="relative w-60 flex-none max-md:w-44">
      <span className="sr-only">{label}</span>
      <Search
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-subtle"
        strokeWidth={2}
        aria-hidden="true"
      />
      <input
        className={`${INPUT_STYLE} h-7 pl-8 text-xs max-md:h-9`}
        type="search"
        value={text}
        placeholder={placeholder}
        maxLength={maxLength}
        onChange={(event) => setText(event.target.value)}
      />
    </label>
  );
}
