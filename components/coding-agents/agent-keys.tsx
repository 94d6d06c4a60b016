"use client";

import { useKnownKeys } from "@/components/workspaces/known-keys";
import { ShellFigure } from "@/components/workspaces/shell-figure";
import { environmentSnippet } from "@/lib/words/shell-snippets";

/** The environment that the agent starts in, with the keys filled in while they are known. */
export function AgentKeys({ workspaceId, baseUrl }: { workspaceId: string; baseUrl: string }) {
  const keys = useKnownKeys(workspaceId);
  const code = environmentSnippet({ baseUrl, ...(keys && { apiKey: keys.apiKey, workspaceKey: keys.workspaceKey }) });
  return <ShellFigure title="Shell" label="Environment of the agent" code={code} copyLabel="Copy environment" />;
}
