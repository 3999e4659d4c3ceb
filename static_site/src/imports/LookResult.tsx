import { Link, Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { Import, Project } from "../api/types";
import { imports } from "../texts/imports";
import { Examples } from "./Examples";
import { FigureRows } from "./FigureRows";
import { figuresOf, matchesOf } from "./figures";
import { LabelTable } from "./LabelTable";
import type { Decisions, TheirLabel } from "./labels";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXL },
  older: { opacity: 0.6 },
  part: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, minWidth: 0 },
  title: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  sides: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(320px, 100%), 1fr))",
    gap: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalXXL}`,
    alignItems: "start",
  },
});

function Part({ title, children }: { title: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <section className={styles.part} aria-label={title}>
      <Text as="h4" size={300} weight="semibold" className={styles.title}>
        {title}
      </Text>
      {children}
    </section>
  );
}

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

/** What a file holds, and what importing it would do. */
export function LookResult({ project, one, labels, decisions, canCreate, isOld, onDecide }: LookResultProps) {
  const styles = useStyles();
  const matches = matchesOf(one);
  return (
    <div className={mergeClasses(styles.whole, isOld && styles.older)} aria-busy={isOld}>
      <Part title={imports.what}>
        <Text>
          {one.lines > 0 ? imports.holds(imports.formats[one.format], one.lines) : imports.nothing}
        </Text>
        {one.regions > 0 && <Text className={styles.quiet}>{imports.regions(one.regions)}</Text>}
      </Part>
      {labels.length > 0 && (
        <Part title={imports.labels}>
          <LabelTable
            project={project}
            labels={labels}
            decisions={decisions}
            canCreate={canCreate}
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
