import { DaaiPayloadError } from "./errors";
import { first } from "./explanation";
import { errorMessage, isPlainObject, type JsonObjectForm, jsonObject, wellFormed } from "./payload";

/**
 * Whatever a function returned, in a form that can be reported: an object as it is, nothing as an empty object, anything else under
 * "result". What has no JSON form, or is too large, is replaced by a note.
 */
export function reportable(result: unknown): JsonObjectForm {
  if (result === undefined || result === null) return {};
  try {
    return jsonObject(isPlainObject(result) || result instanceof Map ? result : { result }, "execution_result");
  } catch (problem) {
    // Others' toJSON can throw anything.
    const note = problem instanceof DaaiPayloadError ? problem.message : `execution_result can't be read: ${errorText(problem)}`;
    return { result_omitted: first(wellFormed(note), 1_000) };
  }
}

/** A generator would run later, as it is consumed. */
export function isGenerator(act: unknown): boolean {
  return /Generator/.test(Object.prototype.toString.call(act));
}

/** `Type: message`, cut at 4,000 characters. */
export function errorText(error: unknown): string {
  try {
    if (!(error instanceof Error)) return errorMessage(String(error));
    // A class that only extends Error leaves it the name of Error.
    const name = (error.name === "Error" && error.constructor.name) || error.name;
    return errorMessage(error.message ? `${name}: ${error.message}` : name);
  } catch {
    return "an error whose message can't be shown";
  }
}
