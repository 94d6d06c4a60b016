import type { ReactNode } from "react";
import { Card, CardHeader } from "@/components/ui/card";
import { durationText } from "@/lib/domain/time/duration-text";
import type { ActionDefaults } from "@/lib/registered-actions/get-action-defaults";
import type { ActionSettings } from "@/lib/registered-actions/schema";
import { counted } from "@/lib/words/counted";

/** The approvers, the timing, and the rules for decisions. */
export function ActionFacts({ settings, defaults }: { settings: ActionSettings; defaults: ActionDefaults }) {
  const isOwnList = settings.approverEmails.length > 0;
  const escalation = settings.escalationEmails.length > 0 ? settings.escalationEmails : defaults.escalationEmails;
  const approvers = isOwnList ? settings.approverEmails : defaults.approverEmails;
  return (
    <Card aria-labelledby="asked">
      <CardHeader title="Approval" id="asked" />
      <dl>
        <Fact
          label={settings.approvals > 1 ? `Approvers, ${settings.approvals} approvals needed` : "Approvers"}
          note={
            isOwnList
              ? groupNote(settings.approverGroup ?? undefined)
              : defaults.isRoutedByWorkspace
                ? "from the workspace"
                : "the owner, because the workspace has no approvers"
          }
        >
          {approvers.map((email) => (
            <span className="block wrap-anywhere" key={email}>
              {email}
            </span>
          ))}
        </Fact>
        {settings.laterStages.map(({ approvals, people, group }, index) => (
          <Fact label={`Stage ${index + 2}, ${counted(approvals, "approval")} needed`} note={groupNote(group)} key={people.join()}>
            {people.map((email) => (
              <span className="block wrap-anywhere" key={email}>
                {email}
              </span>
            ))}
          </Fact>
        ))}
        {settings.ruleApprovers.map(({ rule, approvals, people, group }) => (
          <Fact label={`Approvers of the rule “${rule}”, ${counted(approvals, "approval")} needed`} note={groupNote(group)} key={rule}>
            {people.map((email) => (
              <span className="block wrap-anywhere" key={email}>
                {email}
              </span>
            ))}
          </Fact>
        ))}
        <Fact label="Approval window" note={settings.approvalWindowMinutes === null ? "the workspace or console default" : undefined}>
          {durationText(settings.approvalWindowMinutes ?? defaults.windowMinutes)}
        </Fact>
        <Fact
          label={`Escalation contacts, after ${defaults.escalationPercent}%`}
          note={settings.escalationEmails.length > 0 || escalation.length === 0 ? undefined : "from the workspace"}
        >
          {escalation.length === 0
            ? "none"
            : escalation.map((email) => (
                <span className="block wrap-anywhere" key={email}>
                  {email}
                </span>
              ))}
        </Fact>
        <Fact label="Approval validity">
          {settings.approvalValidMinutes === null ? "no end" : durationText(settings.approvalValidMinutes)}
        </Fact>
        <Fact label="Cool-down after a rejection">
          {settings.askAgainAfterMinutes === null ? "none" : durationText(settings.askAgainAfterMinutes)}
        </Fact>
        <Fact label="Comment to reject">{settings.requiresRejectComment ? "required" : "optional"}</Fact>
        <Fact label="Prevent self-approval">{settings.requiresFourEyes ? "on" : "off"}</Fact>
        <Fact label="Expired claim">{settings.autoReleasesClaims ? "can be claimed again" : "leaves the run in doubt"}</Fact>
      </dl>
    </Card>
  );
}

function groupNote(group: string | undefined): string | undefined {
  return group === undefined ? undefined : `the members of the group ${group}`;
}

function Fact({ label, note, children }: { label: string; note?: string | undefined; children: ReactNode }) {
  return (
    <div className="border-t border-line px-4 py-2.5 first:border-0">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="mt-0.5">
        {children}
        {note === undefined ? null : <span className="block text-xs text-muted">{note}</span>}
      </dd>
    </div>
  );
}
