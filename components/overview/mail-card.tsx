import { Clock, Inbox, type LucideProps, MailCheck, MailMinus, MailX, TriangleAlert } from "lucide-react";
import type { ComponentType } from "react";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import type { MailHealth } from "@/lib/notifications/get-mail-health";
import { MailMeter } from "./mail-meter";

/** The statuses of approval emails. */
export function MailCard({ health, settingsHref, isOperator }: { health: MailHealth; settingsHref: string | null; isOperator: boolean }) {
  const lost = health.failed + health.bounced;
  const bad = lost > 0 ? `${count(lost)} not delivered` : health.overLimit > 0 ? `${count(health.overLimit)} not sent` : null;
  const total = health.sent + health.kept + health.queued + health.failed + health.overLimit;
  return (
    <Card aria-labelledby="mail-delivery">
      <CardHeader
        title="Email delivery"
        id="mail-delivery"
        actions={
          bad === null ? undefined : (
            <span className="pr-2">
              <Badge tone="wait" icon={TriangleAlert} label={bad} />
            </span>
          )
        }
      />
      <CardBody className="px-4 py-3">
        {total === 0 ? null : <MailMeter health={health} />}
        <dl className="grid">
          <Row icon={MailCheck} label="Sent" value={health.sent} />
          {health.kept === 0 ? null : (
            <Row icon={Inbox} label="Stored in the mailbox, not sent" value={health.kept} href={isOperator ? "/admin/mailbox" : null} />
          )}
          <Row icon={Clock} label="Queued now" value={health.queued} />
          <Row icon={MailX} label="Failed" value={health.failed} />
          <Row icon={MailX} label="Sent but bounced" value={health.bounced} />
          <Row icon={MailMinus} label="Not sent, email limit reached" value={health.overLimit} />
        </dl>
      </CardBody>
      {health.lastFailure === null ? null : (
        <CardFooter>
          <p className="text-xs wrap-anywhere">
            An email to {health.lastFailure.toEmail} failed permanently on <Instant at={health.lastFailure.at} format="short" />.{" "}
            {settingsHref === null ? null : (
              <Link className="text-link" href={settingsHref}>
                Change the address
              </Link>
            )}
          </p>
        </CardFooter>
      )}
    </Card>
  );
}

function Row({
  icon: Icon,
  label,
  value,
  href = null,
}: {
  icon: ComponentType<LucideProps>;
  label: string;
  value: number;
  href?: string | null;
}) {
  return (
    <div className="grid grid-cols-[20px_1fr_auto] items-center gap-2 py-1.5">
      <Icon className="size-4 text-subtle" strokeWidth={1.75} aria-hidden="true" />
      <dt>
        {href === null ? (
          label
        ) : (
          <Link className="text-link" href={href}>
            {label}
          </Link>
        )}
      </dt>
      <dd className="font-medium tabular-nums">{count(value)}</dd>
    </div>
  );
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
