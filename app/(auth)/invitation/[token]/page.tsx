import type { Metadata } from "next";
import { InvitationScreen } from "@/components/members/invitation-screen";
import { visitorContext } from "@/lib/auth/contexts";
import { getUser } from "@/lib/auth/get-user";
import { getInvitation } from "@/lib/members/get-invitation";
import { mayMakeAccount } from "@/lib/members/may-make-account";

export const metadata: Metadata = { title: "Invitation", robots: { index: false, follow: false }, referrer: "same-origin" };

/** Opening it only reads; a button joins. */
export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [opened, user] = await Promise.all([getInvitation(visitorContext(), token), getUser()]);
  return <InvitationScreen opened={opened} token={token} signedInAs={user?.email ?? null} mayMakeAccount={mayMakeAccount()} />;
}
