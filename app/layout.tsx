import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { RootFrame } from "@/components/site/root-frame";
import { THEME_COOKIE } from "@/components/ui/theme";
import { getEnv } from "@/lib/env";
import { cookieName } from "@/lib/net/base-path";
import { presentTime } from "@/lib/present-time";
import "./globals.css";

const DESCRIPTION = "A self-hosted governance console: your agent asks before it acts.";

/** A function, because the address is a setting of the running console and not of the build. */
export function generateMetadata(): Metadata {
  return { ...METADATA, metadataBase: new URL(getEnv().DAAI_PUBLIC_URL) };
}

const METADATA: Metadata = {
  title: { default: "DAAI Console", template: "%s · DAAI Console" },
  description: DESCRIPTION,
  openGraph: { type: "website", siteName: "DAAI Console", description: DESCRIPTION },
  // Names, numbers and addresses on these pages are data; no phone or mail program should make links of them.
  formatDetection: { telephone: false, date: false, address: false, email: false, url: false },
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafaf8" },
    { media: "(prefers-color-scheme: dark)", color: "#111110" },
  ],
};

/** Reading the cookie also makes every page dynamic, which the nonces of the content security policy need. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = (await cookies()).get(cookieName(getEnv().DAAI_PUBLIC_URL, THEME_COOKIE))?.value;
  return (
    <html
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      lang="en"
      data-public-url={getEnv().DAAI_PUBLIC_URL}
      data-theme={theme === "light" || theme === "dark" ? theme : undefined}
    >
      <body>
        <RootFrame at={(await presentTime()).getTime()}>{children}</RootFrame>
      </body>
    </html>
  );
}
