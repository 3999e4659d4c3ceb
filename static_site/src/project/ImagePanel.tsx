import { Badge, Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import { useImage } from "../api/queries";
import type { HistoryEntry, Project } from "../api/types";
import { formatDateTime } from "../parts/format";
import { Loaded } from "../parts/States";
import { texts } from "../texts";

const useStyles = makeStyles({
  panel: {
    position: "sticky",
    top: tokens.spacingVerticalL,
    width: "380px",
    flexShrink: 0,
    boxSizing: "border-box",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingVerticalL,
    maxHeight: "calc(100vh - 180px)",
    overflow: "auto",
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  head: { display: "flex", alignItems: "flex-start", gap: tokens.spacingHorizontalS },
  name: { flex: 1, minWidth: 0, overflowWrap: "anywhere", maxHeight: "80px", overflow: "auto" },
  picture: {
    width: "100%",
    height: "240px",
    objectFit: "contain",
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
  words: { overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
  history: {
    margin: 0,
    padding: 0,
    listStyleType: "none",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
  },
  entry: { display: "flex", flexDirection: "column", overflowWrap: "anywhere" },
  heading: { margin: 0 },
});

interface ImagePanelProps {
  project: Project;
  imageId: string;
  onClose: () => void;
}

export function ImagePanel({ project, imageId, onClose }: ImagePanelProps) {
  const styles = useStyles();
  const image = useImage(project.id, imageId);
  return (
    <aside className={styles.panel} aria-label={texts.data.panel}>
      <Loaded query={image}>
        {(shown) => (
          <>
            <div className={styles.head}>
              <Text weight="semibold" className={styles.name}>
                {shown.name}
              </Text>
              <Button appearance="subtle" icon={<DismissRegular />} aria-label={texts.common.close} onClick={onClose} />
            </div>
            {shown.previewUrl && <img className={styles.picture} src={shown.previewUrl} alt={shown.name} />}
            {shown.problem && <Text className={styles.words}>{shown.problem}</Text>}
            {shown.state === "missing" && <Text>{texts.data.missing}</Text>}
            <Text size={200} className={styles.quiet}>
              {texts.data.about(texts.states[shown.state], shown.width ?? 0, shown.height ?? 0)}
            </Text>
            {shown.changedSinceLabeled && (
              <Text>
                <Badge color="warning">{texts.data.changedBadge}</Badge> {texts.data.changed}
              </Text>
            )}
            <Text as="h2" weight="semibold" className={styles.heading}>
              {texts.data.history}
            </Text>
            {shown.history.length === 0 ? (
              <Text className={styles.quiet}>{texts.data.noHistory}</Text>
            ) : (
              <History entries={shown.history} />
            )}
          </>
        )}
      </Loaded>
    </aside>
  );
}

function History({ entries }: { entries: readonly HistoryEntry[] }) {
  const styles = useStyles();
  return (
    <ol className={styles.history}>
      {entries.map((entry, index) => (
        <li key={index} className={styles.entry}>
          <Text>{texts.data.action(entry.action, entry.labels.join(", "))}</Text>
          {entry.reason && <Text className={styles.quiet}>{texts.data.because(entry.reason)}</Text>}
          <Text size={200} className={styles.quiet}>
            {texts.data.by(entry.byName ?? "", formatDateTime(entry.at))}
          </Text>
        </li>
      ))}
    </ol>
  );
}
