export interface DocPage {
  /** The last part of its address; empty for the first page. */
  readonly slug: string;
  readonly title: string;
  /** One sentence: what one knows after it. */
  readonly summary: string;
  readonly group: "Start" | "Build" | "Operate" | "Reference";
}

/** Every page of the documentation, in the order in which it is read. */
export const DOC_PAGES = [
  { slug: "", title: "Overview", group: "Start", summary: "What the console does, what it never does, and when to use it." },
  {
    slug: "quickstart",
    title: "Quickstart",
    group: "Start",
    summary: "From nothing to one action, one run, one decision and one receipt.",
  },
  { slug: "concepts", title: "Core concepts", group: "Start", summary: "The few words that everything else is built from." },
  { slug: "python-sdk", title: "Python SDK", group: "Build", summary: "Install it, ask before you act, wait, and report." },
  {
    slug: "approval-flow",
    title: "Approval flow",
    group: "Build",
    summary: "What happens when a person has to decide, and what every status means.",
  },
  { slug: "action-runner", title: "Action runner", group: "Build", summary: "Store what waits for approval and run it afterwards, once." },
  {
    slug: "webhooks",
    title: "Webhooks",
    group: "Build",
    summary: "Be told what happens to runs instead of asking: verify it, answer it, and wake a runner.",
  },
  { slug: "receipts", title: "Receipts", group: "Build", summary: "The six questions a receipt answers, and what it does not prove." },
  { slug: "limits", title: "Limits", group: "Operate", summary: "How much of everything, what happens at a limit, and who can change it." },
  {
    slug: "security",
    title: "Security",
    group: "Operate",
    summary: "What the console promises, in plain words, and what it leaves to you.",
  },
  { slug: "self-hosting", title: "Self-hosting", group: "Operate", summary: "Start it, set it up, back it up, upgrade it." },
  { slug: "troubleshooting", title: "Troubleshooting", group: "Operate", summary: "What you see, why, and what to do about it." },
  {
    slug: "api",
    title: "API reference",
    group: "Reference",
    summary: "Every operation of the governance API, with its fields, answers and errors.",
  },
  { slug: "errors", title: "Error codes", group: "Reference", summary: "Every error code: its HTTP status, what it means and what to do." },
] as const satisfies readonly DocPage[];

export type DocSlug = (typeof DOC_PAGES)[number]["slug"];

export const DOC_GROUPS = ["Start", "Build", "Operate", "Reference"] as const;

export function docPath(slug: DocSlug): string {
  return slug === "" ? "/docs" : `/docs/${slug}`;
}

export function requireDocPage(slug: DocSlug): (typeof DOC_PAGES)[number] {
  const page = DOC_PAGES.find((candidate) => candidate.slug === slug);
  if (page === undefined) throw new Error(`There is no documentation page ${slug}.`);
  return page;
}

/** The pages before and after, in reading order. */
export function neighboursOf(slug: DocSlug): {
  previous: (typeof DOC_PAGES)[number] | undefined;
  next: (typeof DOC_PAGES)[number] | undefined;
} {
  const at = DOC_PAGES.findIndex((page) => page.slug === slug);
  return { previous: DOC_PAGES[at - 1], next: DOC_PAGES[at + 1] };
}
