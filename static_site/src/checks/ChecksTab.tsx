import { useParams } from "react-router";
import type { Project } from "../api/types";
import { CheckList } from "./CheckList";
import { CheckPage } from "./CheckPage";
import { NewCheck } from "./NewCheck";
import { makeStyles, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
});

/** How right the labels are: a new check and all that were made; or one of them. */
export default function ChecksTab({ project }: { project: Project }) {
  const styles = useStyles();
  const { item } = useParams();
  if (item !== undefined) return <CheckPage key={item} project={project} checkId={item} />;
  return (
    <div className={styles.whole}>
      <NewCheck project={project} />
      <CheckList project={project} />
    </div>
  );
}
