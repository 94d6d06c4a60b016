import type { Command } from "commander";
import { z } from "zod";
import { operatorContext } from "@/lib/auth/contexts";
import { emailSchema } from "@/lib/domain/access/email-address";
import { LIMIT_NAMES, type LimitName, type Limits, PLANS, type Plan } from "@/lib/domain/access/limits";
import type { JsonObject } from "@/lib/domain/json-value";
import { getUsage, type Usage } from "@/lib/limits/get-usage";
import { limitsOfOwner } from "@/lib/limits/limits-of-owner";
import { setLimits } from "@/lib/limits/set-limits";
import { addCommand, type CommandResult } from "@/scripts/admin/add-command";
import { CommandError, requireFound, requireOk } from "@/scripts/admin/command-error";
import { optional, required } from "@/scripts/admin/option-values";
import { instantText, textTable } from "@/scripts/admin/text-table";

const limitValue = z
  .string()
  .regex(/^(unlimited|[0-9]{1,9})$/, { error: "must be a whole number, or unlimited" })
  .transform((text) => (text === "unlimited" ? null : Number(text)))
  .optional();

const PER: Record<LimitName, string> = {
  activeWorkspaces: "owner",
  activeActionsPerWorkspace: "workspace",
  runsPerMonth: "owner",
  emailsPerMonth: "owner",
  interceptsPerMinute: "api_key",
  interceptsPerDay: "api_key",
};

export function addLimitsCommands(program: Command): void {
  const group = program.command("limits").description("Owners' limits and usage.");
  addCommand(group, {
    usage: "show",
    summary: "Show an owner's limits, their usage and when they reset.",
    options: [required("--owner <email>", "the owner's email address")],
    examples: ["limits show --owner ada@example.com"],
    input: z.strictObject({ owner: emailSchema }),
    run: ({ owner }) => show(owner),
  });
  addCommand(group, {
    usage: "set",
    summary: "Set an owner's plan, or individual limits that differ from it.",
    options: [
      required("--owner <email>", "the owner's email address"),
      optional("--plan <plan>", "free has the console's limits, unlimited has none").choices(PLANS),
      ...LIMIT_NAMES.map((name) => optional(`--${words(name, "-")} <n>`, `a number, or unlimited; per ${PER[name].replace("_", " ")}`)),
    ],
    examples: [
      "limits set --owner ada@example.com --plan unlimited",
      "limits set --owner ada@example.com --runs-per-month 5000 --emails-per-month unlimited",
    ],
    input: z.strictObject({
      owner: emailSchema,
      plan: z.enum(PLANS).optional(),
      ...Object.fromEntries(LIMIT_NAMES.map((name) => [name, limitValue])),
    }),
    async run({ owner, plan, ...given }) {
      const overrides = given as Partial<Limits>;
      if (plan === undefined && Object.keys(overrides).length === 0)
        throw new CommandError("Give something to set: --plan, or a limit such as --runs-per-month.");
      requireOk(await setLimits(operatorContext(null), { ownerEmail: owner, plan, overrides }));
      return show(owner);
    },
  });
}

async function show(email: string): Promise<CommandResult> {
  const ctx = operatorContext(null);
  const owner = requireFound(await ctx.db.user.findUnique({ where: { email } }), `account with the address ${email}`);
  const { plan, limits } = limitsOfOwner(owner);
  const usage = await getUsage(ctx, owner.id);
  const rows = LIMIT_NAMES.flatMap((name) => usage.filter((use) => use.limit === name));
  return {
    document: document(email, plan, limits, usage),
    text: `${email} has the plan ${plan}.\n\n${textTable(
      ["Limit", "Of", "Used", "Limit is", "Resets"],
      rows.map((use) => [
        words(use.limit, " "),
        use.subject?.name ?? "the owner",
        use.used,
        limits[use.limit] ?? "unlimited",
        instantText(use.resetsAt) ?? "never",
      ]),
    )}`,
  };
}

function document(owner: string, plan: Plan, limits: Limits, usage: Usage[]): JsonObject {
  return {
    owner,
    plan,
    limits: LIMIT_NAMES.map((name) => ({
      name: words(name, "_"),
      per: PER[name],
      limit: limits[name],
      usage: usage
        .filter((use) => use.limit === name)
        .map(({ subject, used, resetsAt }) => ({
          subject_id: subject?.id ?? null,
          subject: subject?.name ?? owner,
          used,
          resets_at: resetsAt?.toISOString() ?? null,
        })),
    })),
  };
}

/** "runsPerMonth" is "runs-per-month". */
function words(name: LimitName, separator: string): string {
  return name.replace(/[A-Z]/g, (letter) => separator + letter.toLowerCase());
}
