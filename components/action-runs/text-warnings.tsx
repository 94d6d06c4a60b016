import { TriangleAlert } from "lucide-react";
import { inspectText } from "@/lib/domain/text/hidden-characters";

/** Says in words what is odd about a text, or nothing. It looks at the whole text, also at what is folded away. */
export function TextWarnings({ text }: { text: string }) {
  return inspectText(text).warnings.map((warning) => (
    <span className="mt-1 flex items-start gap-1.5 font-sans text-xs font-normal tracking-normal whitespace-normal text-wait" key={warning}>
      <TriangleAlert className="mt-px size-3.5 flex-none" strokeWidth={2} aria-hidden="true" />
      {warning}
    </span>
  ));
}
