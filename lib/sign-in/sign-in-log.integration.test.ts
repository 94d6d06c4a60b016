import { afterEach, expect, test, vi } from "vitest";
import { operatorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { logger } from "@/lib/logger";
import { createUser } from "@/lib/users/create-user";
import { nextAuthOptions } from "./next-auth-options";

const PASSWORD = "four words in a row";
type Authorize = (credentials: Record<string, string>, request: { headers: Record<string, string> }) => Promise<{ id: string }>;

/** Signs in as a form of the page does. */
function signIn(provider: "password" | "link", credentials: Record<string, string>) {
  const options = nextAuthOptions().providers.map((each) => each.options as { id: string; authorize: Authorize });
  return options.find(({ id }) => id === provider)?.authorize(credentials, { headers: {} });
}

afterEach(() => void vi.restoreAllMocks());

test("the log says who signed in and who was refused, from where and why, and nothing that was typed", async () => {
  await createUser(operatorContext(null), { email: "ann@example.com", password: PASSWORD });
  const { id } = await getDb().user.findUniqueOrThrow({ where: { email: "ann@example.com" } });
  const info = vi.spyOn(logger, "info").mockImplementation(() => undefined);
  const warn = vi.spyOn(logger, "warn").mockImplementation(() => undefined);
  await expect(signIn("password", { email: "ann@example.com", password: "a wrong guess" })).rejects.toThrow("wrong_credentials");
  await expect(signIn("password", { email: PASSWORD, password: "" })).rejects.toThrow("wrong_credentials");
  await expect(signIn("link", { token: "not-a-token" })).rejects.toThrow("invalid_link");
  await signIn("password", { email: "ann@example.com", password: PASSWORD });
  const from = { clientAddress: expect.any(String) };
  expect(warn.mock.calls).toEqual([
    [{ method: "password", reason: "wrong_credentials", ...from }, "sign-in refused"],
    [{ method: "password", reason: "wrong_credentials", ...from }, "sign-in refused"],
    [{ method: "link", reason: "invalid_link", ...from }, "sign-in refused"],
  ]);
  expect(info.mock.calls).toEqual([[{ method: "password", userId: id, ...from }, "signed in"]]);
});
