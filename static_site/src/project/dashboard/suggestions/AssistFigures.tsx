import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Assist, Training } from "../../../api/types";
import { formatNumber, formatShare } from "../../../parts/format";
import { texts } from "../../../texts";
import { FigureList, type Figure } from "../FigureList";

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2 } });

function figuresOf({ lately, hidden, waiting }: Assist, learned: Training | undefined, isOneLabel: boolean): Figure[] {
  const said = texts.assistFigures;
  const figures: Figure[] = [];
  if (learned && learned.right !== null)
    figures.push({ ...(isOneLabel ? said.heldOut : said.heldOutWhole), value: formatShare(learned.right, 1) });
  if (hidden)
    figures.push({
      name: said.hidden,
      value: formatShare(hidden.right, hidden.images),
      note: said.ofBetween(
        formatNumber(hidden.right),
        formatNumber(hidden.images),
        hidden.interval.map((end) => formatShare(end, 1)),
      ),
    });
  if (lately)
    figures.push({
      name: said.lately,
      value: formatShare(lately.right, lately.suggested),
      note: said.of(formatNumber(lately.right), formatNumber(lately.suggested)),
    });
  if (learned && waiting)
    figures.push(
      { ...said.share, value: formatShare(learned.sureShare ?? 0, 1) },
      { ...said.sure, value: formatNumber(waiting.sure) },
      { ...said.unsure, value: formatNumber(waiting.unsure) },
    );
  return figures;
}

interface AssistFiguresProps {
  assist: Assist;
  learned: Training | undefined;
  isOneLabel: boolean;
}

/** How right suggestions are, and how much of the work they take over. */
export function AssistFigures({ assist, learned, isOneLabel }: AssistFiguresProps) {
  const styles = useStyles();
  const figures = figuresOf(assist, learned, isOneLabel);
  const sureFrom = isOneLabel ? texts.assistFigures.sureFrom : texts.assistFigures.sureFromWhole;
  if (figures.length === 0) return null;
  return (
    <>
      <FigureList figures={figures} />
      {learned && learned.sureFrom !== null && learned.sureRight !== null && (
        <Text className={styles.quiet}>
          {sureFrom(formatShare(learned.sureFrom, 1), formatShare(learned.sureRight, 1))}
        </Text>
      )}
      {(assist.hidden ?? assist.lately) && <Text className={styles.quiet}>{texts.assistFigures.hiddenWords}</Text>}
    </>
  );
}
