import { Copy } from "lucide-react";
import { Fragment } from "react";
import { shortId } from "@/components/action-runs/short-id";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";

const MOST_LINKS = 5;

/** On the card: other pending requests for the same thing. Members get links to their pages. */
export function IdenticalNotice({ runIds, runsPath }: { runIds: readonly string[]; runsPath: string | null }) {
  if (runIds.length === 0) return null;
  const rest = runIds.length - MOST_LINKS;
  return (
    <Notice tone="wait" icon={Copy} title={`${runIds.length + 1} identical requests.`}>
      The agent proposed the same thing with one API key and no idempotency key. Each run has its own decision and receipt.{" "}
      {runsPath === null ? null : (
        <>
          The others:{" "}
          {runIds.slice(0, MOST_LINKS).map((runId, place) => (
            <Fragment key={runId}>
              {place === 0 ? "" : ", "}
              <Link className="rounded-sm font-mono text-xs text-link hover:underline" href={`${runsPath}/${runId}`}>
                {shortId(runId)}
              </Link>
            </Fragment>
          ))}
          {rest > 0 ? ` and ${rest} more` : ""}.
        </>
      )}
    </Notice>
  );
}

/** On the page of a link, which decides one run. */
export function IdenticalToOthersNotice({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Notice size="lg" tone="wait" icon={Copy} title={`${count} identical ${count === 1 ? "request is" : "requests are"} also pending.`}>
      The agent proposed the same thing more than once. This page decides one of them.
    </Notice>
  );
}
