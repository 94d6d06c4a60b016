import { describe, expect, it } from "vitest";
import { interceptRequestSchema } from "@/lib/contract/intercept";
import { PAYLOAD_MAX_BYTES } from "@/lib/domain/access/limits";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import { INJECTIONS, injectedProposal } from "./injection-corpus";

describe("the injection corpus", () => {
  it.each(INJECTIONS)("can be proposed as it is, and is warned of: $name", ({ text, warning }) => {
    const proposal = injectedProposal(text);
    expect(() => interceptRequestSchema.parse({ action: "pay_supplier", ...proposal })).not.toThrow();
    expect(Buffer.byteLength(JSON.stringify(proposal.payload))).toBeLessThanOrEqual(PAYLOAD_MAX_BYTES);
    const { warnings } = inspectText(text);
    if (warning === null) expect(warnings).toEqual([]);
    else expect(warnings.join(" ")).toContain(warning);
  });
});
