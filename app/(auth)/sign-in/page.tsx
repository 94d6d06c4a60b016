import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/users/sign-in-form";
import { visitorContext } from "@/lib/auth/contexts";
import { getUser } from "@/lib/auth/get-user";
import { ownPath, withNext } from "@/lib/domain/access/own-path";
import { getEnv } from "@/lib/env";
import { isMailKept } from "@/lib/notifications/is-mail-kept";
import { signUpMode } from "@/lib/users/sign-up-mode";

export const metadata: Metadata = { title: "Sign in" };

/** Redirects people who are signed in. On a console without accounts, there is nothing to sign in with yet. */
export default async function SignInPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const query = await searchParams;
  const next = ownPath(query.next);
  if (await getUser()) redirect(next);
  const mode = await signUpMode(visitorContext());
  if (mode === "first") redirect(withNext("/sign-up", next));
  const email = typeof query.email === "string" ? query.email.slice(0, 254) : "";
  return (
    <SignInForm
      host={new URL(getEnv().DAAI_PUBLIC_URL).host}
      next={next}
      email={email}
      maySignUp={mode !== "refused"}
      isMailKept={isMailKept()}
    />
  );
}
