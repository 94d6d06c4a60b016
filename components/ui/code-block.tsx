import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import { common, createLowlight } from "lowlight";
import type { ReactElement, ReactNode } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import { CopyButton } from "./copy-button";

const lowlight = createLowlight(common);

/**
 * A piece of code with a line that says where it goes. It scrolls sideways and can be reached by keyboard to do so. Give `code`
 * and its language to have it colored and copied, or children that are colored already.
 */
export function CodeBlock({
  title,
  code,
  language,
  copyLabel,
  actions,
  children,
}: {
  title: string;
  code?: string;
  language?: CodeLanguage;
  copyLabel?: string;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-lg border border-line bg-inset">
      <figcaption className="flex min-h-9 items-center gap-2 border-b border-line py-0.5 pr-1 pl-3.5 text-xs text-muted">
        <span className="min-w-0 truncate" title={title}>
          {title}
        </span>
        <span className="ml-auto flex items-center gap-1">
          {actions}
          {code === undefined ? null : <CopyButton text={code} label={copyLabel ?? `Copy ${title}`} />}
        </span>
      </figcaption>
      <pre
        className="overflow-x-auto px-3.5 py-3 font-mono text-xs leading-5 text-ink focus-visible:-outline-offset-2"
        tabIndex={0}
        aria-label={title}
      >
        <code>{code === undefined ? children : language === undefined ? code : highlightCode(code, language)}</code>
      </pre>
    </figure>
  );
}

type CodeLanguage = "python" | "javascript" | "typescript" | "bash" | "json";

/** Colors come from classes, which the content security policy allows; it runs on the server, so no browser loads a highlighter. */
function highlightCode(code: string, language: CodeLanguage): ReactElement {
  const drawn: unknown = toJsxRuntime(lowlight.highlight(language, code), { Fragment, jsx, jsxs });
  return drawn as ReactElement;
}
