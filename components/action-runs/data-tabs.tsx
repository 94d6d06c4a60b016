"use client";

import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Segmented } from "@/components/ui/segmented";

export interface DataTab {
  readonly label: string;
  readonly count?: number;
  readonly readable: ReactNode;
  /** The same data, exactly as received. */
  readonly raw?: ReactNode;
  readonly copy?: { readonly text: string; readonly label: string };
}

type View = "readable" | "raw";
const VIEWS = [
  { value: "readable", label: "Readable" },
  { value: "raw", label: "Raw" },
] as const;

/** The payload, result and API calls of a run, one at a time, each readable or raw. */
export function DataTabs({ tabs, foot }: { tabs: readonly DataTab[]; foot?: ReactNode }) {
  const id = useId();
  const [current, setCurrent] = useState(0);
  const [view, setView] = useState<View>("readable");
  const buttons = useRef<(HTMLButtonElement | null)[]>([]);
  const tab = tabs[current] ?? tabs[0];

  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (current + step + tabs.length) % tabs.length;
    setCurrent(next);
    buttons.current[next]?.focus();
  };

  if (tab === undefined) return null;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 border-b border-line pr-2 pl-4">
        <div className="-mb-px flex gap-4 overflow-x-auto" role="tablist" aria-label="Data of this run">
          {tabs.map(({ label, count }, index) => (
            <button
              className={`flex h-11 flex-none cursor-pointer items-center gap-1.5 border-b-2 px-0.5 text-sm font-medium whitespace-nowrap focus-visible:-outline-offset-2 ${index === current ? "border-link text-ink" : "border-transparent text-muted hover:text-ink"}`}
              key={label}
              type="button"
              role="tab"
              id={`${id}-tab-${index}`}
              aria-selected={index === current}
              aria-controls={`${id}-panel`}
              tabIndex={index === current ? 0 : -1}
              ref={(button) => void (buttons.current[index] = button)}
              onClick={() => setCurrent(index)}
              onKeyDown={move}
            >
              {label}
              {count === undefined ? null : <span className="text-xs font-normal text-subtle tabular-nums">{count}</span>}
            </button>
          ))}
        </div>
        <div className="ml-auto flex h-11 items-center gap-1">
          {tab.raw === undefined ? null : <Segmented label="View" options={VIEWS} value={view} onChange={setView} />}
          {tab.copy === undefined ? null : <CopyButton text={tab.copy.text} label={tab.copy.label} words="Copy" />}
        </div>
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${current}`}>
        {tab.raw !== undefined && view === "raw" ? tab.raw : tab.readable}
      </div>
      {current === 0 ? foot : null}
    </>
  );
}
