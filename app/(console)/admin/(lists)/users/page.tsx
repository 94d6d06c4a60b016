import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import { validate as isUuid } from "uuid";
import { AdminFrame } from "@/components/admin/admin-frame";
import { SearchForm } from "@/components/admin/search-form";
import { UserList } from "@/components/admin/user-list";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { OlderNewer } from "@/components/ui/older-newer";
import { requireOperator } from "@/lib/auth/require-operator";
import { readSearchWords } from "@/lib/domain/text/read-search-words";
import { listUsers } from "@/lib/users/list-users";

export const metadata: Metadata = { title: "Users" };

const PAGE_SIZE = 50;

/** Every account of this console. */
export default async function UsersPage({
  searchParams,
}: {
  searchParams: Promise<{ q?: string | string[]; before?: string | string[] }>;
}) {
  const ctx = await requireOperator();
  const { q, before: beforeText } = await searchParams;
  const words = readSearchWords(q);
  const before = typeof beforeText === "string" && isUuid(beforeText) ? beforeText : undefined;
  const { users, hasMore } = await listUsers(ctx, { search: words, before }, PAGE_SIZE);
  const last = users.at(-1);
  const address = (place: Record<string, string>) =>
    `/admin/users?${new URLSearchParams({ ...(words !== "" && { q: words }), ...place }).toString()}`;

  return (
    <AdminFrame tab="Users">
      <SearchForm action="/admin/users" label="Address or name" words={words} />
      <Card className="overflow-hidden" aria-label="Users">
        {users.length > 0 ? (
          <UserList users={users} />
        ) : (
          <EmptyState icon={SearchX} title="No accounts match" action={<ButtonLink href="/admin/users">Clear search</ButtonLink>}>
            No account has these words in its address or name.
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
