import { inConsole } from "@/lib/net/base-path";

const SIZES = { desktop: [1440, 900], phone: [390, 844] } as const;

/** A picture of the console, made by `npm run screenshots`: the one that fits the theme. */
export function Screenshot({ name, window = "desktop", alt }: { name: string; window?: keyof typeof SIZES; alt: string }) {
  const [width, height] = SIZES[window];
  return (
    <figure className={`overflow-hidden rounded-xl border border-line-strong shadow-card ${window === "phone" ? "max-w-[320px]" : ""}`}>
      {(["light", "dark"] as const).map((theme) => (
        <picture className={theme === "light" ? "theme-dark:hidden" : "hidden theme-dark:block"} key={theme}>
          <img
            className="h-auto w-full"
            src={inConsole(`/screenshots/${name}-${window}-${theme}.webp`)}
            width={width}
            height={height}
            alt={alt}
            loading="lazy"
          />
        </picture>
      ))}
    </figure>
  );
}
