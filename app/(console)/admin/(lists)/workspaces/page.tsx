import { LayoutGrid, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { validate as isUuid } from "uuid";
import { AdminFrame } from "@/components/admin/admin-frame";
import { SearchForm } from "@/components/admin/search-form";
import { WorkspaceList } from "@/components/admin/workspace-list";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { OlderNewer } from "@/components/ui/older-newer";
import { requireOperator } from "@/lib/auth/require-operator";
import { readSearchWords } from "@/lib/domain/text/read-search-words";
import { listAllWorkspaces } from "@/lib/workspaces/list-all-workspaces";

export const metadata: Metadata = { title: "Workspaces" };

const PAGE_SIZE = 50;

/** Every workspace of this console: whose it is and how busy, not what happens in it. */
export default async function AllWorkspacesPage({
  searchParams,
}: {
  searchParams: Promise<{ q?: string | string[]; before?: string | string[] }>;
}) {
  const ctx = await requireOperator();
  const { q, before: beforeText } = await searchParams;
  const words = readSearchWords(q);
  const before = typeof beforeText === "string" && isUuid(beforeText) ? beforeText : undefined;
  const { workspaces, hasMore } = await listAllWorkspaces(ctx, { search: words, before }, PAGE_SIZE);
  const last = workspaces.at(-1);
  const address = (place: Record<string, string>) =>
    `/admin/workspaces?${new URLSearchParams({ ...(words !== "" && { q: words }), ...place }).toString()}`;

  return (
    <AdminFrame tab="Workspaces">
      <SearchForm action="/admin/workspaces" label="Name, client or owner" words={words} />
      <Card className="overflow-hidden" aria-label="Workspaces">
        {workspaces.length > 0 ? (
          <WorkspaceList workspaces={workspaces} />
        ) : words === "" ? (
          <EmptyState icon={LayoutGrid} title="No workspaces yet">
            Workspaces appear here once someone creates one.
          </EmptyState>
        ) : (
          <EmptyState icon={SearchX} title="No workspaces match" action={<ButtonLink href="/admin/workspaces">Clear search</ButtonLink>}>
            No workspace has these words in its name, its client or its owner’s address.
          </EmptyState>
        )}
        <OlderNewer
          newerHref={before === undefined ? null : address({})}
          olderHref={hasMore && last ? address({ before: last.id }) : null}
        />
      </Card>
    </AdminFrame>
  );
}
