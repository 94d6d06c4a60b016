import { FileQuestionMark } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";

/** For missing pages and those the reader may not see, which must look alike. */
export function NoSuchPage() {
  return (
    <Page>
      <title>Page not found · DAAI Console</title>
      <EmptyState icon={FileQuestionMark} title="Page not found" level={1} action={<ButtonLink href="/home">Go home</ButtonLink>}>
        It doesn’t exist, or it belongs to a workspace you’re not a member of.
      </EmptyState>
    </Page>
  );
}
