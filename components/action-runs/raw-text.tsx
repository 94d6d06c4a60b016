import { TextWarnings } from "./text-warnings";
import { VisibleText } from "./visible-text";

/** A text exactly as it was received; only what would not show stands there as its code. */
export function RawText({ text, label }: { text: string; label: string }) {
  return (
    <div className="px-4 py-3">
      <pre
        className="max-h-[480px] overflow-auto font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap"
        tabIndex={0}
        aria-label={label}
      >
        <VisibleText text={text} />
      </pre>
      <TextWarnings text={text} />
    </div>
  );
}
