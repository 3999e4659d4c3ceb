import { lazy, Suspense, useState } from "react";
import { useUnsaid } from "./notices";

const Toasts = lazy(() => import("./Toasts"));

/** The place for notices; empty until there is a first one. */
export function NoticePlace() {
  const any = useUnsaid().length > 0;
  const [wanted, setWanted] = useState(false);
  if (any && !wanted) setWanted(true);
  return wanted ? (
    <Suspense>
      <Toasts />
    </Suspense>
  ) : null;
}
