"use client";

import { type ReactNode, useSyncExternalStore } from "react";
import { Segmented } from "./segmented";

const LANGUAGES = [
  { value: "python", label: "Python" },
  { value: "typescript", label: "TypeScript" },
] as const;
type Language = (typeof LANGUAGES)[number]["value"];

const STORED_AS = "daai_language";
/** The blocks of a page change together, and so do those of its other tabs. */
const CHANGED = "daai-language";

/** Code in two languages. Shows the one that the reader chose last, on any page. */
export function ByLanguage(content: Readonly<Record<Language, ReactNode>>) {
  const language = useSyncExternalStore(subscribe, readLanguage, () => "python" as const);
  return (
    <div className="grid min-w-0 gap-2">
      <div>
        <Segmented label="Language" options={LANGUAGES} value={language} onChange={chooseLanguage} />
      </div>
      {content[language]}
    </div>
  );
}

function subscribe(onChange: () => void): () => void {
  for (const name of [CHANGED, "storage"]) window.addEventListener(name, onChange);
  return () => {
    for (const name of [CHANGED, "storage"]) window.removeEventListener(name, onChange);
  };
}

/** Used where the browser stores nothing. */
let chosen: Language = "python";

function readLanguage(): Language {
  try {
    const stored = localStorage.getItem(STORED_AS);
    return LANGUAGES.find(({ value }) => value === stored)?.value ?? chosen;
  } catch {
    return chosen;
  }
}

function chooseLanguage(language: Language): void {
  chosen = language;
  try {
    localStorage.setItem(STORED_AS, language);
  } catch {
    // It is remembered until the page is left.
  }
  window.dispatchEvent(new Event(CHANGED));
}
