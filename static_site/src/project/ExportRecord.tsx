import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Export } from "../api/types";
import { formatDateTime, formatNumber } from "../parts/format";
import { texts } from "../texts";
import { exports } from "../texts/exports";
import { holdsFeatures } from "./exportDraft";

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
  if (options.suggestions) parts.push(exports.withSuggestions);
  if (options.opinions) parts.push(exports.withOpinions);
  if (!options.guardFormulas) parts.push(exports.unguarded);
  if (options.wide) parts.push(exports.isWide);
  if (options.withImages) parts.push(exports.holdingImages);
  if (options.convertImages) parts.push(exports.converting);
  if (options.labels) parts.push(exports.only(options.labels.join(", ")));
  if (options.since) parts.push(exports.sinceThen(formatDateTime(options.since)));
  if (options.datastoreName)
    parts.push(
      options.workspace
        ? exports.inWorkspace(options.datastoreName, options.workspace.name)
        : exports.inDatastore(options.datastoreName),
    );
  if (options.split) parts.push(exports.seeded(options.split.seed));
  if (byName) parts.push(exports.by(byName));
  return parts.join(" · ");
}

/** webp: 3 · tif: 1 */
const kindsOf = (byEnding: Export["skippedBy"][number]["byEnding"]): string =>
  Object.entries(byEnding)
    .map(([ending, count]) => exports.count(ending || exports.noEnding, formatNumber(count)))
    .join(" · ");

/** What a finished export holds: how it was asked for, its counts, what has changed, and the sums of its files. */
export function ExportRecord({ one, isOneLabel }: { one: Export; isOneLabel: boolean }) {
  const styles = useStyles();
  const options = asked(one);
  const sides = SIDES.filter((side) => side in one.bySide).map((side) =>
    exports.count(exports.sides[side], formatNumber(one.bySide[side] ?? 0)),
  );
  const labels = one.byLabel.map((label) => exports.count(label.label, formatNumber(label.count)));
  const suggested = one.byLabel
    .filter((label) => label.suggested > 0)
    .map((label) => exports.count(label.label, formatNumber(label.suggested)));
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
          {exports.labels(formatNumber(one.labels), formatNumber(one.images), formatNumber(one.empty))}
        </Text>
      )}
      {one.options.suggestions && (
        <Text size={200}>{exports.suggested(one.suggested, suggested.join(" · "))}</Text>
      )}
      {sides.length > 0 && <Text size={200}>{sides.join(" · ")}</Text>}
      {changes && (
        <Text size={200}>
          {exports.changes(
            formatDateTime(changes.sinceAt),
            formatNumber(changes.added),
            formatNumber(changes.changed),
            formatNumber(changes.removed),
          )}
        </Text>
      )}
      {one.converted > 0 && <Text size={200}>{exports.converted(formatNumber(one.converted))}</Text>}
      {one.skippedBy.map(({ reader, count, byEnding }) => (
        <Text key={reader} size={200}>
          {exports.skippedBy(reader, count, kindsOf(byEnding))}
        </Text>
      ))}
      {leftOut.count > 0 && (
        <details>
          <summary className={styles.more}>
            <Text size={200}>{(holdsFeatures(one.format) ? exports.withoutFeatures : exports.leftOut)(leftOut.count)}</Text>
          </summary>
          <div className={styles.lines}>
            {leftOut.first.map((image) => (
              <Text key={image.name} size={200} className={styles.quiet}>
                {exports.leftOutImage(image.name, image.reason)}
              </Text>
            ))}
          </div>
        </details>
      )}
      {one.files.length > 0 && (
        <details>
          <summary className={styles.more}>
            <Text size={200}>{exports.sums}</Text>
          </summary>
          <div className={styles.lines}>
            {one.files.map((file) => (
              <span key={file.name} className={styles.sum}>
                {file.sha256 ?? exports.noSum} {file.name}
              </span>
            ))}
          </div>
        </details>
      )}
      {one.expiredAt && (
        <Text size={200} className={styles.quiet}>
          {exports.expired(formatDateTime(one.expiredAt))}
        </Text>
      )}
    </div>
  );
}
