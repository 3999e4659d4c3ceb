import { Button } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { Nothing } from "../parts/States";
import { texts } from "../texts";

function Broken() {
  return (
    <Nothing title={texts.errors.brokenTitle} actions={<Button onClick={() => window.location.reload()}>{texts.errors.reload}</Button>}>
      {texts.errors.unknown}
    </Nothing>
  );
}

/** Instead of an empty page: what is to be done when a page fails, or its files have been replaced by a newer version's.
 *  Another `page` is shown again. */
export function BreakStop({ children, page }: { children: ReactNode; page?: string }) {
  return (
    <ErrorBoundary FallbackComponent={Broken} resetKeys={[page]}>
      {children}
    </ErrorBoundary>
  );
}
