import { useMemo } from "react";
import type { Agreement } from "../../../api/types";
import { FiguresTable } from "../../../parts/FiguresTable";
import { Section } from "../../../parts/Section";
import { agreement as said } from "../../../texts/agreement";
import { leastFirst } from "./measures";

const FIRST = 8;

/** How far people agree which images have a label, the least agreed first. */
export function AgreementByLabel({ labels }: { labels: Agreement["byLabel"] }) {
  const rows = useMemo(
    () =>
      leastFirst(labels).map(({ label, agreement, alpha, interval }) => ({
        key: label,
        name: label,
        figures: [said.alphaOf(alpha), interval ? said.alphaRange(interval) : "", said.share(agreement ?? 0)],
      })),
    [labels],
  );
  return (
    <Section title={said.byLabel}>
      <FiguresTable title={said.byLabel} columns={said.labelColumns} rows={rows} first={FIRST} minWidth="400px" />
    </Section>
  );
}
