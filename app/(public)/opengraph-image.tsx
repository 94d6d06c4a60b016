import { ImageResponse } from "next/og";

export const alt = "Your agent asks before it acts. DAAI Console.";
export const size = { width: 1200, height: 630 };
export const contentType = "image/png";

/** What a link to the console looks like where links have pictures. It is drawn here, from nothing else. */
export default function OpenGraphImage() {
  return new ImageResponse(
    <div
      style={{
        display: "flex",
        flexDirection: "column",
        justifyContent: "space-between",
        width: "100%",
        height: "100%",
        padding: 80,
        background: "#fafaf8",
        color: "#1b1a18",
      }}
    >
      <div style={{ display: "flex", alignItems: "center", gap: 20, fontSize: 36 }}>
        <svg width="48" height="48" viewBox="0 0 18 18">
          <rect fill="#1b1a18" x="1" y="1" width="4" height="16" rx="1" />
          <path fill="#1b559f" d="M7 1h2a8 8 0 0 1 0 16H7z" />
        </svg>
        DAAI Console
      </div>
      <div style={{ display: "flex", flexDirection: "column", gap: 28 }}>
        <div style={{ display: "flex", flexDirection: "column", fontSize: 104, lineHeight: 1.05, letterSpacing: "-0.035em" }}>
          <span>Your agent asks</span>
          <span>before it acts</span>
        </div>
        <div style={{ display: "flex", fontSize: 31, color: "#57554f" }}>
          A policy decides, or a person does. A receipt records what happened.
        </div>
      </div>
    </div>,
    size,
  );
}
