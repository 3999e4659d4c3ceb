import { Dialog, DialogSurface, Text, makeStyles, tokens } from "@fluentui/react-components";
import {
  ChevronLeftRegular,
  ChevronRightRegular,
  DismissRegular,
  FullScreenMinimizeRegular,
  ZoomInRegular,
  ZoomOutRegular,
} from "@fluentui/react-icons";
import { useEffect, type KeyboardEvent, type ReactNode } from "react";
import { texts } from "../texts";
import { digitOf } from "./digitOf";
import { keyName } from "./keyName";
import { LargeButton } from "./LargeButton";
import { useZoom } from "./useZoom";
import { ZoomedImage } from "./ZoomedImage";

/** By how much a key or a button zooms. */
const STEP = 1.5;
/** How far an arrow moves what is zoomed, in pixels. */
const PAN = 80;
const PANS: Record<string, [number, number]> = {
  ArrowLeft: [PAN, 0],
  ArrowRight: [-PAN, 0],
  ArrowUp: [0, PAN],
  ArrowDown: [0, -PAN],
};
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
  /** What stands below the image. */
  children?: ReactNode;
}

/** One image as large as the window, to look at closely. Keys that it does not need are left to the page. */
export default function LargeView(props: LargeViewProps) {
  const image = props.images[props.index];
  return image && <Opened {...props} image={image} />;
}

function Opened({ projectId, images, index, image, onMove, onClose, children }: LargeViewProps & { image: LargeImage }) {
  const styles = useStyles();
  const ahead = images[index + 1]?.previewUrl;
  useEffect(() => {
    if (ahead) new Image().src = ahead;
  }, [ahead]);

  const go = (to: number) => {
    if (to >= 0 && to < images.length) onMove(to);
  };
  const zoom = useZoom({ image, onSwipe: (step) => go(index + step) });

  /** False = none of its keys. */
  const press = (event: KeyboardEvent): boolean => {
    // By its place first: what it writes may be one of the signs below.
    if (digitOf(event) !== null) return false;
    const name = keyName(event);
    const pan = PANS[name];
    if (pan && zoom.view.scale > 1) zoom.panBy(...pan);
    else if (name === "ArrowLeft") go(index - 1);
    else if (name === "ArrowRight") go(index + 1);
    else if (name === "Home") go(0);
    else if (name === "End") go(images.length - 1);
    else if (name === "+" || name === "=") zoom.zoomBy(STEP);
    else if (name === "-") zoom.zoomBy(1 / STEP);
    else if (name === "0" || event.code === "Digit0") zoom.reset();
    else if ((name === "z" || name === "Enter") && !event.repeat) onClose();
    else return ["ArrowUp", "ArrowDown", " ", "z", "Enter"].includes(name);
    return true;
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
        <ZoomedImage projectId={projectId} image={image} zoom={zoom}>
          <LargeButton
            side="left"
            text={texts.largeView.previous}
            hotkey="←"
            icon={<ChevronLeftRegular />}
            disabled={index === 0}
            onClick={() => go(index - 1)}
          />
          <LargeButton
            side="right"
            text={texts.largeView.next}
            hotkey="→"
            icon={<ChevronRightRegular />}
            disabled={index === images.length - 1}
            onClick={() => go(index + 1)}
          />
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
          <LargeButton text={texts.largeView.zoomOut} hotkey="-" icon={<ZoomOutRegular />} onClick={() => zoom.zoomBy(1 / STEP)} />
          <LargeButton text={texts.largeView.zoomIn} hotkey="+" icon={<ZoomInRegular />} onClick={() => zoom.zoomBy(STEP)} />
          <LargeButton text={texts.largeView.showAll} hotkey="0" icon={<FullScreenMinimizeRegular />} onClick={() => zoom.reset()} />
          <LargeButton text={texts.largeView.close} hotkey="Esc" icon={<DismissRegular />} onClick={onClose} />
        </div>
        <div className={styles.foot}>{children}</div>
      </DialogSurface>
    </Dialog>
  );
}
