import type { Metadata } from "next";
import { AgentKeys } from "@/components/coding-agents/agent-keys";
import { AgentSteps } from "@/components/coding-agents/agent-steps";
import { StarterPackList } from "@/components/coding-agents/starter-pack-list";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { CodeBlock } from "@/components/ui/code-block";
import { Link } from "@/components/ui/link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { SetupTabs } from "@/components/workspaces/setup-tabs";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { CODING_AGENT_LABELS } from "@/lib/domain/hooks/coding-agents";
import { getSetup } from "@/lib/overview/get-setup";
import { getStarterPacks } from "@/lib/registered-actions/get-starter-packs";
import { CODEX_INSTALL_SNIPPET, claudeCodeSettings } from "@/lib/words/hook-settings";
import { installSnippet } from "@/lib/words/shell-snippets";

export const metadata: Metadata = { title: "Coding agents" };

export default async function CodingAgentsPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx, role, workspace } = await requireMember(workspaceId);
  const [{ baseUrl, wheelUrl }, packs] = await Promise.all([getSetup(ctx), getStarterPacks(ctx)]);
  const settings = {
    claude_code: {
      title: "Paste this into its settings",
      body: (
        <>
          <p>
            Into <code className="font-mono text-xs text-ink">~/.claude/settings.json</code> for all your projects, or into a project’s{" "}
            <code className="font-mono text-xs text-ink">.claude/settings.json</code>. It needs Claude Code 2.1.295 or later: earlier
            versions run a call when the console is away.
          </p>
          <CodeBlock title="settings.json" language="json" code={claudeCodeSettings(baseUrl)} copyLabel="Copy settings" />
          <p>Allowed calls run without Claude Code’s own prompt. Its deny and ask rules still apply.</p>
        </>
      ),
    },
    codex: {
      title: "Install its hooks",
      body: (
        <>
          <CodeBlock title="Shell, Python 3.9 or later" language="bash" code={`${installSnippet(wheelUrl)}\n${CODEX_INSTALL_SNIPPET}`} />
          <p>
            <code className="font-mono text-xs text-ink">--dry-run</code> only shows what it would write. Afterwards, open{" "}
            <code className="font-mono text-xs text-ink">/hooks</code> in Codex and trust the new hooks: until then, Codex skips them.
          </p>
        </>
      ),
    },
  } as const;
  return (
    <Page>
      <Crumbs
        items={[
          { label: workspace.name, href: `/workspaces/${workspaceId}` },
          { label: "Setup", href: `/workspaces/${workspaceId}/setup` },
          { label: "Coding agents" },
        ]}
      />
      <PageHeader
        title="Coding agents"
        description="Commands and changes to files are decided before they run, and reported afterwards. When the console is away, nothing runs."
      />
      <SetupTabs workspaceId={workspaceId} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        {packs.map((pack) => (
          <AgentSteps
            key={pack.agent}
            id={pack.agent}
            title={CODING_AGENT_LABELS[pack.agent]}
            note={pack.agent === "codex" ? "command hook" : "http hook"}
            steps={[
              {
                title: "Add its actions",
                body: <StarterPackList workspaceId={workspaceId} pack={pack} mayManageActions={isPermitted(role, "action.manage")} />,
              },
              { title: "Start it with your keys in the environment", body: <AgentKeys workspaceId={workspaceId} baseUrl={baseUrl} /> },
              settings[pack.agent],
            ]}
          />
        ))}
      </div>
      <p className="mt-4 text-muted">
        <Link className="text-link" href="/docs/coding-agents">
          How coding agents are governed
        </Link>
        : what happens to a call, headless sessions, MCP tools and what isn’t covered.
      </p>
    </Page>
  );
}
