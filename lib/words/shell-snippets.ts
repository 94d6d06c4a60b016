// Apart from the programs of setup-snippets, whose samples take all policies to the browser.

/** Installs the SDK that the console itself serves. From an index, its name could be anybody's. */
export function installSnippet(wheelUrl: string): string {
  return `python3 -m venv .venv && . .venv/bin/activate\npip install ${shellWord(wheelUrl)}`;
}

/** Installs the TypeScript SDK that the console itself serves. */
export function npmInstallSnippet(packageUrl: string): string {
  return `npm install ${shellWord(packageUrl)}`;
}

/** The shell commands. Without the keys, they have placeholders that nobody takes for keys. */
export function environmentSnippet({ baseUrl, apiKey, workspaceKey }: { baseUrl: string; apiKey?: string; workspaceKey?: string }): string {
  return [
    `export DAAI_BASE_URL=${shellWord(baseUrl)}`,
    `export DAAI_API_KEY=${shellWord(apiKey ?? "<the API key>")}`,
    `export DAAI_WORKSPACE_KEY=${shellWord(workspaceKey ?? "<the workspace key>")}`,
  ].join("\n");
}

export const DOCTOR_SNIPPET = "python -m daai doctor";

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
