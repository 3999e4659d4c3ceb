import { makeStyles, tokens } from "@fluentui/react-components";
import { useExamples } from "../api/queries/images";
import type { Label } from "../api/types";
import { texts } from "../texts";
import { GROUND } from "./ground";

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS },
  // As high as it will be, before it is there.
  image: {
    display: "block",
    width: "auto",
    maxWidth: "100%",
    objectFit: "contain",
    borderRadius: tokens.borderRadiusSmall,
    backgroundColor: GROUND,
  },
});

interface LabelExamplesProps {
  projectId: string;
  label: Label;
  /** Of each, in pixels. */
  height: number;
}

/** The images that show what a label means. */
export function LabelExamples({ projectId, label, height }: LabelExamplesProps) {
  const styles = useStyles();
  const { data } = useExamples(projectId, label);
  if (label.examples.length === 0) return null;
  return (
    <div className={styles.row} style={{ minHeight: height }}>
      {data?.items.map((image, index) => (
        <img
          key={image.id}
          className={styles.image}
          src={image.thumbnailUrl}
          alt={texts.labels.example(label.name, index + 1)}
          style={{ height, aspectRatio: `${image.width} / ${image.height}` }}
        />
      ))}
    </div>
  );
}
