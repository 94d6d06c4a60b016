"use client";

import { useEffect, useState } from "react";
import { shortId } from "@/components/action-runs/short-id";
import { search } from "@/lib/search/server-actions";
import type { PaletteEntry } from "./palette-entries";

const DEBOUNCE_MS = 180;
const MIN_CHARACTERS = 2;

interface Found {
  text: string;
  entries: PaletteEntry[];
}

/** Searches actions and runs when typing pauses. Late responses are dropped. */
export function useSearchResults(text: string): { entries: readonly PaletteEntry[]; isSearching: boolean; hasFailed: boolean } {
  const wanted = text.trim();
  const isLongEnough = wanted.length >= MIN_CHARACTERS;
  const [found, setFound] = useState<Found>({ text: "", entries: [] });
  const [failedText, setFailedText] = useState<string | null>(null);

  useEffect(() => {
    if (!isLongEnough) return;
    let isWanted = true;
    const timer = setTimeout(() => {
      search({ text: wanted }).then(
        (answer) => {
          if (!isWanted) return;
          if (answer.ok) setFound({ text: wanted, entries: asEntries(answer) });
          else setFailedText(wanted);
        },
        () => {
          if (isWanted) setFailedText(wanted);
        },
      );
    }, DEBOUNCE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [wanted, isLongEnough]);

  const hasFailed = isLongEnough && failedText === wanted;
  return { entries: isLongEnough ? found.entries : [], isSearching: isLongEnough && !hasFailed && found.text !== wanted, hasFailed };
}

type Answer = Extract<Awaited<ReturnType<typeof search>>, { ok: true }>;

function asEntries({ actions, runs }: Answer): PaletteEntry[] {
  return [
    ...actions.map((action) => ({
      id: `action ${action.id}`,
      group: "Actions",
      label: action.name,
      note: `${action.title}, ${action.workspaceName}`,
      href: `/workspaces/${action.workspaceId}/actions/${action.name}`,
    })),
    ...runs.map((run) => ({
      id: `run ${run.id}`,
      group: "Runs",
      label: run.actionTitle ?? run.actionName,
      note: `${shortId(run.id)}, ${run.line}, ${run.workspaceName}`,
      href: `/workspaces/${run.workspaceId}/runs/${run.id}`,
    })),
  ];
}
