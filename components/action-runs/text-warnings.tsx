import { TriangleAlert } from "lucide-react";
import { inspectText } from "@/lib/domain/text/hidden-characters";

/** Describes suspicious characters in a text, including its folded part. Empty without any. */
export function TextWarnings({ text }: { text: string }) {
  return inspectText(text).warnings.map((warning) => (
    <span className="mt-1 flex items-start gap-1.5 font-sans text-xs font-normal tracking-normal whitespace-normal text-wait" key={warning}>
      <TriangleAlert className="mt-px size-3.5 flex-none" strokeWidth={2} aria-hidden="true" />
      {warning}
    </span>
  ));
}
