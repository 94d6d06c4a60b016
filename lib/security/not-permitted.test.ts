import { notFound } from "next/navigation";
import { expect, it } from "vitest";
import { NotPermitted } from "./not-permitted";

it("is to Next what notFound() throws", () => {
  let thrown: unknown;
  try {
    notFound();
  } catch (error) {
    thrown = error;
  }
  expect(new NotPermitted("member.manage")).toMatchObject({ digest: (thrown as { digest: string }).digest });
});
