import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowCounterclockwiseRegular } from "@fluentui/react-icons";
import { useRef, useState, type PointerEvent, type ReactNode, type Ref } from "react";
import { TransformComponent, TransformWrapper, type ReactZoomPanPinchRef } from "react-zoom-pan-pinch";
import { texts } from "../texts";

const MOST = 12;
/** A finger that goes so far to a side, in pixels, leafs. */
const SWIPE = 60;

const WHOLE = { width: "100%", height: "100%" };

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
  content: { width: "100%", height: "100%", display: "grid", placeItems: "center", containerType: "size" },
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

interface Pictured {
  id: string;
  name: string;
  previewUrl: string;
  width: number;
  height: number;
}

interface ZoomedImageProps {
  image: Pictured;
  zoom: Ref<ReactZoomPanPinchRef>;
  isZoomed: boolean;
  onZoomed: (isZoomed: boolean) => void;
  /** Asks for the next (1) or the previous (-1) image. */
  onSwipe: (step: number) => void;
  children: ReactNode;
}

/** An image that can be zoomed and moved by wheel, fingers and mouse. What has the focus stays while images change. */
export function ZoomedImage({ image, zoom, isZoomed, onZoomed, onSwipe, children }: ZoomedImageProps) {
  const styles = useStyles();
  const swipe = useRef<number | null>(null);
  const onPointerDown = (event: PointerEvent) => {
    const isAlone = event.pointerType === "touch" && event.isPrimary && !isZoomed;
    swipe.current = isAlone ? event.clientX : null;
  };
  const onPointerUp = (event: PointerEvent) => {
    const way = swipe.current === null ? 0 : event.clientX - swipe.current;
    swipe.current = null;
    if (Math.abs(way) > SWIPE) onSwipe(-Math.sign(way));
  };
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
        key={image.id}
        ref={zoom}
        maxScale={MOST}
        centerZoomedOut
        disablePadding
        doubleClick={{ mode: "toggle" }}
        panning={{ velocityDisabled: true }}
        onTransform={(_, { scale }) => onZoomed(scale > 1.01)}
      >
        <Picture image={image} />
      </TransformWrapper>
      {children}
    </div>
  );
}

function Picture({ image }: { image: Pictured }) {
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
      <TransformComponent wrapperStyle={WHOLE} contentStyle={WHOLE}>
        <div className={styles.content}>
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
