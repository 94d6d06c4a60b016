import { ExternalLink } from "lucide-react";
import { ButtonAnchor } from "@/components/ui/button-anchor";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { inConsole } from "@/lib/net/base-path";
import type { OpenedMail } from "@/lib/notifications/list-mailbox";
import type { MailLink } from "./mail-links";

/** A stored email: its text, its links, and how it would have looked. The HTML is in a frame that runs no scripts. */
export function OpenedMailView({ mail, links }: { mail: OpenedMail; links: readonly MailLink[] }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_320px] items-start gap-4 max-lg:grid-cols-1">
      <Card className="overflow-hidden" aria-label="Email">
        <dl className="grid grid-cols-[64px_minmax(0,1fr)] gap-x-3 gap-y-1 border-b border-line px-4 py-3">
          <dt className="text-muted">From</dt>
          <dd className="wrap-anywhere">{mail.fromEmail}</dd>
          <dt className="text-muted">To</dt>
          <dd className="wrap-anywhere">{mail.toEmail}</dd>
          <dt className="text-muted">Stored</dt>
          <dd>
            <Instant at={mail.createdAt} />
          </dd>
        </dl>
        <iframe
          className="block h-[720px] w-full bg-surface max-md:h-[560px]"
          src={inConsole(`/admin/mailbox/${mail.id}/html`)}
          title="The email as it would have looked"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      </Card>
      <div className="grid gap-4">
        {links.length === 0 ? null : (
          <Card aria-labelledby="mail-links">
            <CardHeader title="Links in this email" id="mail-links" />
            <CardBody className="grid gap-2 p-4">
              {links.map(({ href, label }) => (
                <ButtonAnchor href={href} icon={<ExternalLink />} key={href} target="_blank">
                  {label}
                </ButtonAnchor>
              ))}
              <p className="text-xs text-muted">A link acts on behalf of the person it was sent to. Some links work only once.</p>
            </CardBody>
          </Card>
        )}
        <Card aria-labelledby="mail-text">
          <CardHeader title="Plain-text version" id="mail-text" />
          <pre
            className="max-h-[560px] overflow-auto px-4 py-3 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap focus-visible:-outline-offset-2"
            tabIndex={0}
            aria-label="Plain-text version of the email"
          >
            {mail.text}
          </pre>
        </Card>
      </div>
    </div>
  );
}
