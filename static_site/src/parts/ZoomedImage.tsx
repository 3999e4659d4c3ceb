import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowCounterclockwiseRegular } from "@fluentui/react-icons";
import { useRef, useState, type PointerEvent, type ReactNode, type Ref } from "react";
import { TransformComponent, TransformWrapper, type ReactZoomPanPinchRef } from "react-zoom-pan-pinch";
import { texts } from "../texts";

const MOST = 12;
/** A finger that goes so far to a side, in pixels, leafs. */
const SWIPE = 60;

const useStyles = makeStyles({
  stage: {
    gridRow: 2,
    position: "relative",
    minHeight: 0,
    overflow: "hidden",
    outlineStyle: "none",
    backgroundColor: tokens.colorNeutralBackground3,
    ":focus-visible": { boxShadow: `inset 0 0 0 2px ${tokens.colorStrokeFocus2}` },
  },
  whole: { width: "100%", height: "100%" },
  content: { width: "100%", height: "100%", display: "grid", placeItems: "center" },
  // The largest box of the image's proportions, known before the image is there.
  picture: { position: "relative", backgroundColor: tokens.colorNeutralBackground4 },
  image: { position: "absolute", inset: 0, width: "100%", height: "100%" },
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

interface ZoomedImageProps {
  image: { name: string; previewUrl: string; width: number; height: number };
  zoom: Ref<ReactZoomPanPinchRef>;
  isZoomed: boolean;
  onZoomed: (isZoomed: boolean) => void;
  /** Asks for the next (1) or the previous (-1) image. */
  onSwipe: (step: number) => void;
  children: ReactNode;
}

/** An image that can be zoomed and moved by wheel, fingers and mouse. */
export function ZoomedImage({ image, zoom, isZoomed, onZoomed, onSwipe, children }: ZoomedImageProps) {
  const styles = useStyles();
  const [attempt, setAttempt] = useState(0);
  const [isBroken, setIsBroken] = useState(false);
  const swipe = useRef<number | null>(null);

  const onPointerDown = (event: PointerEvent) => {
    swipe.current = event.pointerType === "touch" && event.isPrimary && !isZoomed ? event.clientX : null;
  };
  const onPointerUp = (event: PointerEvent) => {
    const way = swipe.current === null ? 0 : event.clientX - swipe.current;
    swipe.current = null;
    if (Math.abs(way) > SWIPE) onSwipe(-Math.sign(way));
  };

  const proportions = image.width / image.height;
  return (
    <div
      className={styles.stage}
      role="group"
      tabIndex={0}
      aria-label={texts.largeView.picture(image.name)}
      onPointerDown={onPointerDown}
      onPointerUp={onPointerUp}
    >
      <TransformWrapper
        ref={zoom}
        maxScale={MOST}
        centerZoomedOut
        disablePadding
        doubleClick={{ mode: "toggle" }}
        panning={{ velocityDisabled: true }}
        onTransform={(_, { scale }) => onZoomed(scale > 1.01)}
      >
        <TransformComponent wrapperClass={styles.whole} contentClass={styles.whole}>
          <div className={styles.content} style={{ containerType: "size" }}>
            <div
              className={styles.picture}
              style={{
                width: `min(100cqw, calc(100cqh * ${proportions}))`,
                height: `min(100cqh, calc(100cqw / ${proportions}))`,
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
        </TransformComponent>
      </TransformWrapper>
      {isBroken && (
        <div className={styles.broken} role="status">
          <Text>{texts.largeView.broken}</Text>
          <Button
            icon={<ArrowCounterclockwiseRegular />}
            onClick={() => {
              setIsBroken(false);
              setAttempt(attempt + 1);
            }}
          >
            {texts.largeView.loadAgain}
          </Button>
        </div>
      )}
      {children}
    </div>
  );
}
