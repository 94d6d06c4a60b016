import { Eye } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import type { RunView } from "@/lib/action-runs/show/run-view";
import { deliveryLabel } from "@/lib/domain/runs/delivery-state";
import { KeptEmailLink } from "./kept-email-link";
import { MAIL_LOOKS } from "./mail-looks";
import { VisibleText } from "./visible-text";

/** Each approver's email, and what became of it. */
export function MailsCard({ mails, isOperator }: { mails: RunView["mails"]; isOperator: boolean }) {
  return (
    <Card aria-labelledby="mails">
      <CardHeader title="Emails" id="mails" />
      <ul className="divide-y divide-line">
        {mails.map((mail) => (
          <li className="grid gap-0.5 px-4 py-2.5" key={mail.id}>
            <p className="flex items-start justify-between gap-3">
              <span className="min-w-0 wrap-anywhere">{mail.to}</span>
              <Badge {...MAIL_LOOKS[mail.state]} label={deliveryLabel(mail.state, mail.attempts)} quiet />
            </p>
            <p className="text-xs text-muted">
              <Instant at={mail.at} format="short" />
              {mail.provider === null || mail.state === "kept" ? "" : `, through ${mail.provider}`}
              {mail.attempts > 1 && mail.state !== "retrying" ? `, ${mail.attempts} attempts` : ""}
              {mail.state === "kept" && isOperator ? (
                <>
                  {" · "}
                  <KeptEmailLink address={mail.to} />
                </>
              ) : null}
              {mail.nextTryAt === null ? null : (
                <>
                  , next attempt <Instant at={mail.nextTryAt} format="minute" />
                </>
              )}
            </p>
            {mail.openedAt === null ? null : (
              <p className="flex items-center gap-1.5 text-xs text-muted">
                <Eye className="size-3.5 flex-none" strokeWidth={1.75} aria-hidden="true" />
                <span>
                  Request opened <Instant at={mail.openedAt} format="short" />
                </span>
              </p>
            )}
            {mail.trouble === null ? null : (
              <p className={`text-xs wrap-anywhere ${mail.state === "not_needed" ? "text-muted" : "text-wait"}`}>
                <VisibleText text={mail.trouble} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
