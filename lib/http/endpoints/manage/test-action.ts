import { testActionRequestSchema } from "@/lib/contract/manage-actions";
import { refuseInvalid } from "@/lib/http/parse-body";
import { sdkRoute } from "@/lib/http/route";
import { readActionDocument } from "@/lib/registered-actions/action-document";
import { testPolicy } from "@/lib/registered-actions/test-policy";

export const testManagedAction = sdkRoute({
  method: "POST",
  path: "/api/v1/manage/actions/:name/test",
  scope: "management",
  needs: "actions:read",
  body: { schema: testActionRequestSchema },
  async handler({ ctx, params: { name }, body: { tests, ...document } }) {
    const read = readActionDocument(name, document);
    return read.ok ? { ok: true, answer: await testPolicy(ctx, read.settings, tests) } : refuseInvalid(read.error);
  },
});
