import {
  Button,
  Menu,
  MenuItemLink,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
} from "@fluentui/react-components";
import { useNavigate } from "react-router";
import type { Labeler, Project } from "../../api/types";
import { labelers as said } from "../../texts/labelers";
import { dataAddress } from "./dataAddress";

const useStyles = makeStyles({ labels: { maxHeight: "320px" } });

/** Opens all images that this person gave one label. */
export function SideBySideMenu({ project, labeler }: { project: Project; labeler: Labeler }) {
  const styles = useStyles();
  const navigate = useNavigate();
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button size="small" aria-label={said.sideBySideOf(labeler.name)}>
          {said.sideBySide}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList className={styles.labels}>
          {project.labels.map((label) => {
            const asked = { view: "side-by-side", labeler: labeler.userId, label: label.name };
            const to = dataAddress(project.id, asked);
            return (
              <MenuItemLink
                key={label.id}
                href={to}
                onClick={(event) => {
                  event.preventDefault();
                  void navigate(to);
                }}
              >
                {label.name}
              </MenuItemLink>
            );
          })}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
