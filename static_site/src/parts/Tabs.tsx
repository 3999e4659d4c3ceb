import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useRef, type KeyboardEvent } from "react";
import { Link } from "react-router";

const useStyles = makeStyles({
  list: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXS },
  tab: {
    padding: `${tokens.spacingVerticalMNudge} ${tokens.spacingHorizontalM}`,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: "none",
    borderRadius: tokens.borderRadiusMedium,
    borderBottom: "3px solid transparent",
    ":hover": { color: tokens.colorNeutralForeground1, borderBottomColor: tokens.colorNeutralStroke1Hover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  current: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    borderBottomColor: tokens.colorCompoundBrandStroke,
    ":hover": { borderBottomColor: tokens.colorCompoundBrandStroke },
  },
});

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowLeft: (at, count) => (at + count - 1) % count,
  ArrowRight: (at, count) => (at + 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

interface TabsProps {
  label: string;
  current: string;
  tabs: readonly { name: string; text: string; to: string }[];
}

/** Tabs with addresses of their own: links, in which the arrows move. */
export function Tabs({ label, current, tabs }: TabsProps) {
  const styles = useStyles();
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLAnchorElement>, at: number) => {
    const step = STEPS[event.key];
    const links = list.current?.querySelectorAll("a");
    if (event.key === " ") event.currentTarget.click();
    else if (step) links?.[step(at, tabs.length)]?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <div ref={list} className={styles.list} role="tablist" aria-label={label}>
      {tabs.map(({ name, text, to }, at) => (
        <Link
          key={name}
          to={to}
          role="tab"
          aria-selected={name === current}
          tabIndex={name === current ? 0 : -1}
          className={mergeClasses(styles.tab, name === current && styles.current)}
          onKeyDown={(event) => onKeyDown(event, at)}
        >
          {text}
        </Link>
      ))}
    </div>
  );
}
