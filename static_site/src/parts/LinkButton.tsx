import { Button, Link as FluentLink, type ButtonProps } from "@fluentui/react-components";
import type { ReactElement, ReactNode } from "react";
import { useHref, useLinkClickHandler } from "react-router";

interface LinkButtonProps {
  to: string;
  children: ReactNode;
  appearance?: ButtonProps["appearance"];
  size?: ButtonProps["size"];
  icon?: ReactElement;
  iconPosition?: ButtonProps["iconPosition"];
  "aria-label"?: string;
}

/** A link within the site that looks like a button. */
export function LinkButton({ to, ...props }: LinkButtonProps) {
  return <Button as="a" href={useHref(to)} onClick={useLinkClickHandler<HTMLAnchorElement>(to)} {...props} />;
}

/** A link within the site that looks like a link. */
export function TextLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <FluentLink href={useHref(to)} onClick={useLinkClickHandler<HTMLAnchorElement>(to)}>
      {children}
    </FluentLink>
  );
}
