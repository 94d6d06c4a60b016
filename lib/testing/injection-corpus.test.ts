import { describe, expect, it } from "vitest";
import { newKeySchema } from "@/lib/api-keys/schema";
import { interceptRequestSchema } from "@/lib/contract/intercept";
import { PAYLOAD_MAX_BYTES } from "@/lib/domain/access/limits";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import { joinSchema } from "@/lib/members/schema";
import { actionSchema } from "@/lib/registered-actions/schema";
import { renameSchema, signUpSchema } from "@/lib/users/schema";
import { workspaceNamesSchema } from "@/lib/workspaces/schema";
import { INJECTIONS, injectedProposal } from "./injection-corpus";

/** Every name that a person gives, and what it is read by. */
const NAMES: Readonly<Record<string, (name: string) => { success: boolean }>> = {
  "a workspace": (name) => workspaceNamesSchema.safeParse({ name, clientName: "Client" }),
  "a client": (clientName) => workspaceNamesSchema.safeParse({ name: "Workspace", clientName }),
  "a key": (name) => newKeySchema.safeParse({ kind: "api", name }),
  "an action": (title) => actionSchema.safeParse({ name: "pay", title, policy: { type: "always_allow" } }),
  "a person": (name) => renameSchema.safeParse({ name }),
  "a person who signs up": (name) => signUpSchema.safeParse({ name, email: "ann@example.com", password: "long enough for this" }),
  "a person who joins": (name) => joinSchema.safeParse({ token: "x", name, password: "long enough for this" }),
};

describe("names that people give", () => {
  it.each(Object.entries(NAMES))("%s has none with a line break or a character that does not show", (_, isName) => {
    expect(isName("Finance & Co. 👩‍💻").success).toBe(true);
    const hidden = INJECTIONS.map(({ text }) => [...text].slice(0, 100).join("").trim()).filter((text) =>
      /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text),
    );
    expect(hidden.length).toBeGreaterThan(8);
    for (const text of hidden) expect({ text, isName: isName(text).success }).toEqual({ text, isName: false });
  });
});

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
