import { useEffect } from "react";
import { stayOnPage } from "../api/staying";

/** While files are on their way, nothing takes people from the page unasked. */
export function useStaying(isBusy: boolean) {
  useEffect(() => {
    if (!isBusy) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    const leave = stayOnPage();
    return () => {
      removeEventListener("beforeunload", ask);
      leave();
    };
  }, [isBusy]);
}
