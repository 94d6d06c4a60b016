import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingWords, Skeleton } from "@/components/ui/skeleton";

export default function LoadingAccount() {
  return (
    <Page width="narrow">
      <LoadingWords what="your account" />
      <PageHeader title="Account" description="Your name, your delegate, your password and where you’re signed in." />
      <div className="grid gap-4">
        {["h-[221px]", "h-[304px]", "h-[216px]"].map((height) => (
          <div className={`rounded-lg border border-line bg-surface p-4 shadow-card ${height}`} key={height}>
            <Skeleton className="w-28" />
          </div>
        ))}
      </div>
    </Page>
  );
}
