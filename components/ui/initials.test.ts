import { expect, it } from "vitest";
import { initials } from "./initials";

it.each([
  ["Marta Lindqvist", "ML"],
  ["Anna Maria van der Berg", "AB"],
  ["support", "S"],
  ["tomas.ferreira@example.com", "TF"],
  ["Élodie", "É"],
  ["", ""],
])("of %j are %j", (name, letters) => {
  expect(initials(name)).toBe(letters);
});
