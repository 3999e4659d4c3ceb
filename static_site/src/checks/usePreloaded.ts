import { useEffect, useEffectEvent, useRef } from "react";

/** Loads and decodes pictures ahead, so that each is there at once when its turn comes. */
export function usePreloaded(urls: readonly string[], onBroken: () => void): void {
  const held = useRef(new Map<string, HTMLImageElement>());
  const wanted = urls.join("\n");
  const tellBroken = useEffectEvent(onBroken);
  useEffect(() => {
    const pictures = held.current;
    const now = wanted.split("\n");
    for (const url of pictures.keys()) if (!now.includes(url)) pictures.delete(url);
    for (const url of now) {
      if (!url || pictures.has(url)) continue;
      const picture = new Image();
      picture.src = url;
      pictures.set(url, picture);
      // What was left out again meanwhile cannot be decoded either.
      picture.decode().catch(() => pictures.has(url) && tellBroken());
    }
  }, [wanted]);
}
