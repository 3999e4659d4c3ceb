import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Export } from "../api/types";
import { formatDateTime, formatNumber } from "../parts/format";
import { texts } from "../texts";

const SIDES = ["train", "validation", "test"] as const;

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  lines: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXXS, overflowWrap: "anywhere" },
  more: { cursor: "pointer" },
  sum: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase100 },
});

/** By whom and how an export was asked for, in words; "" for one of which neither is to be told. */
function asked({ options, byName }: Export): string {
  const parts = options.states.filter((state) => state !== "labeled").map((state) => texts.data.states[state]);
  if (options.suggestions) parts.push(texts.exports.withSuggestions);
  if (options.opinions) parts.push(texts.exports.withOpinions);
  if (!options.guardFormulas) parts.push(texts.exports.unguarded);
  if (options.wide) parts.push(texts.exports.isWide);
  if (options.withImages) parts.push(texts.exports.holdingImages);
  if (options.convertImages) parts.push(texts.exports.converting);
  if (options.labels) parts.push(texts.exports.only(options.labels.join(", ")));
  if (options.since) parts.push(texts.exports.sinceThen(formatDateTime(options.since)));
  if (options.datastoreName)
    parts.push(
      options.workspace
        ? texts.exports.inWorkspace(options.datastoreName, options.workspace.name)
        : texts.exports.inDatastore(options.datastoreName),
    );
  if (options.split) parts.push(texts.exports.seeded(options.split.seed));
  if (byName) parts.push(texts.exports.by(byName));
  return parts.join(" · ");
}

/** webp: 3 · tif: 1 */
const kindsOf = (byEnding: Export["skippedBy"][number]["byEnding"]): string =>
  Object.entries(byEnding)
    .map(([ending, count]) => texts.exports.count(ending || texts.exports.noEnding, formatNumber(count)))
    .join(" · ");

/** What a finished export holds: how it was asked for, its counts, what has changed, and the sums of its files. */
export function ExportRecord({ one, isOneLabel }: { one: Export; isOneLabel: boolean }) {
  const styles = useStyles();
  const options = asked(one);
  const sides = SIDES.filter((side) => side in one.bySide).map((side) =>
    texts.exports.count(texts.exports.sides[side], formatNumber(one.bySide[side] ?? 0)),
  );
  const labels = one.byLabel.map((label) => texts.exports.count(label.label, formatNumber(label.count)));
  const suggested = one.byLabel
    .filter((label) => label.suggested > 0)
    .map((label) => texts.exports.count(label.label, formatNumber(label.suggested)));
  const { changes, leftOut } = one;
  return (
    <div className={styles.lines}>
      {options && (
        <Text size={200} className={styles.quiet}>
          {options}
        </Text>
      )}
      <Text size={200}>{labels.join(" · ")}</Text>
      {!isOneLabel && (
        <Text size={200}>
          {texts.exports.labels(formatNumber(one.labels), formatNumber(one.images), formatNumber(one.empty))}
        </Text>
      )}
      {one.options.suggestions && (
        <Text size={200}>{texts.exports.suggested(one.suggested, suggested.join(" · "))}</Text>
      )}
      {sides.length > 0 && <Text size={200}>{sides.join(" · ")}</Text>}
      {changes && (
        <Text size={200}>
          {texts.exports.changes(
            formatDateTime(changes.sinceAt),
            formatNumber(changes.added),
            formatNumber(changes.changed),
            formatNumber(changes.removed),
          )}
        </Text>
      )}
      {one.converted > 0 && <Text size={200}>{texts.exports.converted(formatNumber(one.converted))}</Text>}
      {one.skippedBy.map(({ reader, count, byEnding }) => (
        <Text key={reader} size={200}>
          {texts.exports.skippedBy(reader, count, kindsOf(byEnding))}
        </Text>
      ))}
      {leftOut.count > 0 && (
        <details>
          <summary className={styles.more}>
            <Text size={200}>{texts.exports.leftOut(leftOut.count)}</Text>
          </summary>
          <div className={styles.lines}>
            {leftOut.first.map((image) => (
              <Text key={image.name} size={200} className={styles.quiet}>
                {texts.exports.leftOutImage(image.name, image.reason)}
              </Text>
            ))}
          </div>
        </details>
      )}
      {one.files.length > 0 && (
        <details>
          <summary className={styles.more}>
            <Text size={200}>{texts.exports.sums}</Text>
          </summary>
          <div className={styles.lines}>
            {one.files.map((file) => (
              <span key={file.name} className={styles.sum}>
                {file.sha256 ?? texts.exports.noSum} {file.name}
              </span>
            ))}
          </div>
        </details>
      )}
      {one.expiredAt && (
        <Text size={200} className={styles.quiet}>
          {texts.exports.expired(formatDateTime(one.expiredAt))}
        </Text>
      )}
    </div>
  );
}
