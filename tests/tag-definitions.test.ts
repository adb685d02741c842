/** The tags are defined for the tools that check tags, under the names that the plugin reads. */
import { TSDocConfiguration, TSDocParser } from "@microsoft/tsdoc";
import { TSDocConfigFile } from "@microsoft/tsdoc-config";
import { Linter } from "eslint";
import jsdocPlugin from "eslint-plugin-jsdoc";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import jsdoc from "../src/jsdoc.ts";
import { tagNames } from "../src/resources/tags.ts";

const comment = `/**
 * Opens a session.
 *
 * @mustCall close
 * @owning socket - the session closes it
 * @notOwning log
 */`;
const unknown = comment.replace("@owning", "@owned");

describe("eslint-plugin-jsdoc", () => {
  function complaints(code: string, ...configs: Linter.Config[]): string[] {
    const checks: Linter.Config = {
      plugins: { jsdoc: jsdocPlugin },
      rules: { "jsdoc/check-tag-names": "error" },
    };
    return new Linter()
      .verify(`${code}\nexport function open(socket, log) {}\n`, [checks, ...configs])
      .map(({ message }) => message);
  }

  it("takes the tags for its own with the config", () => {
    expect(complaints(comment, jsdoc)).toEqual([]);
  });

  it("does not know them without it", () => {
    expect(complaints(comment)).toHaveLength(tagNames.length);
  });

  it("still finds what is no tag", () => {
    expect(complaints(unknown, jsdoc)).toEqual(['Invalid JSDoc tag name "owned".']);
  });
});

describe("TSDoc", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "resource-hygiene-tsdoc-"));
    const modules = path.join(folder, "node_modules");
    mkdirSync(modules);
    symlinkSync(
      path.resolve(import.meta.dirname, ".."),
      path.join(modules, "eslint-plugin-resource-hygiene"),
      "junction",
    );
    writeFileSync(path.join(folder, "package.json"), "{}");
    writeFileSync(
      path.join(folder, "tsdoc.json"),
      JSON.stringify({
        $schema: "https://developer.microsoft.com/json-schemas/tsdoc/v0/tsdoc.schema.json",
        extends: ["eslint-plugin-resource-hygiene/tsdoc.json"],
      }),
    );
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function complaints(code: string, isExtended: boolean): string[] {
    const configuration = new TSDocConfiguration();
    if (isExtended) {
      const file = TSDocConfigFile.loadForFolder(folder);
      expect(file.hasErrors ? file.getErrorSummary() : "").toBe("");
      file.configureParser(configuration);
    }
    return new TSDocParser(configuration)
      .parseString(code)
      .log.messages.map(({ unformattedText }) => unformattedText);
  }

  it("knows the tags where tsdoc.json extends that of the package", () => {
    expect(complaints(comment, true)).toEqual([]);
  });

  it("does not know them without it", () => {
    expect(complaints(comment, false)).toHaveLength(tagNames.length);
  });

  it("still finds what is no tag", () => {
    expect(complaints(unknown, true)).toHaveLength(1);
  });
});
