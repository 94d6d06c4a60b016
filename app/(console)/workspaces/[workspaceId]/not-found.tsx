import { NoSuchPage } from "@/components/shell/no-such-page";

export default function WorkspaceNotFoundPage() {
  return <NoSuchPage />;
}
