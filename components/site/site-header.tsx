import type { ReactNode } from "react";
import { ButtonAnchor } from "@/components/ui/button-anchor";
import { Link } from "@/components/ui/link";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { inConsole } from "@/lib/net/base-path";
import { Brand } from "./brand";

const LINK = "h-10 items-center rounded-lg px-3 text-md font-medium text-muted hover:bg-pressed hover:text-ink";

/** The head of the public pages, with a way past it for the keyboard. `children` is what a page adds, such as a search. */
export function SiteHeader({ isSignedIn, isSticky = false, children }: { isSignedIn: boolean; isSticky?: boolean; children?: ReactNode }) {
  return (
    <>
      <a className="absolute -top-16 left-2 z-30 rounded-md bg-accent px-3 py-2 text-md text-on-accent focus:top-2" href="#main">
        Skip to content
      </a>
      <header className={isSticky ? "sticky top-0 z-20 border-b border-line bg-canvas" : ""}>
        <div className={`mx-auto flex items-center gap-1 px-5 sm:px-6 ${isSticky ? "h-14 max-w-[1312px]" : "h-16 max-w-[1120px]"}`}>
          <Link className="mr-auto rounded-sm" href="/" prefetch={false}>
            <Brand />
          </Link>
          {children}
          <nav className="flex items-center gap-1" aria-label="Site">
            <Link className={`${LINK} ${isSticky ? "hidden sm:flex" : "flex"}`} href="/docs" prefetch={false}>
              Docs
            </Link>
            {isSignedIn ? null : (
              <a className={`${LINK} hidden sm:flex`} href={inConsole("/sign-in")}>
                Sign in
              </a>
            )}
          </nav>
          <ThemeToggle />
          <span className="ml-1">
            {isSignedIn ? (
              <ButtonAnchor href="/home">
                <span>
                  <span className="max-sm:sr-only">Open the </span>
                  <span className="max-sm:capitalize">console</span>
                </span>
              </ButtonAnchor>
            ) : (
              <>
                <ButtonAnchor className="max-sm:hidden" href="/sign-up">
                  Get started
                </ButtonAnchor>
                <ButtonAnchor className="sm:hidden" href="/sign-in">
                  Sign in
                </ButtonAnchor>
              </>
            )}
          </span>
        </div>
      </header>
    </>
  );
}
