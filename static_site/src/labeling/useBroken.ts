import { useCallback, useEffect, useState } from "react";

/** The images whose pictures did not come, and another attempt to load them. */
export function useBroken(ids: readonly string[]) {
  const [broken, setBroken] = useState<ReadonlySet<string>>(new Set());
  /** How often each was asked for again. */
  const [attempts, setAttempts] = useState<Readonly<Record<string, number>>>({});
  const report = useCallback((id: string) => setBroken((known) => new Set([...known, id])), []);
  const here = ids.filter((id) => broken.has(id));
  const loadAgain = useCallback(() => {
    setAttempts((made) => ({ ...made, ...Object.fromEntries([...broken].map((id) => [id, (made[id] ?? 0) + 1])) }));
    setBroken(new Set());
  }, [broken]);
  useEffect(() => {
    window.addEventListener("online", loadAgain);
    return () => window.removeEventListener("online", loadAgain);
  }, [loadAgain]);
  return { broken, count: here.length, attempts, report, loadAgain };
}
