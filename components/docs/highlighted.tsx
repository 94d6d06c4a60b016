import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import { common, createLowlight } from "lowlight";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";

const lowlight = createLowlight(common);

/** Code in colours, made on the server. */
export function Highlighted({ language, code }: { language: "bash" | "json" | "python"; code: string }) {
  return <code className={`language-${language}`}>{toJsxRuntime(lowlight.highlight(language, code), { Fragment, jsx, jsxs })}</code>;
}
