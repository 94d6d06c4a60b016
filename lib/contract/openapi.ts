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
          "An agent asks before it acts. The console decides whether an action may run and records a receipt. It never runs the action. Fields may be added to responses, so ignore those you don't know.",
      },
      servers: [{ url: `${publicUrl.replace(/\/+$/, "")}/api` }],
      security: [{ apiKey: [], workspaceKey: [] }],
      tags: [
        { name: "SDK", description: "For agents and the apps that run their actions. Requires both keys of the same workspace." },
        { name: "Decisions", description: "For approvers, using the secret link in their email." },
        {
          name: "Management",
          description:
            "For programs that manage a workspace, such as `daai policy apply`. Requires a management key with the scope of each operation.",
        },
        { name: "Receipts", description: "For verifying receipts." },
        {
          name: "Webhooks",
          description: "What the console posts to your endpoints, signed according to the Standard Webhooks specification.",
        },
        { name: "Operation", description: "For operators." },
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
          managementKey: { type: "http", scheme: "bearer", description: "A management key, daai_mk_…" },
        },
      },
    },
    {
      override: ({ jsonSchema, io }) => {
        // Responses may gain fields, and a client generated from this document must not reject them.
        if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      },
    },
  );
}
