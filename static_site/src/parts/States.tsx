import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Spinner,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { isProblem } from "../api/client";
import { texts } from "../texts";

const useStyles = makeStyles({
  wait: { padding: tokens.spacingVerticalXXXL },
  nothing: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    gap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalXXL}`,
    textAlign: "center",
    color: tokens.colorNeutralForeground2,
  },
  actions: { display: "flex", flexWrap: "wrap", justifyContent: "center", gap: tokens.spacingHorizontalM },
  words: { maxWidth: "56ch" },
});

export const problemText = (error: unknown): string =>
  isProblem(error)
    ? error.message || (error.status === 0 ? texts.errors.noAnswer : texts.errors.failed(error.status))
    : texts.errors.unknown;

export function Wait({ label = texts.common.loading }: { label?: string }) {
  return <Spinner className={useStyles().wait} label={label} />;
}

export function Trouble({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>{problemText(error)}</MessageBarBody>
      {retry && (
        <MessageBarActions>
          <Button size="small" onClick={retry}>
            {texts.common.tryAgain}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}

interface NothingProps {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}

export function Nothing({ title, children, actions }: NothingProps) {
  const styles = useStyles();
  return (
    <div className={styles.nothing}>
      <Text as="h2" size={500} weight="semibold">
        {title}
      </Text>
      {children && <div className={styles.words}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

interface LoadedProps<T> {
  query: Pick<UseQueryResult<T>, "data" | "isError" | "error" | "refetch">;
  children: (data: T) => ReactNode;
}

/** What a query has brought so far: nothing yet, an error, or the data. Older data stay in sight while an update fails. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <Trouble error={query.error} retry={() => void query.refetch()} />;
  return <Wait />;
}
