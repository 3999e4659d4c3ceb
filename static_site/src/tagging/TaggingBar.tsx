import { Button, Text, Tooltip, makeStyles, tokens } from "@fluentui/react-components";
import { KeyboardRegular } from "@fluentui/react-icons";
import { Suspense, useState } from "react";
import type { Project } from "../api/types";
import { TextLink } from "../parts/LinkButton";
import { ProjectProgress } from "../parts/ProjectProgress";
import { ProjectStatus } from "../parts/ProjectStatus";
import { texts } from "../texts";
import { useSubmissions } from "./calls";
import { KeysDialog } from "./dialogs";

const useStyles = makeStyles({
  bar: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalXL,
    minHeight: "48px",
    flexShrink: 0,
    paddingInline: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: { minWidth: 0, maxWidth: "40%", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  progress: { width: "320px", flexShrink: 1 },
  delayed: { color: tokens.colorNeutralForeground2 },
  // Said only when it takes long: a page is sent in some milliseconds.
  sending: {
    color: tokens.colorNeutralForeground2,
    animationName: { from: { opacity: 0 }, to: { opacity: 1 } },
    animationDelay: "1.5s",
    animationDuration: "0.2s",
    animationFillMode: "both",
  },
  gap: { flex: 1 },
});

export function TaggingBar({ project }: { project: Project }) {
  const styles = useStyles();
  const [keysShown, setKeysShown] = useState(false);
  const { sending, delay } = useSubmissions();
  return (
    <div className={styles.bar}>
      <Text as="h1" size={400} weight="semibold" className={styles.name} title={project.name}>
        {project.name}
      </Text>
      <ProjectStatus project={project} quietWhenCreated />
      <TextLink to={`/labeling/${project.id}`}>{texts.tagging.instructions}</TextLink>
      <div className={styles.progress}>
        <ProjectProgress projectId={project.id} interval={15_000} />
      </div>
      <div className={styles.gap} role="status">
        {sending > 0 && (
          <Text size={200} className={delay ? styles.delayed : styles.sending}>
            {delay ? texts.tagging.delayed[delay] : texts.tagging.sending(sending)}
          </Text>
        )}
      </div>
      <Tooltip content={texts.tagging.keysHint} relationship="description">
        <Button appearance="subtle" icon={<KeyboardRegular />} onClick={() => setKeysShown(true)}>
          {texts.tagging.keys}
        </Button>
      </Tooltip>
      {keysShown && (
        <Suspense>
          <KeysDialog onClose={() => setKeysShown(false)} />
        </Suspense>
      )}
    </div>
  );
}
