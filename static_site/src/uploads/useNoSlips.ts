import { useEffect } from "react";

/** What is dropped beside a place for it would open in place of the page. */
export function useNoSlips() {
  useEffect(() => {
    const refuse = (event: DragEvent) => event.preventDefault();
    addEventListener("dragover", refuse);
    addEventListener("drop", refuse);
    return () => {
      removeEventListener("dragover", refuse);
      removeEventListener("drop", refuse);
    };
  }, []);
}
