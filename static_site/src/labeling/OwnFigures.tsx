import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { useLabelers } from "../api/queries/projects";
import type { Counted, Labeler, Me, Project } from "../api/types";
import { FEW } from "../parts/few";
import { ReadingDialog } from "../parts/ReadingDialog";
import { Loaded } from "../parts/States";
import { own as said } from "../texts/labelers";
import { ownOf } from "./ownRow";

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, margin: 0, paddingLeft: "20px" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface OwnFiguresProps {
  project: Project;
  me: Me;
  onClose: () => void;
}

/** How right a labeler's own labels are, in words. */
export default function OwnFigures({ project, me, onClose }: OwnFiguresProps) {
  const styles = useStyles();
  const query = useLabelers(project.id);
  return (
    <ReadingDialog title={said.title} onClose={onClose}>
      <Loaded query={query}>
        {({ items }) => {
          const row = ownOf(items, project.role, me.userId);
          if (!row) return <Text>{said.none}</Text>;
          return (
            <>
              <ul className={styles.list}>
                <Lines row={row} />
              </ul>
              <p className={styles.quiet}>{said.brackets}</p>
            </>
          );
        }}
      </Loaded>
    </ReadingDialog>
  );
}

function Lines({ row: { labeled, rejected, agreement, checked } }: { row: Labeler }) {
  return (
    <>
      <li>{said.labeled(labeled)}</li>
      {rejected.of > 0 && (
        <li>{rejected.count > 0 ? <Words counted={rejected} of={said.rejected} /> : said.noneRejected}</li>
      )}
      <li>{agreement.of > 0 ? <Words counted={agreement} of={said.agreement} /> : said.notCompared}</li>
      <li>{checked.of > 0 ? <Words counted={checked} of={said.checked} /> : said.notChecked}</li>
    </>
  );
}

/** In gray, and said so, where it rests on too little. */
function Words({ counted, of }: { counted: Counted; of: (counted: Counted) => string }) {
  const styles = useStyles();
  if (counted.of >= FEW) return of(counted);
  return (
    <span className={styles.quiet}>
      {of(counted)} {said.few}
    </span>
  );
}
