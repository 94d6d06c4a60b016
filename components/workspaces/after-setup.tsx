import { ArrowRight } from "lucide-react";
import { Card, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";

/** What a workspace that works is made fit for others with. Steps that the reader cannot take say who can. */
export function AfterSetup({
  workspaceId,
  isMailKept,
  isOperator,
  mayInvite,
  mayAddWebhooks,
}: {
  workspaceId: string;
  isMailKept: boolean;
  isOperator: boolean;
  mayInvite: boolean;
  mayAddWebhooks: boolean;
}) {
  const base = `/workspaces/${workspaceId}`;
  const steps = [
    {
      title: "Invite an approver",
      text: "Someone else can then decide too, so runs don’t depend on you alone.",
      href: mayInvite ? `${base}/members` : null,
      otherwise: "A workspace owner or admin can invite people.",
    },
    {
      title: isMailKept ? "Send real email" : "Test your email",
      text: isMailKept
        ? "Emails stay in the console’s mailbox until a provider is set. Admin shows how to set one and can send a test email."
        : "Send a test email through your provider from Admin.",
      href: isOperator ? "/admin#mail" : null,
      otherwise: "The console’s operator sets up email.",
    },
    {
      title: "Notify other systems",
      text: "Webhooks and Slack channels are notified when runs are pending, expired or in doubt.",
      href: mayAddWebhooks ? `${base}/settings/webhooks` : null,
      otherwise: "A workspace developer, admin or owner can add webhooks.",
    },
  ];
  return (
    <Card aria-labelledby="after-setup">
      <CardHeader title="Next steps" id="after-setup" />
      <ul className="divide-y divide-line">
        {steps.map(({ title, text, href, otherwise }) => (
          <li className="relative flex items-center gap-3 px-4 py-3" key={title}>
            <div className="min-w-0 flex-1">
              <h3 className="text-sm font-medium">
                {href === null ? (
                  title
                ) : (
                  <Link className="after:absolute after:inset-0" href={href}>
                    {title}
                  </Link>
                )}
              </h3>
              <p className="text-muted">{text}</p>
              {href === null ? <p className="text-xs text-muted">{otherwise}</p> : null}
            </div>
            {href === null ? null : <ArrowRight className="size-4 flex-none text-muted" strokeWidth={1.75} aria-hidden="true" />}
          </li>
        ))}
      </ul>
    </Card>
  );
}
