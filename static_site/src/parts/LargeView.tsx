import { Dialog, DialogSurface, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, type KeyboardEvent, type ReactNode } from "react";
import { texts } from "../texts";
import { askedBy, useBound, without } from "./actions";
import { digitOf } from "./digitOf";
import { LARGE } from "./largeActions";
import { LargeButton } from "./LargeButton";
import { useZoom } from "./useZoom";
import { ZoomedImage } from "./ZoomedImage";

/** How far an arrow moves what is zoomed, in pixels. */
const PAN = 80;
const PANS: Record<string, [number, number]> = {
  ArrowLeft: [PAN, 0],
  ArrowRight: [-PAN, 0],
  ArrowUp: [0, PAN],
  ArrowDown: [0, -PAN],
};
const NONE: readonly string[] = [];
const PRESSABLE = "button, a, input, select, textarea";

const useStyles = makeStyles({
  surface: {
    position: "fixed",
    inset: 0,
    boxSizing: "border-box",
    width: "100%",
    height: "100%",
    maxWidth: "none",
    maxHeight: "none",
    margin: 0,
    padding: 0,
    borderRadius: 0,
    border: "0",
    display: "grid",
    gridTemplateRows: "auto minmax(0, 1fr) auto",
    gridTemplateColumns: "minmax(0, 1fr)",
    overflow: "hidden",
    backgroundColor: tokens.colorNeutralBackground1,
  },
  head: {
    gridRow: 1,
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
  },
  words: { flex: 1, minWidth: 0, display: "flex", flexWrap: "wrap", columnGap: tokens.spacingHorizontalM },
  name: { maxWidth: "100%", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2, whiteSpace: "nowrap" },
  foot: { gridRow: 3, minWidth: 0, maxHeight: "45vh", overflowY: "auto" },
});

interface LargeImage {
  id: string;
  name: string;
  previewUrl: string;
  width: number;
  height: number;
}

interface LargeViewProps {
  projectId: string;
  images: readonly LargeImage[];
  index: number;
  onMove: (index: number) => void;
  onClose: () => void;
  /** Keys that are the page's own. */
  taken?: readonly string[];
  /** What stands below the image. */
  children?: ReactNode;
}

/** One image as large as the window, to look at closely. Keys that it does not need are left to the page. */
export default function LargeView(props: LargeViewProps) {
  const image = props.images[props.index];
  return image && <Opened {...props} image={image} />;
}

function Opened({ projectId, images, index, image, onMove, onClose, taken = NONE, children }: LargeViewProps & { image: LargeImage }) {
  const styles = useStyles();
  const ahead = images[index + 1]?.previewUrl;
  useEffect(() => {
    if (ahead) new Image().src = ahead;
  }, [ahead]);

  const go = (to: number) => {
    if (to >= 0 && to < images.length) onMove(to);
  };
  const zoom = useZoom({ image, onSwipe: (step) => go(index + step) });
  const table = without(LARGE, taken);
  const act = useBound(table, { index, count: images.length, zoom, onGo: go, onClose });

  /** False = none of its keys. */
  const press = (event: KeyboardEvent): boolean => {
    // By its place first: what a label's key writes may be one of the signs below.
    if (/[1-9]/.test(digitOf(event) ?? "")) return false;
    const pan = PANS[event.key];
    const asked = askedBy(table, event.nativeEvent);
    if (pan && zoom.view.scale > 1) zoom.panBy(...pan);
    else if (asked && !asked.isHeld) act[asked.name].run();
    return asked !== null || ["ArrowUp", "ArrowDown", " "].includes(event.key);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const isPressing = event.target instanceof Element && event.target.closest(PRESSABLE);
    if (isPressing && ["Enter", " "].includes(event.key)) return;
    if (press(event)) event.preventDefault();
  };

  const place = texts.largeView.place(index + 1, images.length);
  return (
    <Dialog open onOpenChange={onClose} surfaceMotion={null}>
      <DialogSurface
        className={styles.surface}
        aria-label={texts.largeView.title(index + 1, images.length)}
        data-keys
        onKeyDown={onKeyDown}
      >
        {/* First, so that it is what has the focus. */}
        <ZoomedImage projectId={projectId} image={image} zoom={zoom} label={texts.largeView.picture(image.name)}>
          <LargeButton side="left" action={act.previous} />
          <LargeButton side="right" action={act.next} />
        </ZoomedImage>
        <div className={styles.head}>
          <div className={styles.words}>
            <Text weight="semibold" className={styles.name} title={image.name}>
              {image.name}
            </Text>
            <Text className={styles.quiet}>{texts.common.size(image.width, image.height)}</Text>
            <Text className={styles.quiet} role="status">
              {place}
            </Text>
          </div>
          <LargeButton action={act.zoomOut} />
          <LargeButton action={act.zoomIn} />
          <LargeButton action={act.showAll} />
          <LargeButton action={act.close} />
        </div>
        <div className={styles.foot}>{children}</div>
      </DialogSurface>
    </Dialog>
  );
}
