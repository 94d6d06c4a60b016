import type { Metadata } from "next";
import { ForgotPasswordForm } from "@/components/users/forgot-password-form";
import { ownPath } from "@/lib/domain/access/own-path";
import { isMailKept } from "@/lib/notifications/is-mail-kept";

export const metadata: Metadata = { title: "Reset your password" };

export default async function ForgotPasswordPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  return <ForgotPasswordForm next={ownPath((await searchParams).next)} isMailKept={isMailKept()} />;
}
