import type { ReactNode } from "react";

const WIDTHS = { default: "max-w-[1264px]", wide: "max-w-none", narrow: "max-w-[784px]" } as const;

/** The content of a page inside the console: 1200 at most, 32 at the edge. */
export function Page({ width = "default", children }: { width?: keyof typeof WIDTHS; children: ReactNode }) {
  return (
    <div
      className={`mx-auto w-full px-8 pt-6 pb-12 max-xl:px-6 max-md:px-4 max-md:pt-4 max-md:pb-10 print:max-w-none print:p-0 ${WIDTHS[width]}`}
    >
      {children}
    </div>
  );
}
