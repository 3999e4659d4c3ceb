/** Every text that people see: one file for each room. They come with the site, but for those of the audit log, of checks, of
 *  imports and exports, of opinions, of agreement and of the dashboard: labelers, whose page is opened most often, need none
 *  of them. */

import * as assist from "./assist";
import * as common from "./common";
import * as data from "./data";
import * as datastores from "./datastores";
import * as details from "./details";
import * as help from "./help";
import * as labeling from "./labeling";
import * as people from "./people";
import * as projects from "./projects";
import * as shell from "./shell";
import * as tasks from "./tasks";
import * as uploads from "./uploads";
import * as wizard from "./wizard";

export const texts = {
  ...assist,
  ...common,
  ...data,
  ...datastores,
  ...details,
  ...help,
  ...labeling,
  ...people,
  ...projects,
  ...shell,
  ...tasks,
  ...uploads,
  ...wizard,
};
