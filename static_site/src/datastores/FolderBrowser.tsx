import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { ChevronRightRegular, DocumentRegular, FolderRegular, ImageRegular } from "@fluentui/react-icons";
import { useBrowse } from "../api/queries/datastores";
import { fileName, formatBytes } from "../parts/format";
import { Trouble, Wait } from "../parts/States";
import { texts } from "../texts";

const IMAGE = /\.(jpe?g|png|webp|bmp|tiff?|gif)$/i;

const useStyles = makeStyles({
  whole: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    overflow: "hidden",
  },
  trail: {
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  crumbs: { display: "flex", flexWrap: "wrap", margin: 0, padding: 0, listStyleType: "none" },
  crumb: { display: "flex", alignItems: "center", minWidth: 0 },
  divider: { flexShrink: 0, color: tokens.colorNeutralForeground3 },
  step: { minWidth: 0, overflowWrap: "anywhere" },
  list: { margin: 0, padding: tokens.spacingVerticalXS, listStyleType: "none", height: "240px", overflow: "auto" },
  folder: { width: "100%", justifyContent: "flex-start", fontWeight: tokens.fontWeightRegular, minHeight: "32px" },
  row: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    minHeight: "32px",
    paddingInline: tokens.spacingHorizontalM,
    color: tokens.colorNeutralForeground2,
  },
  icon: { fontSize: "20px", flexShrink: 0 },
  name: { flex: 1, minWidth: 0, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", textAlign: "left" },
});

interface FolderBrowserProps {
  datastore: string;
  prefix: string;
  onOpen: (prefix: string) => void;
}

/** Shows one folder of a datastore; the folder shown is the folder chosen. */
export function FolderBrowser({ datastore, prefix, onOpen }: FolderBrowserProps) {
  const styles = useStyles();
  const parts = prefix.split("/").slice(0, -1);
  return (
    <div className={styles.whole} role="group" aria-label={texts.browse.label(datastore)}>
      <div className={styles.trail}>
        <nav aria-label={texts.browse.trail}>
          <ol className={styles.crumbs}>
            {[datastore, ...parts].map((part, depth) => (
              <li key={depth} className={styles.crumb}>
                {depth > 0 && <ChevronRightRegular className={styles.divider} />}
                <Button
                  type="button"
                  appearance="transparent"
                  size="small"
                  className={styles.step}
                  aria-current={depth === parts.length ? "location" : undefined}
                  onClick={() => onOpen(parts.slice(0, depth).map((one) => `${one}/`).join(""))}
                >
                  {part || texts.browse.unnamed}
                </Button>
              </li>
            ))}
          </ol>
        </nav>
      </div>
      <Listing datastore={datastore} prefix={prefix} onOpen={onOpen} />
    </div>
  );
}

function Listing({ datastore, prefix, onOpen }: FolderBrowserProps) {
  const styles = useStyles();
  const browse = useBrowse(datastore, prefix);
  if (browse.isPending)
    return (
      <div className={styles.list}>
        <Wait />
      </div>
    );
  if (browse.isError) return <Trouble error={browse.error} retry={() => void browse.refetch()} />;
  const folders = browse.data.pages.flatMap((page) => page.folders);
  const files = browse.data.pages.flatMap((page) => page.files);
  return (
    <ul className={styles.list}>
      {folders.map((folder) => (
        <li key={folder.prefix}>
          <Button
            type="button"
            appearance="subtle"
            className={styles.folder}
            icon={<FolderRegular />}
            onClick={() => onOpen(folder.prefix)}
          >
            <span className={styles.name}>{folder.name || texts.browse.unnamed}</span>
          </Button>
        </li>
      ))}
      {files.map((file) => (
        <li key={file.name} className={styles.row}>
          {IMAGE.test(file.name) ? (
            <ImageRegular className={styles.icon} />
          ) : (
            <DocumentRegular className={styles.icon} />
          )}
          <Text className={styles.name} title={file.name}>
            {fileName(file.name)}
          </Text>
          <Text size={200}>{formatBytes(file.bytes)}</Text>
        </li>
      ))}
      {folders.length + files.length === 0 && !browse.hasNextPage && (
        <li className={styles.row}>{texts.browse.empty}</li>
      )}
      {browse.hasNextPage && (
        <li>
          <Button
            type="button"
            size="small"
            disabled={browse.isFetchingNextPage}
            onClick={() => void browse.fetchNextPage()}
          >
            {texts.common.loadMore}
          </Button>
        </li>
      )}
    </ul>
  );
}
