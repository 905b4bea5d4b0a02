/* Starts the web form: config.yml says which fields there are, trial_file.js how a file is read,
   preview.js what is shown beside it. */

import {
  init,
  registerCustomFormat,
  registerEventListener,
  registerPreviewStyle,
  registerPreviewTemplate,
} from "./cms/index.js";
import { preview, rememberSaved } from "./preview.js";
import shape from "./shape.js";
import { fromFile, toFile } from "./trial_file.js";

const read = (text) => {
  const values = fromFile(text);
  rememberSaved(values);
  return values;
};

registerCustomFormat(shape.format, "md", { fromFile: read, toFile });
registerEventListener({ name: "postSave", handler: ({ entry }) => rememberSaved(entry.toJS().data) });
for (const style of shape.styles) registerPreviewStyle(style);
registerPreviewTemplate(shape.collection, preview);
init();
