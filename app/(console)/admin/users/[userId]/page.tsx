import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { validate as isUuid } from "uuid";
import { AccountAccess } from "@/components/admin/account-access";
import { LimitsForm } from "@/components/admin/limits-form";
import { OwnerUsageCard } from "@/components/admin/owner-usage-card";
import { PlanButton } from "@/components/admin/plan-button";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Card, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Tag } from "@/components/ui/tag";
import { requireOperator } from "@/lib/auth/require-operator";
import { getOwnerLimits } from "@/lib/limits/get-owner-limits";
import { getAccountRights } from "@/lib/members/get-account-rights";

export const metadata: Metadata = { title: "User" };

/** One account: its plan, its limits and what it has used of them. */
export default async function UserPage({ params }: { params: Promise<{ userId: string }> }) {
  const ctx = await requireOperator();
  const { userId } = await params;
  const owner = isUuid(userId) ? await getOwnerLimits(ctx, userId) : null;
  if (owner === null) notFound();
  const { user } = owner;
  return (
    <Page>
      <Crumbs items={[{ label: "Admin", href: "/admin" }, { label: "Users", href: "/admin/users" }, { label: user.email }]} />
      <PageHeader
        title={user.email}
        description={
          <>
            {user.name === null ? "Account" : `${user.name}, account`} since <Instant at={user.createdAt} format="date" />
          </>
        }
        badges={
          <>
            {user.isOperator ? <Tag isAccent>operator</Tag> : null}
            {user.disabledAt === null ? null : <Tag>disabled</Tag>}
          </>
        }
        actions={
          <>
            <PlanButton userId={user.id} plan={owner.plan ?? owner.settingsPlan} hasOwnLimits={Object.keys(owner.overrides).length > 0} />
            {user.email === ctx.actor.email ? null : (
              <AccountAccess
                userId={user.id}
                email={user.email}
                isDisabled={user.disabledAt !== null}
                rights={await getAccountRights(ctx, { userId: user.id })}
              />
            )}
          </>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)_360px] items-start gap-4 max-lg:grid-cols-1">
        <Card aria-labelledby="limits">
          <CardHeader title="Plan and limits" id="limits" />
          <LimitsForm
            // Resets the fields when the plan was changed beside them.
            key={`${owner.plan ?? "settings"} ${JSON.stringify(owner.overrides)}`}
            userId={user.id}
            plan={owner.plan}
            settingsPlan={owner.settingsPlan}
            overrides={owner.overrides}
            planLimits={owner.planLimits}
          />
        </Card>
        <OwnerUsageCard usage={owner.usage} limits={owner.limits} />
      </div>
    </Page>
  );
}
