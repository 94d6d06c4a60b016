import { ImageResponse } from "next/og";

export const size = { width: 180, height: 180 };
export const contentType = "image/png";

/** The mark on paper, for home screens, which take no SVG. */
export default function AppleIcon() {
  return new ImageResponse(
    <div style={{ display: "flex", alignItems: "center", justifyContent: "center", width: "100%", height: "100%", background: "#fafaf8" }}>
      <svg width="112" height="112" viewBox="0 0 18 18">
        <rect fill="#1b1a18" x="1" y="1" width="4" height="16" rx="1" />
        <path fill="#1b559f" d="M7 1h2a8 8 0 0 1 0 16H7z" />
      </svg>
    </div>,
    size,
  );
}
