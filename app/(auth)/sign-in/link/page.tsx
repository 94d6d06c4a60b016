import type { Metadata } from "next";
import { AuthCard, AuthHead } from "@/components/users/auth-frame";
import { ClosedLink } from "@/components/users/closed-link";
import { ConfirmSignIn } from "@/components/users/confirm-sign-in";
import { visitorContext } from "@/lib/auth/contexts";
import { getMailedLink } from "@/lib/users/get-mailed-link";

export const metadata: Metadata = { title: "Sign in", robots: { index: false, follow: false }, referrer: "same-origin" };

/** Opening it only reads; the button signs in. */
export default async function SignInLinkPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { token } = await searchParams;
  const { state, email, next } = await getMailedLink(visitorContext(), "sign_in", token);
  if (state !== "open" || typeof token !== "string")
    return <ClosedLink state={state === "open" ? "unknown" : state} again={{ label: "Get a new link", href: "/sign-in" }} />;
  return (
    <>
      <AuthHead title="Sign in to DAAI Console">As {email}</AuthHead>
      <AuthCard>
        <ConfirmSignIn token={token} next={next} />
        <p className="text-xs text-muted">The link works once. Opening this page hasn’t used it.</p>
      </AuthCard>
    </>
  );
}
