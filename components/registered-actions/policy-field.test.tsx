import type { ReactNode } from "react";
import { prerender } from "react-dom/static";
import { FormProvider, useForm } from "react-hook-form";
import { describe, expect, it } from "vitest";
import { POLICIES } from "@/lib/domain/policy/policies";
import { POLICY_TYPES, type PolicyType } from "@/lib/domain/policy/policy-types";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import { PolicyField } from "./policy-field";

function InForm({ type, children }: { type: PolicyType; children: ReactNode }) {
  const form = useForm<TypedAction>({
    defaultValues: { policy: { type, threshold: "", currency: "", amountField: "amount", currencyField: "currency" } },
  });
  return <FormProvider {...form}>{children}</FormProvider>;
}

async function html(type: PolicyType) {
  const { prelude } = await prerender(
    <InForm type={type}>
      <PolicyField proposed={null} groups={[]} mayName />
    </InForm>,
  );
  return new Response(prelude).text();
}

const offered = (text: string) => [...text.matchAll(/type="radio"[^>]* value="([^"]*)"/g)].map(([, value]) => value);

describe("the choice of a policy", () => {
  it("offers every type once, those that decide at once in a group of their own", async () => {
    const [asking = "", atOnce = ""] = (await html("always_allow")).split("</fieldset>");
    expect(offered(asking)).toEqual(POLICY_TYPES.filter((type) => POLICIES[type].asksPeople !== "never"));
    expect(offered(atOnce)).toEqual(POLICY_TYPES.filter((type) => POLICIES[type].asksPeople === "never"));
  });

  it.each(POLICY_TYPES)("%s asks for what it reads, and for nothing else", async (type) => {
    const { reads } = POLICIES[type];
    const page = await html(type);
    expect(page.includes('name="policy.threshold"')).toBe(reads.what === "amount");
    expect(page.includes('name="policy.rules.otherwise"')).toBe(reads.what === "rules");
    expect(page.includes("Your app includes it in the payload")).toBe(reads.what === "signal");
    if (reads.what === "signal") expect(page).toContain(`&quot;${reads.field}&quot;: ${String(!reads.asksWhen)}`);
  });
});
