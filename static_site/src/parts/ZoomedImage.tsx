import { Button, Text, makeStyles, tokens, useRestoreFocusTarget } from "@fluentui/react-components";
import { ArrowCounterclockwiseRegular } from "@fluentui/react-icons";
import { useEffect, useEffectEvent, useState, type ReactNode } from "react";
import { texts } from "../texts";
import { GROUND } from "./ground";
import type { useZoom } from "./useZoom";
import type { View } from "./zoom";

const useStyles = makeStyles({
  stage: {
    gridRow: 2,
    position: "relative",
    minHeight: 0,
    overflow: "hidden",
    outlineStyle: "none",
    touchAction: "none",
    userSelect: "none",
    backgroundColor: tokens.colorNeutralBackground3,
    ":focus-visible": { boxShadow: `inset 0 0 0 2px ${tokens.colorStrokeFocus2}` },
  },
  room: { position: "absolute", inset: 0, display: "grid", placeItems: "center", containerType: "size" },
  // The largest box of the image's proportions, known before the image is there.
  picture: { backgroundColor: tokens.colorNeutralBackground4 },
  image: { display: "block", width: "100%", height: "100%", backgroundColor: GROUND },
  broken: {
    position: "absolute",
    inset: 0,
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    justifyContent: "center",
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalXXXL,
    textAlign: "center",
    backgroundColor: tokens.colorNeutralBackground3,
  },
});

interface Pictured {
  id: string;
  name: string;
  previewUrl: string;
  width: number;
  height: number;
}

interface ZoomedImageProps {
  image: Pictured;
  zoom: Pick<ReturnType<typeof useZoom>, "stage" | "view" | "onWheel" | "handlers">;
  children: ReactNode;
}

/** The stage of an image that can be zoomed. What has the focus stays while images change. */
export function ZoomedImage({ image, zoom, children }: ZoomedImageProps) {
  const styles = useStyles();
  // Where the focus goes when a dialog over this one is closed.
  const returns = useRestoreFocusTarget();
  const { stage, view, handlers } = zoom;
  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    zoom.onWheel(event);
  });
  useEffect(() => {
    const element = stage.current;
    const listen = (event: WheelEvent) => onWheel(event);
    // By hand, because React's own listener cannot keep the browser from zooming the whole page.
    element?.addEventListener("wheel", listen, { passive: false });
    return () => element?.removeEventListener("wheel", listen);
  }, [stage]);
  return (
    <div
      {...returns}
      {...handlers}
      ref={stage}
      className={styles.stage}
      role="group"
      tabIndex={0}
      aria-label={texts.largeView.picture(image.name)}
    >
      <Picture key={image.id} image={image} view={view} />
      {children}
    </div>
  );
}

function Picture({ image, view }: { image: Pictured; view: View }) {
  const styles = useStyles();
  const [attempt, setAttempt] = useState(0);
  const [isBroken, setIsBroken] = useState(false);
  const proportions = image.width / image.height;
  const loadAgain = () => {
    setIsBroken(false);
    setAttempt(attempt + 1);
  };
  return (
    <>
      <div className={styles.room}>
        <div
          className={styles.picture}
          style={{
            width: `min(100cqw, calc(100cqh * ${proportions}))`,
            height: `min(100cqh, calc(100cqw / ${proportions}))`,
            transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
            cursor: view.scale > 1 ? "grab" : undefined,
          }}
        >
          <img
            key={attempt}
            className={styles.image}
            src={image.previewUrl}
            alt=""
            draggable={false}
            onError={() => setIsBroken(true)}
          />
        </div>
      </div>
      {isBroken && (
        <div className={styles.broken} role="status">
          <Text>{texts.largeView.broken}</Text>
          <Button icon={<ArrowCounterclockwiseRegular />} onClick={loadAgain}>
            {texts.largeView.loadAgain}
          </Button>
        </div>
      )}
    </>
  );
}
