/** What the pages know about who reads them: enough to fill in snippets, and never a secret. */
export interface Reader {
  /** The signed-in reader's workspace, if they have one. */
  readonly workspaceName: string | null;
  readonly baseUrl: string | null;
}

export const BASE_URL_PLACEHOLDER = "https://console.example.com/api";
export const WORKSPACE_PLACEHOLDER = "YOUR_WORKSPACE";

export const NOBODY: Reader = { workspaceName: null, baseUrl: null };

/** Puts the reader's own values in the place of the placeholders of a snippet. */
export function fillFor(reader: Reader): (text: string) => string {
  return (text) =>
    text
      .replaceAll(BASE_URL_PLACEHOLDER, reader.baseUrl ?? BASE_URL_PLACEHOLDER)
      .replaceAll(WORKSPACE_PLACEHOLDER, oneLine(reader.workspaceName) ?? WORKSPACE_PLACEHOLDER);
}

/** Snippets contain the name in comments, which a line break would end. */
function oneLine(text: string | null): string | undefined {
  return text?.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}
