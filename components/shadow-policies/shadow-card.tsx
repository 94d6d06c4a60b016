import { ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import type { AnswerCounts, ShadowView } from "@/lib/shadow-policies/get-shadow";
import { comparisonSummary } from "@/lib/words/backtest-messages";
import { policySummary } from "@/lib/words/policy-labels";
import { shadowEndText, UNREADABLE_DRAFT, versionsText } from "@/lib/words/shadow-messages";

/** A shadow policy: what it is, since when and by whom, and how its answers differ. `children`: what else there is to say. */
export function ShadowCard({
  shadow,
  counts = null,
  policyVersion,
  href = null,
  buttons,
  children,
}: {
  shadow: ShadowView;
  /** null: not shown here. */
  counts?: AnswerCounts | null;
  /** Of the action, as it is now. */
  policyVersion: number;
  /** The page that compares; null on that page. */
  href?: string | null;
  buttons?: ReactNode;
  children?: ReactNode;
}) {
  const { ended } = shadow;
  const versions = ended ? "" : versionsText({ then: shadow.policyVersion, now: policyVersion });
  return (
    <Card aria-labelledby="shadow">
      <CardHeader title={ended ? "Last shadow policy" : "Running in shadow"} id="shadow" actions={ended ? undefined : buttons} />
      <CardBody className="grid gap-2 p-4">
        <p className="wrap-anywhere">
          <strong className="font-medium">{shadow.draft === null ? UNREADABLE_DRAFT : policySummary(shadow.draft.policy)}</strong>
        </p>
        <p className="text-muted wrap-anywhere">
          Started <Instant at={shadow.startedAt} format="short" /> by {shadow.startedBy}.{" "}
          {ended ? (
            <>
              {shadowEndText(ended)}, <Instant at={ended.at} format="short" />.
            </>
          ) : (
            "It decides nothing."
          )}
        </p>
        {versions === "" ? null : <p className="text-muted">{versions}</p>}
        <p className="flex flex-wrap items-center justify-between gap-3 empty:hidden">
          {counts === null ? null : <strong className="font-semibold">{comparisonSummary(counts)}</strong>}
          {href === null ? null : (
            <ButtonLink href={href} size="sm">
              Compare
              <ArrowRight className="size-3.5" strokeWidth={2} aria-hidden="true" />
            </ButtonLink>
          )}
        </p>
      </CardBody>
      {children}
    </Card>
  );
}
