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
  { slug: "concepts", title: "Core concepts", group: "Start", summary: "The few terms that everything else builds on." },
  {
    slug: "policies",
    title: "Policies",
    group: "Build",
    summary: "Write rules that decide by several facts, limit what runs add up to, and copy what works.",
  },
  { slug: "python-sdk", title: "Python SDK", group: "Build", summary: "Install it, ask before you act, wait and report." },
  {
    slug: "typescript-sdk",
    title: "TypeScript SDK",
    group: "Build",
    summary: "Ask from Node, Bun, Deno and edge runtimes: install it, wait and report.",
  },
  {
    slug: "ai-sdk",
    title: "Vercel AI SDK",
    group: "Build",
    summary: "Govern the tools of an AI SDK agent: three lines, and its conversations wait for people.",
  },
  {
    slug: "openai-agents-js",
    title: "OpenAI Agents JS",
    group: "Build",
    summary: "Have the tool calls of a TypeScript agent decided: they interrupt it, and it continues hours later in another process.",
  },
  {
    slug: "langgraph-js",
    title: "LangChain and LangGraph JS",
    group: "Build",
    summary: "Have the tool calls of a TypeScript agent decided: the graph waits, and continues hours later in another process.",
  },
  {
    slug: "mastra",
    title: "Mastra",
    group: "Build",
    summary:
      "Have the tool calls of a TypeScript agent decided: a pending one suspends the agent, which continues hours later in another process.",
  },
  {
    slug: "langgraph",
    title: "LangChain and LangGraph",
    group: "Build",
    summary: "Have the tool calls of an agent decided: the graph waits, and continues hours later in another process.",
  },
  {
    slug: "openai-agents",
    title: "OpenAI Agents SDK",
    group: "Build",
    summary: "Have the tool calls of an agent decided: they interrupt it, and it continues hours later in another process.",
  },
  {
    slug: "pydantic-ai",
    title: "Pydantic AI",
    group: "Build",
    summary: "Have the tool calls of an agent decided: they are deferred, and the conversation continues hours later in another process.",
  },
  {
    slug: "claude-agent",
    title: "Claude Agent SDK",
    group: "Build",
    summary: "Have the tool calls of an agent decided: a pending one is denied, and let through hours later in another process.",
  },
  {
    slug: "crewai",
    title: "CrewAI",
    group: "Build",
    summary:
      "Have the tool calls of a crew decided: a pending one waits, and runs when the crew is kicked off again, hours later in another process.",
  },
  {
    slug: "fastmcp",
    title: "FastMCP",
    group: "Build",
    summary: "Have the calls of your own MCP server's tools decided, with a middleware.",
  },
  {
    slug: "mcp-gateway",
    title: "MCP gateway",
    group: "Build",
    summary: "Put the console in front of an MCP server: every call of a tool is decided first.",
  },
  {
    slug: "coding-agents",
    title: "Coding agents",
    group: "Build",
    summary: "Have Claude Code and Codex ask before they run commands and change files.",
  },
  {
    slug: "testing",
    title: "Test your agent",
    group: "Build",
    summary: "Test without a console: policies, people and time as your test says.",
  },
  {
    slug: "approval-flow",
    title: "Approval flow",
    group: "Build",
    summary: "What happens when a person has to decide, and what every status means.",
  },
  {
    slug: "freezes",
    title: "Freezes",
    group: "Build",
    summary: "Stop a workspace, an action or an API key, see what may still be running, and thaw it.",
  },
  { slug: "action-runner", title: "Action runner", group: "Build", summary: "Store pending runs and execute them once they’re approved." },
  {
    slug: "webhooks",
    title: "Webhooks",
    group: "Build",
    summary: "Get notified about runs instead of polling: verify webhooks, respond, and wake a runner.",
  },
  {
    slug: "management",
    title: "Management API",
    group: "Build",
    summary: "Manage actions and their policies from a program, with keys of its own and named scopes.",
  },
  {
    slug: "policy-files",
    title: "Policy files",
    group: "Build",
    summary: "Keep policies in a git repository: test them, see what would change, and apply them.",
  },
  {
    slug: "receipts",
    title: "Receipts",
    group: "Build",
    summary: "The six questions a receipt answers, how to verify one, and what it doesn’t prove.",
  },
  { slug: "limits", title: "Limits", group: "Operate", summary: "Every limit, what happens when you reach it, and who can change it." },
  {
    slug: "security",
    title: "Security",
    group: "Operate",
    summary: "What the console promises, in plain words, and what’s left to you.",
  },
  { slug: "self-hosting", title: "Self-hosting", group: "Operate", summary: "Start, set up, back up and upgrade the console." },
  { slug: "troubleshooting", title: "Troubleshooting", group: "Operate", summary: "Common problems, their causes and how to fix them." },
  {
    slug: "api",
    title: "API reference",
    group: "Reference",
    summary: "Every operation of the governance API, with its fields, responses and errors.",
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
export function neighborsOf(slug: DocSlug): {
  previous: (typeof DOC_PAGES)[number] | undefined;
  next: (typeof DOC_PAGES)[number] | undefined;
} {
  const at = DOC_PAGES.findIndex((page) => page.slug === slug);
  return { previous: DOC_PAGES[at - 1], next: DOC_PAGES[at + 1] };
}
