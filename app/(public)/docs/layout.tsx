import type { ReactNode } from "react";
import { DocsMenu } from "@/components/docs/docs-menu";
import { DocsNav } from "@/components/docs/docs-nav";
import { DocsSearch } from "@/components/docs/docs-search";
import { SiteFooter } from "@/components/site/site-footer";
import { SiteHeader } from "@/components/site/site-header";
import { isSignedIn } from "@/lib/auth/is-signed-in";

export default async function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SiteHeader isSignedIn={await isSignedIn()} isSticky>
        <DocsSearch />
      </SiteHeader>
      <DocsMenu />
      <div className="mx-auto grid max-w-[1312px] px-5 sm:px-6 md:grid-cols-[216px_minmax(0,1fr)] md:gap-x-10 lg:gap-x-14">
        <div className="sticky top-14 hidden max-h-[calc(100dvh-3.5rem)] self-start overflow-y-auto py-8 md:-ml-3 md:block">
          <DocsNav />
        </div>
        {children}
      </div>
      <SiteFooter isWide />
    </>
  );
}
