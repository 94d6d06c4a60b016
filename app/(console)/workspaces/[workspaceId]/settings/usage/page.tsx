import type { Metadata } from "next";
import { UsageCard } from "@/components/limits/usage-card";
import { requireMember } from "@/lib/auth/require-member";
import { requireSessionUser } from "@/lib/auth/require-user";
import { getWorkspaceUsage } from "@/lib/limits/get-owner-usage";

export const metadata: Metadata = { title: "Usage" };

export default async function UsagePage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx } = await requireMember(workspaceId);
  const { isOperator } = await requireSessionUser();
  return (
    <div className="grid gap-3">
      <UsageCard title="Usage of the owner’s limits" usage={await getWorkspaceUsage(ctx)} isOperator={isOperator} />
      <p className="max-w-[72ch] text-xs text-muted">
        Workspaces, runs and emails count toward the owner’s limits, across all their workspaces. At a limit, requests are rejected and
        nothing is recorded. At the email limit, runs are still recorded and can be decided in the console.
      </p>
    </div>
  );
}
