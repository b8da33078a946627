// The verdicts of ajv in strict mode, for test_engine_agreement.py.
// Reads {"schemas": {name: schema}, "cases": [[name, document], ...]} on stdin; prints [true, false, ...], one verdict for each case.
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";

const { schemas, cases } = JSON.parse(readFileSync(0, "utf8"));
const ajv = new Ajv2020({ strict: true, allErrors: true });
for (const [name, schema] of Object.entries(schemas)) {
  ajv.addSchema(schema, `${name}.json`); // the key that the relative references name
}
const validators = Object.fromEntries(Object.keys(schemas).map((name) => [name, ajv.getSchema(`${name}.json`)]));
process.stdout.write(JSON.stringify(cases.map(([name, document]) => validators[name](document))));
