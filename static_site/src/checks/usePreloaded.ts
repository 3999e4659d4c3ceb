import { useEffect, useRef } from "react";

/** Loads and decodes pictures ahead, so that each is there at once when its turn comes. */
export function usePreloaded(urls: readonly string[]): void {
  const held = useRef(new Map<string, HTMLImageElement>());
  const wanted = urls.join("\n");
  useEffect(() => {
    const pictures = held.current;
    for (const url of pictures.keys()) if (!wanted.split("\n").includes(url)) pictures.delete(url);
    for (const url of wanted.split("\n")) {
      if (!url || pictures.has(url)) continue;
      const picture = new Image();
      picture.src = url;
      pictures.set(url, picture);
      // What does not load is told when it is shown.
      picture.decode().catch(() => undefined);
    }
  }, [wanted]);
}
