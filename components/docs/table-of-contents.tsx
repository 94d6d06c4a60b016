"use client";

import { useEffect, useState } from "react";
import type { DocSection } from "@/lib/docs/doc-section";

/** Below this part of the window a heading does not count as being read. */
const READING_LINE = 0.3;

/** The headings of the page; the one being read is marked. */
export function TableOfContents({ sections }: { sections: readonly DocSection[] }) {
  const current = useReadSection(sections);
  return (
    <nav aria-label="On this page">
      <p className="mb-2 text-xs font-medium text-subtle">On this page</p>
      <ul className="border-l border-line">
        {sections.map((section) => (
          <li key={section.id}>
            <a
              className={`-ml-px block border-l border-transparent py-1 text-sm leading-[18px] text-muted hover:text-ink focus-visible:-outline-offset-2 aria-[current=true]:border-live aria-[current=true]:text-live ${section.depth === 3 ? "pl-6" : "pl-3"}`}
              href={`#${section.id}`}
              aria-current={section.id === current ? "true" : undefined}
            >
              {section.title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function useReadSection(sections: readonly DocSection[]): string | undefined {
  const [current, setCurrent] = useState<string>();
  useEffect(() => {
    const find = () => {
      const line = innerHeight * READING_LINE;
      const passed = sections.filter(({ id }) => (document.getElementById(id)?.getBoundingClientRect().top ?? Infinity) < line);
      const isAtEnd = scrollY > 0 && innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
      setCurrent((isAtEnd ? sections.at(-1) : passed.at(-1))?.id);
    };
    find();
    addEventListener("scroll", find, { passive: true });
    addEventListener("resize", find, { passive: true });
    return () => {
      removeEventListener("scroll", find);
      removeEventListener("resize", find);
    };
  }, [sections]);
  return current;
}
