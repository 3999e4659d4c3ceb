import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { useNewestChecks } from "../api/queries/checks";
import type { Project } from "../api/types";
import { formatDateTime } from "../parts/format";
import { LinkButton, TextLink } from "../parts/LinkButton";
import { Section } from "../parts/Section";
import { Loaded } from "../parts/States";
import { checks } from "../texts/checks";
import { checkAddress } from "./addresses";
import { newestOf } from "./figures";
import { scopeOf } from "./scope";
import { Share } from "./Share";

const useStyles = makeStyles({
  line: { display: "flex", flexWrap: "wrap", alignItems: "baseline", columnGap: tokens.spacingHorizontalM },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What the newest check has found, on the dashboard. */
export function NewestCheck({ project }: { project: Project }) {
  const styles = useStyles();
  const query = useNewestChecks(project.id);
  return (
    <Section
      title={checks.title}
      action={<LinkButton to={checkAddress(project.id)}>{checks.allChecks}</LinkButton>}
    >
      <Loaded query={query}>
        {({ items }) => {
          const newest = newestOf(items);
          if (!newest) return <Text className={styles.quiet}>{checks.dashboardNone}</Text>;
          return (
            <div className={styles.line}>
              <Share figures={newest} />
              <TextLink to={checkAddress(project.id, newest.id)}>{scopeOf(newest)}</TextLink>
              <Text size={200} className={styles.quiet}>
                {`${checks.judged(newest.judged, newest.size)}, ${formatDateTime(newest.createdAt)}`}
              </Text>
            </div>
          );
        }}
      </Loaded>
    </Section>
  );
}
