import { MailPlus } from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { ButtonLink } from "@/components/ui/button-link";
import { AuthCard } from "@/components/users/auth-frame";
import { AuthOutcome } from "@/components/users/auth-outcome";
import { SignUpForm } from "@/components/users/sign-up-form";
import { isLocalInNext } from "@/lib/auth/client-address";
import { visitorContext } from "@/lib/auth/contexts";
import { getUser } from "@/lib/auth/get-user";
import { ownPath, withNext } from "@/lib/domain/access/own-path";
import { getEnv } from "@/lib/env";
import { isMailKept } from "@/lib/notifications/is-mail-kept";
import { signUpMode } from "@/lib/users/sign-up-mode";

export const metadata: Metadata = { title: "Create an account" };

export default async function SignUpPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const next = ownPath((await searchParams).next);
  if (await getUser()) redirect(next);
  const mode = await signUpMode(visitorContext());
  if (mode !== "refused") {
    const isFirst = mode === "first";
    const needsCode = isFirst && !isLocalInNext(await headers());
    return (
      <SignUpForm isFirst={isFirst} needsCode={needsCode} isForOperators={mode === "operators"} next={next} isMailKept={isMailKept()} />
    );
  }
  return (
    <AuthCard>
      <AuthOutcome
        tone="no"
        icon={MailPlus}
        title={getEnv().DAAI_SIGN_UP === "closed" ? "Sign-up is closed" : "Sign-up is by invitation"}
        action={<ButtonLink href={withNext("/sign-in", next)}>Sign in</ButtonLink>}
      >
        {getEnv().DAAI_SIGN_UP === "closed" ? (
          <p>Only the operator can create accounts on this console. Ask them for one.</p>
        ) : (
          <p>Ask a workspace owner or admin to invite you. You’ll create your account from the link in the invitation email.</p>
        )}
      </AuthOutcome>
    </AuthCard>
  );
}
