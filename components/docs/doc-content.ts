import * as actionRunner from "@/components/docs/content/action-runner.mdx";
import * as aiSdk from "@/components/docs/content/ai-sdk.mdx";
import * as approvalFlow from "@/components/docs/content/approval-flow.mdx";
import * as claudeAgent from "@/components/docs/content/claude-agent.mdx";
import * as codingAgents from "@/components/docs/content/coding-agents.mdx";
import * as concepts from "@/components/docs/content/concepts.mdx";
import * as crewai from "@/components/docs/content/crewai.mdx";
import * as fastmcp from "@/components/docs/content/fastmcp.mdx";
import * as freezes from "@/components/docs/content/freezes.mdx";
import * as langgraph from "@/components/docs/content/langgraph.mdx";
import * as langgraphJs from "@/components/docs/content/langgraph-js.mdx";
import * as limits from "@/components/docs/content/limits.mdx";
import * as management from "@/components/docs/content/management.mdx";
import * as mastra from "@/components/docs/content/mastra.mdx";
import * as mcpGateway from "@/components/docs/content/mcp-gateway.mdx";
import * as openaiAgents from "@/components/docs/content/openai-agents.mdx";
import * as openaiAgentsJs from "@/components/docs/content/openai-agents-js.mdx";
import * as overview from "@/components/docs/content/overview.mdx";
import * as policies from "@/components/docs/content/policies.mdx";
import * as policyFiles from "@/components/docs/content/policy-files.mdx";
import * as pydanticAi from "@/components/docs/content/pydantic-ai.mdx";
import * as pythonSdk from "@/components/docs/content/python-sdk.mdx";
import * as quickstart from "@/components/docs/content/quickstart.mdx";
import * as receipts from "@/components/docs/content/receipts.mdx";
import * as security from "@/components/docs/content/security.mdx";
import * as selfHosting from "@/components/docs/content/self-hosting.mdx";
import * as testing from "@/components/docs/content/testing.mdx";
import * as troubleshooting from "@/components/docs/content/troubleshooting.mdx";
import * as typescriptSdk from "@/components/docs/content/typescript-sdk.mdx";
import * as webhooks from "@/components/docs/content/webhooks.mdx";
import type { DocSlug } from "@/lib/docs/doc-pages";

/** The pages that are written; the reference pages are made from the contract. */
export const DOC_CONTENT = {
  "": overview,
  quickstart,
  concepts,
  policies,
  "python-sdk": pythonSdk,
  "typescript-sdk": typescriptSdk,
  "ai-sdk": aiSdk,
  langgraph,
  "openai-agents": openaiAgents,
  "openai-agents-js": openaiAgentsJs,
  "langgraph-js": langgraphJs,
  mastra,
  "pydantic-ai": pydanticAi,
  "claude-agent": claudeAgent,
  crewai,
  fastmcp,
  "mcp-gateway": mcpGateway,
  "coding-agents": codingAgents,
  testing,
  "approval-flow": approvalFlow,
  freezes,
  "action-runner": actionRunner,
  webhooks,
  management,
  "policy-files": policyFiles,
  receipts,
  limits,
  security,
  "self-hosting": selfHosting,
  troubleshooting,
} as const satisfies Partial<Record<DocSlug, unknown>>;

export type WrittenSlug = keyof typeof DOC_CONTENT;

export function isWrittenSlug(slug: string): slug is WrittenSlug {
  return Object.hasOwn(DOC_CONTENT, slug);
}
