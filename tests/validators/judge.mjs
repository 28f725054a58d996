// Holds ajv in strict mode against the verdicts of dualcert: judge.mjs VERDICTS NODE_MODULES.
// The keywords of a standard that begin with x- are announced; any other that ajv does not know is refused.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const [verdicts, modules] = process.argv.slice(2).map((path) => resolve(path));
const Ajv2020 = createRequire(join(modules, "x.js"))("ajv/dist/2020").default;

function announced(value, found = new Set()) {
  for (const [key, inner] of Object.entries(value ?? {})) {
    if (key.startsWith("x-")) found.add(key);
    else if (typeof inner === "object") announced(inner, found);
  }
  return found;
}

const validators = new Map();
const count = { true: 0, false: 0 };
const disagreements = [];
readFileSync(verdicts, "utf8").split("\n").filter(Boolean).forEach((line, index) => {
  const told = JSON.parse(line);
  if (!validators.has(told.standard)) {
    const schema = JSON.parse(readFileSync(join(root, told.standard), "utf8"));
    // strictRequired asks that a required property be defined beside it, which a standard always does;
    // strictTypes asks for the type object in every clause, which stands once, at the root.
    const ajv = new Ajv2020({ strict: true, strictRequired: true, strictTypes: false });
    for (const keyword of announced(schema)) ajv.addKeyword(keyword);
    validators.set(told.standard, ajv.compile(schema));
  }
  const accepted = validators.get(told.standard)(told.record);
  count[accepted] += 1;
  if (accepted !== told.accepted) {
    disagreements.push(`${told.standard}, line ${index + 1}: accepted ${accepted}, dualcert ${told.accepted}`);
  }
});
console.log(`ajv: ${validators.size} standards, ${count.true} records accepted, ${count.false} refused`);
disagreements.forEach((disagreement) => console.error(disagreement));
// A run over nothing, or over records of one verdict only, shows nothing.
process.exit(disagreements.length || !count.true || !count.false ? 1 : 0);
