import { FileQuestionMark } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";

/** For whatever is not there, and whatever is not the reader's to see: the two look alike. */
export function NoSuchPage() {
  return (
    <Page>
      <title>Page not found · DAAI Console</title>
      <EmptyState icon={FileQuestionMark} title="There is no such page" level={1} action={<ButtonLink href="/home">Go home</ButtonLink>}>
        It does not exist, or it belongs to a workspace of which you are not a member.
      </EmptyState>
    </Page>
  );
}
