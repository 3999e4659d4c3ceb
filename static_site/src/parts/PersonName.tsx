import { makeStyles } from "@fluentui/react-components";
import { Fragment } from "react";

const useStyles = makeStyles({
  name: {
    display: "block",
    // Or a table would become as wide as the longest of its names.
    maxWidth: "360px",
    overflow: "hidden",
    overflowWrap: "normal",
    textOverflow: "ellipsis",
  },
});

/** A person's name in a table. A long sign-in name goes on in a new line at its @ and its dots; what is still too long
 *  is cut. */
export function PersonName({ name }: { name: string }) {
  return (
    <span className={useStyles().name} title={name}>
      {name.split(/(?=[@.])/).map((piece, place) => (
        <Fragment key={place}>
          {place > 0 && <wbr />}
          {piece}
        </Fragment>
      ))}
    </span>
  );
}
