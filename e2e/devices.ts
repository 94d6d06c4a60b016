/** On which a journey is walked: their names and the sizes of their windows, in CSS pixels. */
export const DEVICES = [
  ["desktop", { width: 1280, height: 900 }],
  ["phone", { width: 390, height: 844 }],
] as const;
