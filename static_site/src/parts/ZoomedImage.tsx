import { Button, Text, makeStyles, mergeClasses, tokens, useRestoreFocusTarget } from "@fluentui/react-components";
import { ArrowCounterclockwiseRegular } from "@fluentui/react-icons";
import { useEffect, useEffectEvent, useState, type ReactNode } from "react";
import { useDetail } from "../api/queries/images";
import { texts } from "../texts";
import { GROUND } from "./ground";
import type { useZoom } from "./useZoom";
import { isBeyond } from "./zoom";

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
  picture: { position: "relative", backgroundColor: tokens.colorNeutralBackground4 },
  image: { display: "block", width: "100%", height: "100%", backgroundColor: GROUND },
  // Over the preview, which is seen until this has been decoded.
  detail: { position: "absolute", inset: 0, display: "block", width: "100%", height: "100%" },
  waiting: { visibility: "hidden" },
  note: {
    position: "absolute",
    insetInline: 0,
    bottom: tokens.spacingVerticalM,
    width: "fit-content",
    maxWidth: "80%",
    marginInline: "auto",
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    backgroundColor: tokens.colorNeutralBackground1,
    pointerEvents: "none",
  },
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

interface PictureProps {
  projectId: string;
  image: Pictured;
  zoom: Pick<ReturnType<typeof useZoom>, "view" | "pixel">;
}

interface ZoomedImageProps extends PictureProps {
  zoom: PictureProps["zoom"] & Pick<ReturnType<typeof useZoom>, "stage" | "onWheel" | "handlers">;
  /** What it is to those who do not see it. */
  label: string;
  children: ReactNode;
}

/** The stage of an image that can be zoomed. What has the focus stays while images change. */
export function ZoomedImage({ projectId, image, zoom, label, children }: ZoomedImageProps) {
  const styles = useStyles();
  // Where the focus goes when a dialog over this one is closed.
  const returns = useRestoreFocusTarget();
  const { stage, handlers } = zoom;
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
      aria-label={label}
    >
      <Picture key={image.id} projectId={projectId} image={image} zoom={zoom} />
      {children}
    </div>
  );
}

function Picture({ projectId, image, zoom }: PictureProps) {
  const styles = useStyles();
  const { view, pixel } = zoom;
  const [attempt, setAttempt] = useState(0);
  const [isBroken, setIsBroken] = useState(false);
  /** Of the preview, in its own pixels; 0 until it has come. */
  const [width, setWidth] = useState(0);
  const needsDetail = width > 0 && isBeyond(view, pixel, image, width, devicePixelRatio);
  const detail = useDetail(projectId, image, needsDetail);
  const [isDetailBroken, setIsDetailBroken] = useState(false);
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
            onLoad={(event) => setWidth(event.currentTarget.naturalWidth)}
            onError={() => setIsBroken(true)}
          />
          {detail.data && !isDetailBroken && (
            <Detail key={detail.data.url} url={detail.data.url} onBroken={() => setIsDetailBroken(true)} />
          )}
        </div>
      </div>
      {needsDetail && (detail.isError || isDetailBroken) && (
        <Text className={styles.note} role="status">
          {texts.largeView.noDetail}
        </Text>
      )}
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

/** The image with its own pixels. It is seen once all of it has been decoded, so that nothing flashes. */
function Detail({ url, onBroken }: { url: string; onBroken: () => void }) {
  const styles = useStyles();
  const [isDecoded, setIsDecoded] = useState(false);
  return (
    <img
      className={mergeClasses(styles.detail, !isDecoded && styles.waiting)}
      src={url}
      alt=""
      draggable={false}
      onLoad={(event) => void event.currentTarget.decode().then(() => setIsDecoded(true), onBroken)}
      onError={onBroken}
    />
  );
}
