import type { Metadata } from "next";
import { AuthCard, AuthHead } from "@/components/users/auth-frame";
import { ClosedLink } from "@/components/users/closed-link";
import { ConfirmSignUpForm } from "@/components/users/confirm-sign-up-form";
import { visitorContext } from "@/lib/auth/contexts";
import { getMailedLink } from "@/lib/users/get-mailed-link";

export const metadata: Metadata = { title: "Confirm your address", robots: { index: false, follow: false }, referrer: "same-origin" };

/** Opening it only reads; submitting the form creates the account. */
export default async function ConfirmSignUpPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { token } = await searchParams;
  const { state, email, next } = await getMailedLink(visitorContext(), "sign_up", token);
  if (state !== "open" || typeof token !== "string" || email === null)
    return <ClosedLink state={state === "open" ? "unknown" : state} again={{ label: "Create an account", href: "/sign-up" }} />;
  return (
    <>
      <AuthHead title="Confirm your address">{email}</AuthHead>
      <AuthCard>
        <ConfirmSignUpForm token={token} email={email} next={next} />
      </AuthCard>
    </>
  );
}
