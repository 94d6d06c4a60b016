import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { openApiDocument } from "@/lib/contract/openapi";
import { apiOperations, apiSharedSchemas } from "@/lib/docs/api-operations";
import { apiWebhooks } from "@/lib/docs/api-webhooks";
import { ApiReference } from "./api-reference";

const api = openApiDocument("https://console.example.com");
const html = renderToStaticMarkup(
  <ApiReference
    operations={apiOperations(api)}
    webhooks={apiWebhooks(api)}
    schemas={apiSharedSchemas(api)}
    baseUrl="https://console.example.com/api"
  />,
);
const anchors = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);

it("keeps the anchor of a schema's former name", () => {
  expect(anchors).toEqual(expect.arrayContaining(["claim-options", "claim-wish"]));
});

it("gives each anchor once", () => {
  expect(new Set(anchors).size).toBe(anchors.length);
});
