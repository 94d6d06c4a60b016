import { History } from "lucide-react";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import type { PreviousAttempt } from "@/lib/domain/runs/previous-attempt";
import { previousAttemptQuote, previousAttemptTitle } from "@/lib/words/previous-attempt-messages";
import { LongText } from "./long-text";
import { VisibleText } from "./visible-text";

/** What became of the request that this one repeats. Members get a link to it. */
export function PreviousAttemptNotice({
  previous,
  reader,
  runHref,
  size = "md",
}: {
  previous: PreviousAttempt | null;
  /** The reader's address, who is “you”. */
  reader: string | null;
  runHref: string | null;
  /** "lg" for the page of a link, which works without scripts and so has no relative times. */
  size?: "md" | "lg";
}) {
  if (previous === null) return null;
  const quote = previousAttemptQuote(previous);
  return (
    <Notice size={size} tone="wait" icon={History} title={<VisibleText text={previousAttemptTitle(previous, reader)} />}>
      {size === "lg" ? (
        <>
          on <Instant at={previous.endedAt} />
        </>
      ) : (
        <RelativeTime at={previous.endedAt} />
      )}
      .{" "}
      {quote === null ? null : (
        <>
          {quote.label}: “<LongText text={quote.text} />”{" "}
        </>
      )}
      {runHref === null ? null : (
        <Link className="rounded-sm text-link hover:underline" href={runHref}>
          Open the earlier run
        </Link>
      )}
    </Notice>
  );
}
