"use client";

import { ByLanguage } from "@/components/ui/by-language";
import { Link } from "@/components/ui/link";
import { DOCTOR_SNIPPET, environmentSnippet, installSnippet, npmInstallSnippet } from "@/lib/words/shell-snippets";
import { useKnownKeys } from "./known-keys";
import { ShellFigure } from "./shell-figure";

interface EnvironmentBlockProps {
  workspaceId: string;
  baseUrl: string;
  wheelUrl: string;
  npmUrl: string;
  isSeen: boolean;
}

/** The commands before the first run, with the keys filled in while they are known. */
export function EnvironmentBlock({ workspaceId, baseUrl, wheelUrl, npmUrl, isSeen }: EnvironmentBlockProps) {
  const keys = useKnownKeys(workspaceId);
  const environment = environmentSnippet({ baseUrl, ...(keys && { apiKey: keys.apiKey, workspaceKey: keys.workspaceKey }) });
  const keysNote =
    keys === null
      ? "Replace the two placeholders in angle brackets with your keys."
      : "Your two keys are filled in until you reload or leave the console.";
  return (
    <>
      <ByLanguage
        python={
          <Commands
            title="Shell, Python 3.9 or later"
            lines={[installSnippet(wheelUrl), environment, ...(isSeen ? [] : [DOCTOR_SNIPPET])]}
            note={isSeen ? null : `${keysNote} The last line checks the connection.`}
          />
        }
        typescript={
          <Commands title="Shell, Node 20 or later" lines={[npmInstallSnippet(npmUrl), environment]} note={isSeen ? null : keysNote} />
        }
      />
      <p>
        Does your agent use an MCP server?{" "}
        <Link className="text-link" href="/docs/mcp-gateway">
          Put the MCP gateway in front of it
        </Link>{" "}
        instead, without code.
      </p>
    </>
  );
}

function Commands({ title, lines, note }: { title: string; lines: readonly string[]; note: string | null }) {
  return (
    <>
      <ShellFigure title={title} label={title} code={lines.join("\n")} copyLabel={`Copy ${title}`} />
      {note === null ? null : <p>{note}</p>}
    </>
  );
}
