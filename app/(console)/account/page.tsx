import type { Metadata } from "next";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { PasswordCard } from "@/components/users/password-card";
import { ProfileCard } from "@/components/users/profile-card";
import { SessionsCard } from "@/components/users/sessions-card";
import { requireSessionUser, requireUser } from "@/lib/auth/require-user";
import { getAccount } from "@/lib/users/get-account";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const [ctx, { sessionId }] = await Promise.all([requireUser(), requireSessionUser()]);
  const account = await getAccount(ctx, sessionId);
  return (
    <Page width="narrow">
      <Crumbs items={[{ label: "Account" }]} />
      <PageHeader title="Account" description="Your name, your password, and where you are signed in." />
      <div className="grid gap-4">
        <ProfileCard name={account.name} email={account.email} />
        <PasswordCard key={String(account.hasPassword)} email={account.email} hasPassword={account.hasPassword} />
        <SessionsCard sessions={account.sessions} />
      </div>
    </Page>
  );
}
