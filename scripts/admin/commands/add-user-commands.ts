import type { Command } from "commander";
import { z } from "zod";
import { operatorContext } from "@/lib/auth/contexts";
import { emailSchema } from "@/lib/domain/access/email-address";
import { getEnv } from "@/lib/env";
import { disableAccount, enableAccount } from "@/lib/members/disable-account";
import { getAccountRights } from "@/lib/members/get-account-rights";
import type { OperatorContext } from "@/lib/security/context";
import { createUser } from "@/lib/users/create-user";
import { makeResetLink } from "@/lib/users/make-reset-link";
import { addCommand } from "@/scripts/admin/add-command";
import { requireFound, requireOk } from "@/scripts/admin/command-error";
import { optional, required } from "@/scripts/admin/option-values";
import { readPassword } from "@/scripts/admin/read-password";

export function addUserCommands(program: Command): void {
  const group = program.command("user").description("Accounts.");
  addCommand(group, {
    usage: "create",
    summary: "Create an account.",
    options: [
      required("--email <email>", "the account's email address"),
      optional(
        "--password",
        "ask for a password, or read it from standard input; without it, sign-in works only with a link sent by email",
      ),
      optional("--operator", "may use the admin pages"),
    ],
    examples: ["user create --email ada@example.com --operator", "user create --email ada@example.com --password < password.txt"],
    input: z.strictObject({ email: z.string(), password: z.literal(true).optional(), operator: z.boolean().default(false) }),
    async run({ email, password: hasPassword, operator }) {
      const password = hasPassword && (await readPassword());
      const created = requireOk(await createUser(operatorContext(null), { email, password, isOperator: operator }));
      return {
        document: { user_id: created.userId, email: created.email, is_operator: operator },
        text: `Created the account ${created.email} (${created.userId}).`,
      };
    },
  });
  addCommand(group, {
    usage: "reset-link",
    summary: "Create a password reset link to pass on when no email can be sent. It works once, for an hour.",
    options: [required("--email <email>", "the account's email address")],
    examples: ["user reset-link --email ada@example.com"],
    input: z.strictObject({ email: emailSchema }),
    async run({ email }) {
      const { userId, link } = requireOk(await makeResetLink(operatorContext(null), email));
      const { DAAI_PUBLIC_URL, isPublicUrlGuessed } = getEnv();
      const advice = `\nDAAI_PUBLIC_URL isn't set here, so the link begins with ${DAAI_PUBLIC_URL}. If the console has another address, use that instead.`;
      return { document: { user_id: userId, email, link }, text: isPublicUrlGuessed ? link + advice : link };
    },
  });
  addCommand(group, {
    usage: "disable",
    summary:
      "Disable an account: its sessions and links end, and it can't decide or be asked. Keys and shared links are revoked only on request.",
    options: [
      required("--email <email>", "the account's email address"),
      optional("--revoke-keys", "also revoke the keys they created"),
      optional("--revoke-shares", "also revoke the receipt links they shared"),
      optional("--reassign-to <email>", "who takes over their pending requests; without it, the remaining approvers are asked"),
    ],
    examples: ["user disable --email bob@example.com --revoke-keys --revoke-shares"],
    input: z.strictObject({
      email: emailSchema,
      revokeKeys: z.boolean().default(false),
      revokeShares: z.boolean().default(false),
      reassignTo: emailSchema.optional(),
    }),
    async run({ email, revokeKeys, revokeShares, reassignTo }) {
      const { ctx, userId } = await accountOf(email);
      const { keys: before } = await getAccountRights(ctx, { userId });
      const { ok: _, ...ended } = requireOk(
        await disableAccount(ctx, { userId, revokesKeys: revokeKeys, revokesShares: revokeShares, reassignTo }),
      );
      const left =
        revokeKeys || before.length === 0 ? "" : `\nKeys they created that keep working:\n${before.map((key) => `  ${key}`).join("\n")}`;
      return {
        document: { user_id: userId, email, ended, keys_left: revokeKeys ? [] : before },
        text: `${email} is disabled.${reassignTo === undefined ? "" : ` ${ended.reassigned} requests were reassigned to ${reassignTo}.`} ${ended.sessions} sessions, ${ended.runs} requests, ${ended.keys} keys and ${ended.shares} shared links ended.${left}`,
      };
    },
  });
  addCommand(group, {
    usage: "enable",
    summary: "Enable a disabled account again, with the memberships it had.",
    options: [required("--email <email>", "the account's email address")],
    examples: ["user enable --email bob@example.com"],
    input: z.strictObject({ email: emailSchema }),
    async run({ email }) {
      const { ctx, userId } = await accountOf(email);
      requireOk(await enableAccount(ctx, { userId }));
      return { document: { user_id: userId, email }, text: `${email} is enabled.` };
    },
  });
}

async function accountOf(email: string): Promise<{ ctx: OperatorContext; userId: string }> {
  const ctx = operatorContext(null);
  const user = requireFound(await ctx.db.user.findUnique({ where: { email }, select: { id: true } }), `account with the address ${email}`);
  return { ctx, userId: user.id };
}
