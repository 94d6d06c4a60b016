import type { Command } from "commander";
import { z } from "zod";
import { addCommand } from "@/scripts/admin/add-command";
import { factLines } from "@/scripts/admin/text-table";
import { examine } from "./doctor-checks";

const MARKS = { ok: "ok", notice: "note", problem: "PROBLEM" } as const;

export function addDoctorCommand(program: Command): void {
  addCommand(program, {
    usage: "doctor",
    summary: "Check the database, migrations, worker, clock, email, address, secrets and disk. Fails if there's a problem.",
    examples: ["doctor", "doctor --json"],
    input: z.strictObject({}),
    async run() {
      const findings = await examine();
      const problems = findings.filter(({ status }) => status === "problem").length;
      const end = problems === 0 ? "No problems found." : `${problems} ${problems === 1 ? "problem" : "problems"} found.`;
      return {
        document: { ok: problems === 0, checks: findings.map((finding) => ({ ...finding })) },
        text: `${factLines(findings.map(({ name, status, detail }) => [`${MARKS[status].padEnd(8)}${name}`, detail]))}\n\n${end}`,
        isProblem: problems > 0,
      };
    },
  });
}
