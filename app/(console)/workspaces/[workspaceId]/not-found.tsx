import { FileQuestionMark } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";

export default function ConsoleNotFoundPage() {
  return (
    <Page>
      <title>Page not found · DAAI Console</title>
      <EmptyState icon={FileQuestionMark} title="There is no such page" level={1} action={<ButtonLink href="/home">Go home</ButtonLink>}>
        It does not exist, or it belongs to a workspace of which you are not a member.
      </EmptyState>
    </Page>
  );
}
