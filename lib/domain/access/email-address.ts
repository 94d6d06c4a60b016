import { z } from "zod";

/** Addresses are compared without regard to case, so they are kept in lower case. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ error: "must be an email address" }));
