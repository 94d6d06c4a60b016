/** What the pages know about who reads them: enough to fill in snippets, and never a secret. */
export interface Reader {
  /** The signed-in reader's workspace, if they have one. */
  readonly workspaceName: string | null;
  readonly publicUrl: string | null;
}

export const PUBLIC_URL_PLACEHOLDER = "https://console.example.com";
export const WORKSPACE_PLACEHOLDER = "YOUR_WORKSPACE";

export const NOBODY: Reader = { workspaceName: null, publicUrl: null };

/** Puts the reader's own values in the place of the placeholders of a snippet. */
export function fillFor(reader: Reader): (text: string) => string {
  return (text) =>
    text
      .replaceAll(PUBLIC_URL_PLACEHOLDER, reader.publicUrl ?? PUBLIC_URL_PLACEHOLDER)
      .replaceAll(WORKSPACE_PLACEHOLDER, oneLine(reader.workspaceName) ?? WORKSPACE_PLACEHOLDER);
}

/** Snippets contain the name in comments, which a line break would end. */
function oneLine(text: string | null): string | undefined {
  return text?.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}
