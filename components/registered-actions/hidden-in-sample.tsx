import { TextWarnings } from "@/components/action-runs/text-warnings";
import { VisibleText } from "@/components/action-runs/visible-text";
import { inspectText } from "@/lib/domain/text/hidden-characters";

/** The sample with what does not show, when it has any: an editor cannot show it. */
export function HiddenInSample({ text }: { text: string }) {
  const { segments, warnings } = inspectText(text);
  if (warnings.length === 0) return null;
  return (
    <div className="border-t border-line bg-wait-soft px-4 py-3">
      <p className="text-xs font-medium text-wait">This sample isn’t what it looks like</p>
      {segments.some((segment) => "code" in segment) ? (
        <pre
          className="mt-1.5 max-h-40 overflow-auto font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap"
          tabIndex={0}
          aria-label="The sample with its hidden characters"
        >
          <VisibleText text={text} />
        </pre>
      ) : null}
      <TextWarnings text={text} />
    </div>
  );
}
