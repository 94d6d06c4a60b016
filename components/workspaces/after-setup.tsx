import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { Card, CardHeader } from "@/components/ui/card";

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
      text: "So that somebody else decides, too, and nobody waits for you alone.",
      href: mayInvite ? `${base}/members` : null,
      otherwise: "An owner or admin of the workspace invites people.",
    },
    {
      title: isMailKept ? "Send real mail" : "Try your mail",
      text: isMailKept
        ? "Mail is kept in the console’s mailbox until a provider is set. Admin shows how, and sends a test mail."
        : "Admin sends a test mail through your provider.",
      href: isOperator ? "/admin#mail" : null,
      otherwise: "The operator of this console sets up mail.",
    },
    {
      title: "Tell other programs",
      text: "Webhooks and Slack channels hear of runs that wait, expired or are in doubt.",
      href: mayAddWebhooks ? `${base}/settings/webhooks` : null,
      otherwise: "A developer, admin or owner of the workspace adds webhooks.",
    },
  ];
  return (
    <Card aria-labelledby="after-setup">
      <CardHeader title="What comes next" id="after-setup" />
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
