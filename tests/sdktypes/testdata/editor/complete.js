// Prints what TypeScript's language service, which editors ask, offers at each
// comment of program.ts: a JSON object of lists, by the text of the comment.
const ts = require("typescript");

const file = "program.ts";
const text = ts.sys.readFile(file);
const service = ts.createLanguageService({
  ...ts.sys,
  useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
  getCompilationSettings: () => ({
    strict: true,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    types: [],
  }),
  getScriptFileNames: () => [file],
  getScriptVersion: () => "1",
  getScriptSnapshot: (name) => {
    const source = ts.sys.readFile(name);
    return source === undefined
      ? undefined
      : ts.ScriptSnapshot.fromString(source);
  },
  getDefaultLibFileName: ts.getDefaultLibFilePath,
});
const offered = {};
for (const at of text.matchAll(/\/\*(\w+)\*\//g)) {
  const found = service.getCompletionsAtPosition(file, at.index, {});
  offered[at[1]] = (found?.entries ?? []).map((entry) => entry.name).sort();
}
console.log(JSON.stringify(offered));
