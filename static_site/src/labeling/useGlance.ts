import { useEffect, useRef } from "react";

/** A second press or click that was meant for the page before comes within this time. */
const GLANCE_MS = 300;

/** Tells whether somebody can have seen the page by now: one that is all suggested would be submitted unseen else. */
export function useGlance(leaseId: string): () => boolean {
  const shownAt = useRef(Infinity);
  useEffect(() => {
    shownAt.current = performance.now();
  }, [leaseId]);
  return () => performance.now() - shownAt.current > GLANCE_MS;
}
