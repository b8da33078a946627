// The verdicts of ajv in strict mode, for test_engine_agreement.py.
// Reads {"schemas": {name: schema}, "bundled": false, "cases": [[name, document], ...]} on stdin; prints [true, false, ...], one verdict
// for each case. Bundled schemas are added under their own `$id`, each to an ajv of its own.
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";

const { schemas, bundled, cases } = JSON.parse(readFileSync(0, "utf8"));
const newAjv = () => new Ajv2020({ strict: true, allErrors: true });
const together = newAjv();
for (const [name, schema] of Object.entries(bundled ? {} : schemas)) {
  together.addSchema(schema, `${name}.json`); // the key that the relative references name
}
const validator = (name) => (bundled ? newAjv().compile(schemas[name]) : together.getSchema(`${name}.json`));
const validators = Object.fromEntries(Object.keys(schemas).map((name) => [name, validator(name)]));
process.stdout.write(JSON.stringify(cases.map(([name, document]) => validators[name](document))));
