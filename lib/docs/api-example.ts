import type { JsonValue } from "@/lib/domain/json-value";

export interface ApiExample {
  readonly request?: JsonValue;
  readonly answer: JsonValue;
}
