import type { Metadata } from "next";
import { validate as isUuid } from "uuid";
import { DecidedList } from "@/components/approvals/decided-list";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { OlderNewer } from "@/components/ui/older-newer";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { listDecided } from "@/lib/approvals/list-decided";
import { requireUser } from "@/lib/auth/require-user";
import { onePage } from "@/lib/domain/lists/one-page";

export const metadata: Metadata = { title: "Decided requests" };

const PAGE_SIZE = 50;
const PATH = "/approvals/decided";

/** What was decided lately, by the reader and by others. */
export default async function DecidedPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { by, before } = await searchParams;
  const ctx = await requireUser();
  const isOwn = by === "me";
  const beforeId = typeof before === "string" && isUuid(before) ? before : null;
  const found = await listDecided(ctx, { isOwn, beforeId, limit: PAGE_SIZE + 1 });
  const { shown: requests, next } = onePage(found, PAGE_SIZE, ({ decisionId }) => decisionId);
  const address = (query: Record<string, string>) => {
    const params = new URLSearchParams({ ...(isOwn && { by: "me" }), ...query });
    return params.size === 0 ? PATH : `${PATH}?${params.toString()}`;
  };
  return (
    <Page width="wide">
      <Crumbs items={[{ label: "Approvals", href: "/approvals" }, { label: "Decided" }]} />
      <RefreshWhenLive topics={["approvals"]} />
      <PageHeader title="Decided requests" actions={<ButtonLink href="/approvals">Pending requests</ButtonLink>} />
      <div className="mb-3">
        <Segmented
          label="Decided by"
          value={isOwn ? "me" : "everyone"}
          options={[
            { value: "everyone", label: "Everyone", href: PATH },
            { value: "me", label: "Me", href: `${PATH}?by=me` },
          ]}
        />
      </div>
      <Card className="overflow-hidden" aria-label="Decided requests">
        <DecidedList requests={requests} isOwn={isOwn} />
        <OlderNewer newerHref={beforeId === null ? null : address({})} olderHref={next === null ? null : address({ before: next })} />
      </Card>
    </Page>
  );
}
