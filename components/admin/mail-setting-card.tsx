"use client";

import { CircleCheck, Inbox, Send, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { failureMessage } from "@/components/ui/failure-messages";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { inConsole } from "@/lib/net/base-path";

type Sent =
  | { ok: true; state: "sent"; to: string }
  | { ok: true; state: "kept"; to: string; messageId: string }
  | { ok: true; state: "failed"; to: string; detail: string };
type Outcome = Sent | { ok: false; detail: string };

/** How mail leaves this console, and a mail to try it. */
export function MailSettingCard({
  provider,
  from,
  version,
  sendTest,
}: {
  /** null: there is none. */
  provider: string | null;
  from: string;
  version: string;
  sendTest: (input: Record<string, never>) => Promise<Sent | Refusal>;
}) {
  const [isBusy, setIsBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const test = async () => {
    setIsBusy(true);
    setOutcome(null);
    setOutcome(await sendTest({}).catch((error: unknown) => ({ ok: false as const, detail: failureMessage(error) })));
    setIsBusy(false);
  };
  return (
    <Card className="scroll-mt-20" id="mail" aria-labelledby="mail-title">
      <CardHeader title="Email and version" id="mail-title" />
      <CardBody className="grid gap-3 p-4">
        <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-2 gap-y-2">
          <dt className="font-medium">Provider</dt>
          <dd className="text-muted wrap-anywhere">{provider ?? "None: emails are stored in the mailbox"}</dd>
          <dt className="font-medium">From</dt>
          <dd className="text-muted wrap-anywhere">{from}</dd>
          <dt className="font-medium">Version</dt>
          <dd className="text-muted tabular-nums">DAAI Console {version}</dd>
        </dl>
        {provider === null ? (
          <p className="text-muted">
            To send real email, set <code className="font-mono text-xs">DAAI_MAIL_FROM</code> and{" "}
            <code className="font-mono text-xs">SMTP_URL</code> or <code className="font-mono text-xs">RESEND_API_KEY</code>, then restart
            the console.{" "}
            <Link className="text-link" href="/docs/self-hosting#mail">
              How to set up email
            </Link>
          </p>
        ) : null}
        <div>
          <Button icon={<Send />} isBusy={isBusy} busyLabel="Sending" onClick={() => void test()}>
            Send test email
          </Button>
        </div>
        {outcome === null ? null : <TestOutcome outcome={outcome} />}
      </CardBody>
    </Card>
  );
}

function TestOutcome({ outcome }: { outcome: Outcome }) {
  if (!outcome.ok) {
    return (
      <Notice tone="stop" icon={TriangleAlert} role="alert">
        {outcome.detail}
      </Notice>
    );
  }
  switch (outcome.state) {
    case "sent":
      return (
        <Notice tone="ok" icon={CircleCheck} role="status" title="Test email sent.">
          Check the inbox of {outcome.to}.
        </Notice>
      );
    case "kept":
      return (
        <Notice tone="no" icon={Inbox} role="status" title="Stored in the mailbox.">
          No provider is set, so it wasn’t sent.{" "}
          <a className="text-link" href={inConsole(`/admin/mailbox/${outcome.messageId}`)}>
            Open it
          </a>
        </Notice>
      );
    case "failed":
      return (
        <Notice tone="stop" icon={TriangleAlert} role="alert" title="Test email not sent.">
          {outcome.detail}
        </Notice>
      );
  }
}
