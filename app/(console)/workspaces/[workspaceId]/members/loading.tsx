import { Card, CardHeader } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingWords, Skeleton } from "@/components/ui/skeleton";

export default function LoadingMembers() {
  return (
    <Page>
      <LoadingWords what="the members" />
      <PageHeader title="Members" description="The people in this workspace, and what they may do." />
      <Card>
        <CardHeader title="Members" />
        <ul className="divide-y divide-line">
          {[1, 2, 3, 4].map((row) => (
            <li className="flex h-14 items-center gap-3 px-4" key={row}>
              <span className="size-7 flex-none rounded-full bg-pressed" />
              <Skeleton className="w-48" />
            </li>
          ))}
        </ul>
      </Card>
    </Page>
  );
}
