import { inspectText } from "@/lib/domain/text/hidden-characters";

/** Shows a text from outside as plain data, with invisible characters as codes. */
export function VisibleText({ text }: { text: string }) {
  return (
    <bdi className="wrap-anywhere">
      {inspectText(text).segments.map((segment, index) =>
        "text" in segment ? (
          <span key={index}>{segment.text}</span>
        ) : (
          <span
            className="mx-px inline-block rounded-[3px] border border-wait-solid bg-surface px-1 align-[1px] font-mono text-2xs font-medium whitespace-nowrap text-wait"
            key={index}
            title={segment.name}
          >
            {segment.code}
          </span>
        ),
      )}
    </bdi>
  );
}
