import type { Metadata } from "next";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { AbsenceCard } from "@/components/users/absence-card";
import { PasswordCard } from "@/components/users/password-card";
import { ProfileCard } from "@/components/users/profile-card";
import { SessionsCard } from "@/components/users/sessions-card";
import { requireSessionUser, requireUser } from "@/lib/auth/require-user";
import { getAbsence } from "@/lib/users/get-absence";
import { getAccount } from "@/lib/users/get-account";
import { listColleagues } from "@/lib/users/list-colleagues";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const [ctx, { sessionId }] = await Promise.all([requireUser(), requireSessionUser()]);
  const [account, absence, colleagues] = await Promise.all([getAccount(ctx, sessionId), getAbsence(ctx), listColleagues(ctx)]);
  return (
    <Page width="narrow">
      <Crumbs items={[{ label: "Account" }]} />
      <PageHeader title="Account" description="Your name, your delegate, your password and where you’re signed in." />
      <div className="grid gap-4">
        <ProfileCard name={account.name} email={account.email} />
        <AbsenceCard absence={absence} colleagues={colleagues} />
        <PasswordCard key={String(account.hasPassword)} email={account.email} hasPassword={account.hasPassword} />
        <SessionsCard sessions={account.sessions} />
      </div>
    </Page>
  );
}
