import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { VersionCompare } from "./version-compare";

const version = (number: number, stages: string[]) => ({
  version: number,
  rule: {
    type: "always_require_approval" as const,
    threshold: null,
    currency: null,
    amountField: "amount",
    currencyField: "currency",
    rules: null,
    rulesHash: null,
  },
  stages,
  createdBy: "ann@example.com",
  createdAt: new Date(),
});

it("shows how many had to approve by each version, and marks where that is all that changed", () => {
  const stages = ["2 of ann@example.com, ben@example.com", "1 of board@example.com"];
  const html = renderToStaticMarkup(
    <VersionCompare
      workspaceId="w"
      name="wire"
      configVersion={2}
      versions={[version(2, stages), version(1, [])]}
      mayManage={false}
      needsAnotherPerson={false}
    />,
  );
  const [, row = ""] = html.match(/<tr[^>]*>(?:(?!<\/tr>).)*Approvals needed(.*?)<\/tr>/s) ?? [];
  expect(row).toContain("changed");
  expect([...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, text]) => text)).toEqual(["1", `${stages[0]},\nthen ${stages[1]}`]);
  expect(html.match(/>changed</g)).toHaveLength(1);
});
