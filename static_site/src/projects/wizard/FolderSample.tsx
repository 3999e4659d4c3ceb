import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { ImageOffRegular } from "@fluentui/react-icons";
import { useSample } from "../../api/queries/datastores";
import type { Sample, SampleImage } from "../../api/types";
import { fileName } from "../../parts/format";
import { PassedOver } from "../../parts/PassedOver";
import { Trouble, Wait } from "../../parts/States";
import { texts } from "../../texts";
import type { ChosenFolder } from "./useFolder";

const SIDE = "96px";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, minHeight: "152px" },
  list: {
    display: "grid",
    gridTemplateColumns: `repeat(auto-fill, minmax(${SIDE}, 1fr))`,
    gap: tokens.spacingHorizontalS,
    margin: 0,
    padding: 0,
    listStyleType: "none",
  },
  one: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXXS, minWidth: 0 },
  frame: {
    display: "grid",
    placeItems: "center",
    height: SIDE,
    overflow: "hidden",
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground3,
    backgroundColor: tokens.colorNeutralBackground3,
    fontSize: "28px",
  },
  picture: { width: "100%", height: SIDE, objectFit: "contain" },
  name: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  problem: { color: tokens.colorStatusDangerForeground3, overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

function One({ image }: { image: SampleImage }) {
  const styles = useStyles();
  return (
    <li className={styles.one}>
      <div className={styles.frame}>
        {image.thumbnail === null ? (
          <ImageOffRegular />
        ) : (
          <img className={styles.picture} src={image.thumbnail} alt={texts.wizard.sampleOf(fileName(image.name))} />
        )}
      </div>
      <Text size={200} className={styles.name} title={image.name}>
        {fileName(image.name)}
      </Text>
      {image.problem !== null && (
        <Text size={200} className={styles.problem}>
          {image.problem}
        </Text>
      )}
    </li>
  );
}

function emptiness({ more, kindsPassedOver }: Sample): keyof typeof texts.wizard.sampleEmpty {
  if (more) return "passedOver";
  return Object.keys(kindsPassedOver).length > 0 ? "others" : "nothing";
}

/** The first images of a folder, so that one sees whether it is the right one. */
export function FolderSample({ datastore, prefix }: ChosenFolder) {
  const styles = useStyles();
  const sample = useSample(datastore, prefix);
  return (
    <div className={styles.whole} role="group" aria-label={texts.wizard.sample}>
      {sample.isPending && <Wait label={texts.wizard.sampleComes} />}
      {sample.isError && <Trouble error={sample.error} retry={() => void sample.refetch()} />}
      {sample.data && (
        <>
          <Text size={200} className={styles.quiet} role="status">
            {sample.data.images.length === 0
              ? texts.wizard.sampleEmpty[emptiness(sample.data)]
              : texts.wizard.sampleFirst(sample.data.images.length, sample.data.more)}
          </Text>
          <PassedOver kinds={sample.data.kindsPassedOver} />
          <ul className={styles.list} aria-label={texts.wizard.sample}>
            {sample.data.images.map((image) => (
              <One key={image.name} image={image} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
