/** A key as the settings show it. */
export interface ShownKey {
  id: string;
  name: string;
  kind: "api" | "workspace";
  hint: string;
  /** A key that is on its way out has its successor already. */
  canRotate: boolean;
}
