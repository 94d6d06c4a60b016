import { ButtonAnchor, type ButtonAnchorProps, ButtonWords } from "./button-anchor";
import { buttonStyle } from "./button-style";
import { Link } from "./link";

/** A link that looks like a button. */
export function ButtonLink({ download, ...link }: ButtonAnchorProps) {
  if (download !== undefined) return <ButtonAnchor {...link} download={download} />;
  const { variant = "plain", size = "md", icon, className, children, ...rest } = link;
  return (
    <Link {...rest} className={buttonStyle(variant, size, className)}>
      <ButtonWords icon={icon}>{children}</ButtonWords>
    </Link>
  );
}
