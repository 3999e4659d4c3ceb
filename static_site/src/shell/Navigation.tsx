import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { DatabaseRegular, FolderOpenRegular, HistoryRegular, ImageMultipleRegular, PeopleRegular, TagMultipleRegular } from "@fluentui/react-icons";
import { useEffect, useRef, type ReactElement } from "react";
import { NavLink } from "react-router";
import { useProjects } from "../api/queries/projects";
import type { Me } from "../api/types";
import { texts } from "../texts";

/** Where the navigation is a menu. */
export const NARROW = "@media (max-width: 900px)";

export const NAVIGATION = "navigation";

const useStyles = makeStyles({
  nav: {
    width: "208px",
    flexShrink: 0,
    boxSizing: "border-box",
    padding: tokens.spacingVerticalM,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXXS,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    [NARROW]: { display: "none" },
  },
  opened: {
    [NARROW]: {
      display: "flex",
      position: "absolute",
      top: 0,
      bottom: 0,
      left: 0,
      zIndex: 5,
      overflowY: "auto",
      boxShadow: tokens.shadow28,
    },
  },
  link: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    height: "36px",
    paddingInline: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: "none",
    fontSize: tokens.fontSizeBase300,
    ":hover": { backgroundColor: tokens.colorSubtleBackgroundHover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  current: {
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorSubtleBackgroundSelected,
    fontWeight: tokens.fontWeightSemibold,
  },
  icon: { display: "flex", fontSize: "20px" },
});

interface Place {
  to: string;
  text: string;
  icon: ReactElement;
}

interface NavigationProps {
  me: Me;
  /** Whether it is open where it is a menu. */
  open: boolean;
  onClose: () => void;
}

export function Navigation({ me, open, onClose }: NavigationProps) {
  const styles = useStyles();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    if (open) nav.current?.querySelector("a")?.focus();
  }, [open]);
  const projects = useProjects(false);
  const seesProjects = me.isAdministrator || projects.data?.some((project) => project.role !== "labeler");
  const places: Place[] = [
    ...(seesProjects ? [{ to: "/projects", text: texts.nav.projects, icon: <ImageMultipleRegular /> }] : []),
    { to: "/labeling", text: texts.nav.labeling, icon: <TagMultipleRegular /> },
    ...(me.isAdministrator
      ? [
          { to: "/datasets", text: texts.nav.datasets, icon: <FolderOpenRegular /> },
          { to: "/datastores", text: texts.nav.datastores, icon: <DatabaseRegular /> },
          { to: "/people", text: texts.nav.people, icon: <PeopleRegular /> },
          { to: "/audit", text: texts.nav.audit, icon: <HistoryRegular /> },
        ]
      : []),
  ];
  return (
    <nav
      ref={nav}
      id={NAVIGATION}
      className={mergeClasses(styles.nav, open && styles.opened)}
      aria-label={texts.nav.label}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      {places.map(({ to, text, icon }) => (
        <NavLink
          key={to}
          to={to}
          onClick={onClose}
          className={({ isActive }) => mergeClasses(styles.link, isActive && styles.current)}
        >
          <span className={styles.icon}>{icon}</span>
          {text}
        </NavLink>
      ))}
    </nav>
  );
}
