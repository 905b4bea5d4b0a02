/* Starts the web form: config.yml says which fields there are, trial_file.js how a file is read. */

import { init, registerCustomFormat } from "./cms/index.js";
import shape from "./shape.js";
import { fromFile, toFile } from "./trial_file.js";

registerCustomFormat(shape.format, "md", { fromFile, toFile });
init();
