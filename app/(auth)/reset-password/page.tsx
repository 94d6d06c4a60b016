import type { Metadata } from "next";
import { ClosedLink } from "@/components/users/closed-link";
import { ResetPasswordForm } from "@/components/users/reset-password-form";
import { visitorContext } from "@/lib/auth/contexts";
import { getMailedLink } from "@/lib/users/get-mailed-link";

export const metadata: Metadata = { title: "Set a new password", robots: { index: false, follow: false }, referrer: "same-origin" };

/** Opening it only reads; submitting the form uses the link. */
export default async function ResetPasswordPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { token } = await searchParams;
  const { state, email, next } = await getMailedLink(visitorContext(), "reset_password", token);
  if (state !== "open" || typeof token !== "string" || email === null) {
    return <ClosedLink state={state === "open" ? "unknown" : state} again={{ label: "Get a new link", href: "/forgot-password" }} />;
  }
  return <ResetPasswordForm token={token} email={email} next={next} />;
}
