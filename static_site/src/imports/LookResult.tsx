import { Link, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { Import, Project } from "../api/types";
import { imports } from "../texts/imports";
import { Examples } from "./Examples";
import { FigureRows } from "./FigureRows";
import { figuresOf, matchesOf } from "./figures";
import { LabelTable } from "./LabelTable";
import type { Decisions, TheirLabel } from "./labels";
import { Part } from "./Part";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXL },
  older: { opacity: 0.6 },
  sides: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(320px, 100%), 1fr))",
    gap: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalXXL}`,
    alignItems: "start",
  },
});

interface LookResultProps {
  project: Project;
  one: Import;
  labels: readonly TheirLabel[];
  decisions: Decisions;
  canCreate: boolean;
  /** What is shown is no longer what was chosen. */
  isOld: boolean;
  onDecide: (decisions: Decisions) => void;
}

/** What importing a file would do. */
export function LookResult({ project, one, labels, decisions, canCreate, isOld, onDecide }: LookResultProps) {
  const styles = useStyles();
  const matches = matchesOf(one);
  return (
    <div className={mergeClasses(styles.whole, isOld && styles.older)} aria-busy={isOld}>
      {labels.length > 0 && (
        <Part title={imports.labels}>
          <LabelTable
            project={project}
            labels={labels}
            decisions={decisions}
            canCreate={canCreate}
            areFolders={one.part !== null}
            onDecide={onDecide}
          />
        </Part>
      )}
      <div className={styles.sides}>
        {matches.length > 0 && (
          <Part title={imports.matching}>
            <FigureRows label={imports.matching} figures={matches} />
            {one.rowsUrl && (
              <Link href={one.rowsUrl} download>
                {imports.rows}
              </Link>
            )}
          </Part>
        )}
        <Part title={imports.would}>
          <FigureRows label={imports.would} figures={figuresOf(one)} />
        </Part>
      </div>
      {one.firstLabeled.length > 0 && (
        <Part title={imports.examples}>
          <Examples all={one.firstLabeled} havePaths={one.part !== null} />
        </Part>
      )}
    </div>
  );
}
