"use client";

import { DOCTOR_SNIPPET, environmentSnippet, installSnippet } from "@/lib/words/setup-snippets";
import { useKnownKeys } from "./known-keys";
import { ShellFigure } from "./shell-figure";

const TITLE = "Shell, Python 3.9 or later";

interface EnvironmentBlockProps {
  workspaceId: string;
  baseUrl: string;
  wheelUrl: string;
  isSeen: boolean;
}

/** The commands before the first run, with the keys filled in while they are known. */
export function EnvironmentBlock({ workspaceId, baseUrl, wheelUrl, isSeen }: EnvironmentBlockProps) {
  const keys = useKnownKeys(workspaceId);
  const environment = environmentSnippet({ baseUrl, ...(keys && { apiKey: keys.apiKey, workspaceKey: keys.workspaceKey }) });
  const code = [installSnippet(wheelUrl), environment, ...(isSeen ? [] : [DOCTOR_SNIPPET])].join("\n");
  return (
    <>
      <ShellFigure title={TITLE} label={TITLE} code={code} copyLabel={`Copy ${TITLE}`} />
      {isSeen ? null : (
        <p>
          {keys === null
            ? "Replace the two placeholders in angle brackets with your keys."
            : "Your two keys are filled in until you reload or leave the console."}{" "}
          The last line checks the connection.
        </p>
      )}
    </>
  );
}
