import type { ReactElement } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import { common, createLowlight } from "lowlight";

export type CodeLanguage = "python" | "bash" | "json";

const lowlight = createLowlight(common);

/** Colours come from classes, which the content security policy allows; it runs on the server, so no browser loads a highlighter. */
export function highlightCode(code: string, language: CodeLanguage): ReactElement {
  const drawn: unknown = toJsxRuntime(lowlight.highlight(language, code), { Fragment, jsx, jsxs });
  return drawn as ReactElement;
}
