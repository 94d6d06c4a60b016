import type { CSSProperties } from "react";

const SANS = "Geist,Inter,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif";
const MONO = "'Geist Mono',ui-monospace,Menlo,Consolas,monospace";
const INK = "#1b1a18";
const MUTED = "#57554f";
const LINE = "1px solid #e8e7e2";
const WAIT = { border: "1px solid #ecd6a6", backgroundColor: "#fdf4e3", color: "#7d4a08" } as const;
const WRAP = { wordBreak: "break-word" } as const;

/** Mail programs need inline styles: the light theme, with the values of the design tokens. */
export const MAIL_STYLE = {
  ink: { color: INK },
  muted: { color: MUTED },
  canvas: { margin: 0, padding: "24px 12px 40px", backgroundColor: "#fafaf8" },
  preheader: { display: "none", maxHeight: 0, overflow: "hidden", opacity: 0 },
  container: { width: "100%", maxWidth: 600, fontFamily: SANS },
  brand: { margin: 0, padding: "0 4px 16px", fontSize: 14, lineHeight: "20px", color: INK, ...WRAP },
  paper: { backgroundColor: "#ffffff", border: "1px solid #d6d5ce", borderRadius: 12, padding: "28px 32px" },
  badge: { display: "inline-block", padding: "3px 10px", borderRadius: 6, fontSize: 13, lineHeight: "18px", fontWeight: 500, ...WAIT },
  risk: { fontSize: 13, lineHeight: "24px", color: MUTED },
  headline: { margin: "14px 0 0", fontSize: 20, lineHeight: "28px", fontWeight: 600, letterSpacing: "-0.01em", color: INK, ...WRAP },
  firstHeadline: { margin: 0, fontSize: 20, lineHeight: "28px", fontWeight: 600, letterSpacing: "-0.01em", color: INK, ...WRAP },
  paragraph: { margin: "10px 0 0", fontSize: 15, lineHeight: "23px", color: INK, ...WRAP },
  verbatim: {
    margin: "12px 0 0",
    padding: "10px 12px",
    backgroundColor: "#f7f7f4",
    border: "1px solid #d6d5ce",
    borderRadius: 6,
    fontFamily: MONO,
    fontSize: 12,
    lineHeight: "18px",
    color: INK,
    whiteSpace: "pre-wrap",
    wordBreak: "break-all",
  },
  link: { color: "#1b559f", textDecoration: "underline" },
  facts: { margin: "20px 0 0", borderTop: LINE, borderBottom: LINE },
  firstFact: { padding: "14px 20px 14px 0", verticalAlign: "top" },
  secondFact: { padding: "14px 0 14px 20px", borderLeft: LINE, verticalAlign: "top" },
  label: { margin: 0, fontSize: 13, lineHeight: "18px", color: MUTED, ...WRAP },
  amount: { margin: "4px 0 0", fontSize: 26, lineHeight: "34px", fontWeight: 600, letterSpacing: "-0.02em", color: INK, ...WRAP },
  currency: { fontSize: 15, fontWeight: 500, letterSpacing: 0, color: MUTED },
  recipient: { margin: "6px 0 0", fontSize: 16, lineHeight: "24px", fontWeight: 600, color: INK, ...WRAP },
  buttonRow: { margin: "20px 0 0" },
  button: { padding: "13px 28px", backgroundColor: "#1b559f", borderRadius: 8, color: "#ffffff", fontSize: 16, fontWeight: 600 },
  note: { margin: "12px 0 0", fontSize: 14, lineHeight: "20px", color: MUTED, ...WRAP },
  words: { margin: "24px 0 0", backgroundColor: "#f7f7f4", border: "1px dashed #89877e", borderRadius: 8, padding: "12px 16px 14px" },
  wordsText: { margin: "6px 0 0", fontSize: 15, lineHeight: "23px", color: INK, ...WRAP },
  wordsSource: { margin: "6px 0 0", fontSize: 13, lineHeight: "18px", color: MUTED, ...WRAP },
  heading: { margin: "24px 0 6px", fontSize: 15, lineHeight: "22px", fontWeight: 600, color: INK },
  reason: { margin: "0 0 10px", fontSize: 14, lineHeight: "21px", color: INK, ...WRAP },
  rows: { tableLayout: "fixed", fontFamily: MONO, fontSize: 13, lineHeight: "20px" },
  name: { padding: "8px 12px 8px 0", borderTop: LINE, verticalAlign: "top", color: MUTED, ...WRAP },
  value: { padding: "8px 0", borderTop: LINE, verticalAlign: "top", color: INK, ...WRAP },
  hidden: { padding: "0 4px", borderRadius: 3, fontFamily: MONO, fontSize: 11, fontWeight: 500, letterSpacing: 0, ...WAIT },
  warning: { margin: "2px 0 0", fontFamily: SANS, fontSize: 12, lineHeight: "18px", color: "#7d4a08" },
  footer: { margin: 0, padding: "20px 4px 0", fontSize: 13, lineHeight: "20px", color: MUTED, ...WRAP },
} as const satisfies Record<string, CSSProperties>;

/** What inline styles can't express: the dark theme and narrow windows. Must not contain quotes or angle brackets. */
export const MAIL_SHEET = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .bg, .bg td { background-color: #111110 !important; }
  .bg .paper { background-color: #181817 !important; border-color: #393935 !important; }
  .bg .inset { background-color: #121211 !important; border-color: #74726b !important; }
  .bg .paper td { background-color: transparent !important; }
  .bg .ink { color: #eeeeea !important; }
  .bg .muted { color: #b0aea6 !important; }
  .bg .line { border-color: #282825 !important; }
  .bg .wait { background-color: #291e0c !important; border-color: #57421a !important; color: #eebb62 !important; }
  .bg .warn { color: #eebb62 !important; }
  .bg .button { background-color: #2a69ba !important; }
  .bg .link { color: #8ab8f2 !important; }
}
@media (max-width: 480px) {
  .pad { padding: 24px 20px !important; }
  .stack { display: block !important; width: 100% !important; padding: 10px 0 !important; border-left: 0 !important; }
}
`;
