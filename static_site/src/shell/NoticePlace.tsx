import { Suspense, useState } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { lazily } from "../parts/lazily";
import { useUnsaid } from "../parts/notices";

const load = () => import("./Toasts");
const Toasts = lazily(load);

/** Loads what shows notices, before there is any. */
export function loadToasts(): void {
  load().catch(() => undefined);
}

/** The place for notices; empty until there is a first one. */
export function NoticePlace() {
  const any = useUnsaid().length > 0;
  const [wanted, setWanted] = useState(false);
  if (any && !wanted) setWanted(true);
  return wanted ? (
    // No notice is worth the page.
    <ErrorBoundary fallback={null}>
      <Suspense>
        <Toasts />
      </Suspense>
    </ErrorBoundary>
  ) : null;
}
