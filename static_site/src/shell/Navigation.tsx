import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { DatabaseRegular, FolderOpenRegular, ImageMultipleRegular, TagMultipleRegular } from "@fluentui/react-icons";
import type { ReactElement } from "react";
import { NavLink } from "react-router";
import { useProjects } from "../api/queries";
import type { Me } from "../api/types";
import { texts } from "../texts";

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
    "@media (max-width: 900px)": { width: "56px" },
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
    "@media (max-width: 900px)": { paddingInline: "7px" },
  },
  current: {
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorSubtleBackgroundSelected,
    fontWeight: tokens.fontWeightSemibold,
  },
  icon: { display: "flex", fontSize: "20px" },
  text: { "@media (max-width: 900px)": { display: "none" } },
});

interface Place {
  to: string;
  text: string;
  icon: ReactElement;
}

export function Navigation({ me }: { me: Me }) {
  const styles = useStyles();
  const projects = useProjects();
  const seesProjects = me.isAdministrator || projects.data?.some((project) => project.role !== "labeler");
  const places: Place[] = [
    ...(seesProjects ? [{ to: "/projects", text: texts.nav.projects, icon: <ImageMultipleRegular /> }] : []),
    { to: "/labeling", text: texts.nav.labeling, icon: <TagMultipleRegular /> },
    ...(me.isAdministrator
      ? [
          { to: "/datasets", text: texts.nav.datasets, icon: <FolderOpenRegular /> },
          { to: "/datastores", text: texts.nav.datastores, icon: <DatabaseRegular /> },
        ]
      : []),
  ];
  return (
    <nav className={styles.nav} aria-label={texts.nav.label}>
      {places.map(({ to, text, icon }) => (
        <NavLink
          key={to}
          to={to}
          title={text}
          className={({ isActive }) => mergeClasses(styles.link, isActive && styles.current)}
        >
          <span className={styles.icon}>{icon}</span>
          <span className={styles.text}>{text}</span>
        </NavLink>
      ))}
    </nav>
  );
}
