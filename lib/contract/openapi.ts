import { createDocument } from "zod-openapi";
import { openApiPaths } from "./openapi-paths";
import { openApiWebhooks } from "./openapi-webhooks";

/** The OpenAPI 3.1 document, made from the schemas that validate the requests. `publicUrl` is the console's origin. */
export function openApiDocument(publicUrl: string) {
  return createDocument(
    {
      openapi: "3.1.0",
      info: {
        title: "DAAI Console governance API",
        version: "1",
        description:
          "An agent asks before it acts. The console decides whether an action may run and keeps a receipt; it never runs the action. Fields may be added to answers, so ignore those you do not know.",
      },
      servers: [{ url: `${publicUrl.replace(/\/+$/, "")}/api` }],
      security: [{ apiKey: [], workspaceKey: [] }],
      tags: [
        { name: "SDK", description: "For agents and the apps that run their actions. Both keys, of the same workspace." },
        { name: "Decisions", description: "For approvers, by the secret link in their mail." },
        { name: "Receipts", description: "For whoever checks a receipt. Open to everybody." },
        { name: "Webhooks", description: "What the console posts to you, signed by the Standard Webhooks specification." },
        { name: "Operation", description: "For whoever runs the console." },
      ],
      paths: openApiPaths(),
      webhooks: openApiWebhooks(),
      components: {
        securitySchemes: {
          apiKey: { type: "http", scheme: "bearer", description: "The API key, daai_sk_…" },
          workspaceKey: {
            type: "apiKey",
            in: "header",
            name: "X-DAAI-Workspace-Key",
            description: "The workspace key, daai_wk_…",
          },
        },
      },
    },
    {
      override: ({ jsonSchema, io }) => {
        // Answers may gain fields; a client made from this document must not refuse them.
        if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      },
    },
  );
}
