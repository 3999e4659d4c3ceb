import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Assist, Project } from "../../../api/types";
import { FEW } from "../../../parts/few";
import { FiguresTable } from "../../../parts/FiguresTable";
import { formatNumber, formatShare } from "../../../parts/format";
import { TextLink } from "../../../parts/LinkButton";
import { Section } from "../../../parts/Section";
import { texts } from "../../../texts";
import { labelers } from "../../../texts/labelers";
import { dataAddress } from "../dataAddress";
import { acceptsAll } from "./learned";

const FIRST = 8;

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface AcceptedProps {
  project: Project;
  assist: Assist;
}

/** What each person did with the sure suggestions that they saw. */
export function Accepted({ project, assist }: AcceptedProps) {
  const styles = useStyles();
  const isFew = ({ accepted, changed }: Assist["byLabeler"][number]) => accepted + changed < FEW;
  const rows = assist.byLabeler.map((labeler) => {
    const { userId, name, accepted, changed } = labeler;
    const rate = { value: formatShare(accepted, accepted + changed), few: isFew(labeler) };
    return {
      key: userId,
      name: <TextLink to={dataAddress(project.id, { labeler: userId })}>{name}</TextLink>,
      remark: acceptsAll(labeler, assist) && texts.accepted.all(accepted),
      figures: [formatNumber(accepted), formatNumber(changed), rate],
    };
  });
  return (
    <Section title={texts.accepted.title}>
      {rows.length === 0 ? (
        <Text className={styles.quiet}>{texts.accepted.none}</Text>
      ) : (
        <FiguresTable
          title={texts.accepted.title}
          columns={texts.accepted.columns}
          rows={rows}
          first={FIRST}
          minWidth="400px"
        />
      )}
      {assist.byLabeler.some(isFew) && (
        <Text size={200} className={styles.quiet}>
          {labelers.few(FEW)}
        </Text>
      )}
    </Section>
  );
}
