import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { useAgreement } from "../../../api/queries/projects";
import type { Agreement, Project } from "../../../api/types";
import { formatNumber } from "../../../parts/format";
import { TextLink } from "../../../parts/LinkButton";
import { Section } from "../../../parts/Section";
import { agreement as said } from "../../../texts/agreement";
import { dataAddress } from "../dataAddress";
import { FigureList, type Figure } from "../FigureList";
import { AgreementByLabel } from "./AgreementByLabel";
import { Confused } from "./Confused";
import { meaningOf } from "./measures";

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  pair: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(440px, 100%), 1fr))",
    gap: tokens.spacingHorizontalL,
    alignItems: "start",
  },
});

function figuresOf(agreement: Agreement): Figure[] {
  return [
    {
      name: said.same,
      value: said.share(agreement.agreement ?? 0),
      ...(agreement.agreementInterval && { note: said.range(agreement.agreementInterval) }),
    },
    {
      name: said.alpha,
      value: said.alphaOf(agreement.alpha),
      ...(agreement.interval && { note: said.alphaRange(agreement.interval) }),
    },
    { name: said.images, value: formatNumber(agreement.images), note: said.opinions(agreement.opinions) },
    { name: said.disputed, value: formatNumber(agreement.disputed) },
  ];
}

/** How far people agree; nothing where no two looked at the same image. */
export function AgreementFigures({ project }: { project: Project }) {
  const styles = useStyles();
  const agreement = useAgreement(project.id).data;
  if (!agreement?.images) return null;
  return (
    <>
      <Section title={said.title}>
        <Text className={styles.quiet}>{said.words}</Text>
        <FigureList figures={figuresOf(agreement)} />
        <Text>{said.means[meaningOf(agreement)]}</Text>
        {agreement.disputed > 0 && (
          <TextLink to={dataAddress(project.id, { state: "disputed" })}>
            {said.seeDisputed(agreement.disputed)}
          </TextLink>
        )}
      </Section>
      <div className={styles.pair}>
        <Confused project={project} pairs={agreement.confusion} />
        <AgreementByLabel labels={agreement.byLabel} />
      </div>
    </>
  );
}
