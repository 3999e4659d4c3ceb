import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { ImageOffRegular } from "@fluentui/react-icons";
import { useState } from "react";
import type { Import } from "../api/types";
import { fileName } from "../parts/format";
import { imports } from "../texts/imports";
import { labelsIn } from "./figures";

const MOST = 10;

const useStyles = makeStyles({
  list: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(132px, 1fr))",
    gap: tokens.spacingHorizontalM,
    margin: 0,
    padding: 0,
    listStyleType: "none",
  },
  one: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXXS, minWidth: 0 },
  picture: {
    height: "104px",
    display: "flex",
    alignItems: "center",
    justifyContent: "center",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground2,
    overflow: "hidden",
  },
  image: { width: "100%", height: "100%", objectFit: "contain" },
  name: {
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    color: tokens.colorNeutralForeground2,
  },
  path: { overflowWrap: "anywhere", color: tokens.colorNeutralForeground2 },
  labels: { overflowWrap: "anywhere" },
});

function Picture({ url }: { url: string | null }) {
  const styles = useStyles();
  const [isBroken, setBroken] = useState(false);
  return (
    <span className={styles.picture}>
      {url && !isBroken ? (
        <img className={styles.image} src={url} alt="" decoding="async" onError={() => setBroken(true)} />
      ) : (
        <ImageOffRegular fontSize={24} />
      )}
    </span>
  );
}

/** Some images with the labels that they have, and those that they would get. havePaths: their paths say these. */
export function Examples({ all, havePaths }: { all: Import["firstLabeled"]; havePaths: boolean }) {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label={imports.examples}>
      {all.slice(0, MOST).map(({ image, before, after, thumbnailUrl }) => (
        <li key={image} className={styles.one}>
          <Picture url={thumbnailUrl} />
          <Text weight="semibold" className={styles.labels}>
            {imports.change(labelsIn(before), labelsIn(after) || imports.none)}
          </Text>
          <Text size={200} className={havePaths ? styles.path : styles.name} title={image}>
            {havePaths ? image : fileName(image)}
          </Text>
        </li>
      ))}
    </ul>
  );
}
