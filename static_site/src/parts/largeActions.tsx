import {
  ChevronLeftRegular,
  ChevronRightRegular,
  DismissRegular,
  FullScreenMinimizeRegular,
  ZoomInRegular,
  ZoomOutRegular,
} from "@fluentui/react-icons";
import { texts } from "../texts";
import type { Action } from "./actions";

/** By how much a key or a button zooms. */
const STEP = 1.5;

const { largeView } = texts;

interface LargeAt {
  index: number;
  count: number;
  zoom: { zoomBy: (factor: number) => void; reset: () => void };
  onGo: (to: number) => void;
  onClose: () => void;
}

/** What can be done in the large view, beside what the page's own keys do there. */
export const LARGE = {
  previous: {
    keys: ["ArrowLeft"],
    text: largeView.previous,
    help: largeView.previousHelp,
    icon: <ChevronLeftRegular />,
    repeats: true,
    isOff: (at) => at.index === 0,
    run: (at) => at.onGo(at.index - 1),
  },
  next: {
    keys: ["ArrowRight"],
    text: largeView.next,
    icon: <ChevronRightRegular />,
    repeats: true,
    isOff: (at) => at.index === at.count - 1,
    run: (at) => at.onGo(at.index + 1),
  },
  first: { keys: ["Home"], text: largeView.first, run: (at) => at.onGo(0) },
  last: { keys: ["End"], text: largeView.last, run: (at) => at.onGo(at.count - 1) },
  zoomOut: {
    keys: ["-"],
    written: largeView.zoomOutKeys,
    text: largeView.zoomOut,
    icon: <ZoomOutRegular />,
    repeats: true,
    run: (at) => at.zoom.zoomBy(1 / STEP),
  },
  zoomIn: {
    keys: ["+", "="],
    written: largeView.zoomInKeys,
    text: largeView.zoomIn,
    icon: <ZoomInRegular />,
    repeats: true,
    run: (at) => at.zoom.zoomBy(STEP),
  },
  showAll: { keys: ["0"], text: largeView.showAll, icon: <FullScreenMinimizeRegular />, run: (at) => at.zoom.reset() },
  /** The dialog itself closes at Escape; what Enter does is the page's own. */
  close: {
    keys: ["z"],
    written: largeView.closeKeys,
    hint: texts.keys.names.Escape,
    text: largeView.close,
    icon: <DismissRegular />,
    run: (at) => at.onClose(),
  },
} satisfies Record<string, Action<LargeAt>>;
