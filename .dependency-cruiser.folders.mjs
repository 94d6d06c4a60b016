// Folders without circles: those that need each other are one folder, or cut in the wrong place. Tests may look everywhere.
import config from "./.dependency-cruiser.mjs";

const TESTS = ["\\.(test|spec)\\.tsx?$", "^lib/testing/"];

const folders = {
  forbidden: [{ name: "no-folder-cycles", severity: "error", scope: "folder", from: {}, to: { circular: true } }],
  options: { ...config.options, exclude: { path: [config.options.exclude.path, ...TESTS] } },
};

export default folders;
