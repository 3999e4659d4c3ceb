import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { DocumentDismissRegular, ImageOffRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import type { ImageRow } from "../api/types";
import { texts } from "../texts";
import { askAnew } from "./addresses";

/** After so long a picture that did not load is asked for anew: at first it is most likely that its address has expired. */
const PAUSES_MS = [0, 5_000, 30_000];

const useStyles = makeStyles({
  picture: { display: "block", width: "100%", height: "100%", objectFit: "contain" },
  // What is no longer in the folder is still known by its picture.
  gone: { opacity: 0.4, filter: "grayscale(1)" },
  absent: {
    height: "100%",
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    justifyContent: "center",
    gap: tokens.spacingVerticalXS,
    overflow: "hidden",
    textAlign: "center",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  icon: { fontSize: "24px", flexShrink: 0 },
  reason: {
    overflow: "hidden",
    overflowWrap: "anywhere",
    display: "-webkit-box",
    WebkitBoxOrient: "vertical",
    WebkitLineClamp: 4,
  },
});

interface ThumbnailProps {
  projectId: string;
  row: ImageRow;
  /** Larger than a thumbnail is: then the preview is shown. */
  isLarge: boolean;
}

export function Thumbnail({ projectId, row, isLarge }: ThumbnailProps) {
  const styles = useStyles();
  const [failures, setFailures] = useState(0);
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    const pause = PAUSES_MS[failures - 1];
    if (!isBroken || pause === undefined) return undefined;
    let isWanted = true;
    const timer = setTimeout(() => void askAnew(projectId, row.id).then(() => isWanted && setBroken(false)), pause);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [projectId, row.id, failures, isBroken]);

  const url = isLarge ? row.previewUrl : row.thumbnailUrl;
  if (url && !isBroken) {
    return (
      <img
        className={mergeClasses(styles.picture, row.state === "missing" && styles.gone)}
        src={url}
        alt=""
        decoding="async"
        draggable={false}
        onError={() => {
          setFailures(failures + 1);
          setBroken(true);
        }}
      />
    );
  }
  const Absent = row.state === "missing" ? DocumentDismissRegular : ImageOffRegular;
  const words = row.problem ?? (url ? texts.data.broken : null);
  return (
    <span className={styles.absent} title={words ?? undefined}>
      <Absent className={styles.icon} />
      {words && <span className={styles.reason}>{words}</span>}
    </span>
  );
}
