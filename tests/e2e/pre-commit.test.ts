/** Leaks that are staged, with the two tools that run hooks, set up as docs/pre-commit.md says. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { documentedFile } from "./support/documented-files.ts";
import {
  createProject,
  removeTemporaryFolders,
  repository,
  runCommand,
  runEslint,
  writeFiles,
  writeFolder,
} from "./support/packed-plugin.ts";
import type { Run } from "./support/packed-plugin.ts";
import { borrows, caller, closes, fine, leak, tsconfig } from "./support/programs.ts";

const page = "docs/pre-commit.md";

const config = documentedFile("README.md", "eslint.config.mjs");

const files = {
  "eslint.config.mjs": config,
  "tsconfig.json": tsconfig.replace(/\}$/, ',"include":["src"]}'),
  ".gitignore": "node_modules/\n.home/\n",
  "src/helper.ts": closes,
  "src/caller.ts": caller,
};

const finding =
  /src\/file\.ts\n +4:22 +error +'descriptor' .* is never released.* resource-hygiene\/no-unclosed-disposable\n/;

/** A repository with one commit, and nobody's settings but its own. */
class Repository {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    this.git("init", "--quiet", "--initial-branch", "main");
    this.git("config", "user.name", "Somebody");
    this.git("config", "user.email", "somebody@example.org");
    this.git("add", ".");
    this.git("commit", "--quiet", "--no-verify", "-m", "first");
  }

  try(...parameters: string[]): Run {
    return runCommand(this.folder, "git", parameters, {
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
      PRE_COMMIT_HOME: path.join(this.folder, ".home"),
    });
  }

  git(...parameters: string[]): string {
    const { status, stdout, stderr } = this.try(...parameters);
    if (status !== 0) throw new Error(`git ${parameters.join(" ")}\n${stdout}${stderr}`);
    return stdout;
  }

  stage(changes: Readonly<Record<string, string>>): void {
    writeFiles(this.folder, changes);
    this.git("add", "--", ...Object.keys(changes));
  }

  commit(subject: string): Run {
    return this.try("commit", "--quiet", "-m", subject);
  }

  lastSubject(): string {
    return this.git("log", "-1", "--format=%s").trim();
  }

  read(file: string): string {
    return readFileSync(path.join(this.folder, file), "utf8");
  }
}

/** What the machine has; without the framework its tests say that they were skipped. */
const hasFramework = ((): boolean => {
  try {
    return runCommand(repository, "pre-commit", ["--version"]).status === 0;
  } catch {
    return false;
  }
})();

function withHusky(): Repository {
  const folder = createProject({ files, tools: ["husky", "lint-staged"] });
  const project = new Repository(folder);
  const { status, stderr } = runCommand(folder, "npx", ["husky", "init"]);
  if (status !== 0) throw new Error(stderr);
  for (const file of [".husky/pre-commit", "lint-staged.config.mjs"]) {
    writeFiles(folder, { [file]: documentedFile(page, file) });
  }
  project.git("add", ".");
  project.git("commit", "--quiet", "--no-verify", "-m", "hooks");
  return project;
}

function withFramework(): Repository {
  const hooks = ".pre-commit-hooks.yaml";
  const origin = new Repository(
    writeFolder({ [hooks]: readFileSync(path.join(repository, hooks), "utf8") }),
  );
  const project = new Repository(createProject({ files }));
  writeFiles(project.folder, {
    ".pre-commit-config.yaml": documentedFile(page, ".pre-commit-config.yaml")
      .replace(/(?<=repo: ).*/, origin.folder)
      .replace(/(?<=rev: ).*/, origin.git("rev-parse", "HEAD").trim()),
  });
  project.git("add", ".");
  project.git("commit", "--quiet", "--no-verify", "-m", "hooks");
  const { status, stdout, stderr } = runCommand(project.folder, "pre-commit", ["install"]);
  if (status !== 0) throw new Error(stdout + stderr);
  return project;
}

afterAll(removeTemporaryFolders);

describe.each([
  { tool: "husky and lint-staged", create: withHusky, skipped: false },
  { tool: "the pre-commit framework", create: withFramework, skipped: !hasFramework },
])("$tool", ({ create, skipped }) => {
  describe.skipIf(skipped)("on a commit", () => {
    let project: Repository;

    beforeAll(() => {
      project = create();
    });

    afterEach(() => {
      project.git("reset", "--quiet", "--hard");
    });

    it("blocks a leak and says why, and lets the mended file pass", () => {
      project.stage({ "src/file.ts": leak });
      const blocked = project.commit("leak");
      expect(blocked.stdout + blocked.stderr).toMatch(finding);
      expect(blocked.status).toBe(1);
      expect(project.lastSubject()).toBe("hooks");
      expect(project.git("status", "--short")).toBe("A  src/file.ts\n");

      project.stage({ "src/file.ts": fine });
      const { status, stdout, stderr } = project.commit("mended");
      expect({ status, output: stdout + stderr }).toMatchObject({ status: 0 });
      expect(project.lastSubject()).toBe("mended");
    });

    it("judges what is staged, not what is edited since, and leaves the edit alone", () => {
      project.stage({ "src/part.ts": leak });
      writeFiles(project.folder, { "src/part.ts": fine });
      expect(project.commit("part").status).toBe(1);
      expect(project.git("show", ":src/part.ts")).toBe(leak);
      expect(project.read("src/part.ts")).toBe(fine);

      project.stage({ "src/part.ts": fine });
      writeFiles(project.folder, { "src/part.ts": leak });
      expect(project.commit("the good part").status).toBe(0);
      expect(project.git("show", "HEAD:src/part.ts")).toBe(fine);
      expect(project.read("src/part.ts")).toBe(leak);
    });

    it("says of a file in no tsconfig what is the matter", () => {
      project.stage({ "scripts/outside.ts": leak });
      const { status, stdout, stderr } = project.commit("outside");
      const output = stdout + stderr;
      expect(output).toMatch(/outside\.ts was not found by the project service/);
      expect(output).not.toMatch(/\n +at /);
      expect(status).toBe(1);
    });

    it("passes over files that the config ignores", () => {
      const ignores = 'globalIgnores(["generated"]), {';
      project.stage({
        "eslint.config.mjs": config
          .replace("{ defineConfig }", "{ defineConfig, globalIgnores }")
          .replace("defineConfig({", `defineConfig(${ignores}`),
        "generated/outside.ts": leak,
      });
      const { status, stdout, stderr } = project.commit("generated");
      expect({ status, output: stdout + stderr }).toMatchObject({ status: 0 });
    });
  });
});

it("sees only staged files: a caller that leaks from now on is found by the whole run", () => {
  const project = withHusky();
  project.stage({ "src/helper.ts": borrows });
  expect(project.commit("a helper").status).toBe(0);
  const { status, stdout } = runEslint(project.folder, ".");
  expect(stdout).toMatch(/caller\.ts\n +5:22 +error/);
  expect(status).toBe(1);
});
