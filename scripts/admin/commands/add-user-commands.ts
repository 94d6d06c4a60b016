import type { Command } from "commander";
import { z } from "zod";
import { operatorContext } from "@/lib/auth/contexts";
import { emailSchema } from "@/lib/domain/access/email-address";
import { getEnv } from "@/lib/env";
import { createUser } from "@/lib/users/create-user";
import { makeResetLink } from "@/lib/users/make-reset-link";
import { addCommand } from "@/scripts/admin/add-command";
import { requireOk } from "@/scripts/admin/command-error";
import { optional, required } from "@/scripts/admin/option-values";
import { readPassword } from "@/scripts/admin/read-password";

export function addUserCommands(program: Command): void {
  const group = program.command("user").description("Accounts.");
  addCommand(group, {
    usage: "create",
    summary: "Make an account.",
    options: [
      required("--email <email>", "the account's mail address"),
      optional(
        "--password",
        "ask for a password, or read it from standard input; without it the account can only be entered by a mailed link",
      ),
      optional("--operator", "may see the admin page"),
    ],
    examples: ["user create --email ada@example.com --operator", "user create --email ada@example.com --password < password.txt"],
    input: z.strictObject({ email: z.string(), password: z.literal(true).optional(), operator: z.boolean().default(false) }),
    async run({ email, password: hasPassword, operator }) {
      const password = hasPassword && (await readPassword());
      const created = requireOk(await createUser(operatorContext(null), { email, password, isOperator: operator }));
      return {
        document: { user_id: created.userId, email: created.email, is_operator: operator },
        text: `Made the account ${created.email} (${created.userId}).`,
      };
    },
  });
  addCommand(group, {
    usage: "reset-link",
    summary: "Make a link to set a new password, to hand over where no mail can be sent. It works once, for an hour.",
    options: [required("--email <email>", "the account's mail address")],
    examples: ["user reset-link --email ada@example.com"],
    input: z.strictObject({ email: emailSchema }),
    async run({ email }) {
      const { userId, link } = requireOk(await makeResetLink(operatorContext(null), email));
      const { DAAI_PUBLIC_URL, isPublicUrlGuessed } = getEnv();
      const advice = `\nDAAI_PUBLIC_URL is not set here, so the link begins with ${DAAI_PUBLIC_URL}. If the console has another address, put that in its place.`;
      return { document: { user_id: userId, email, link }, text: isPublicUrlGuessed ? link + advice : link };
    },
  });
}
