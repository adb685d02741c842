/** A kind as the settings have it. */
import { changedList, given, incomplete } from "./changed-entry.ts";
import type { ResourceKind } from "./kind.ts";
import type { KindSetting } from "./settings.ts";

/**
 * The kind under an id: the built-in one as it is changed, or one of the user's own.
 *
 * @param builtIn the built-in kinds by id
 * @throws SettingsError when nothing makes it, or nothing releases it
 */
export function changedKind(
  id: string,
  setting: KindSetting,
  builtIn: ReadonlyMap<string, ResourceKind>,
): ResourceKind {
  const known = builtIn.get(id);
  const { acquire, release, types, automatic, asyncRelease, ...rest } = setting;
  const { armedBy, failsClean, standIns, notReleasedBy, wrongRelease, releasedWhen, ...plain } =
    rest;
  const { asyncRelease: knownAsync, ...knownRest } = known ?? {};
  const isAsync = asyncRelease ?? knownAsync ?? false;
  const kind: ResourceKind = {
    label: id.slice(id.lastIndexOf(".") + 1),
    grade: "must",
    duty: "close",
    source: "",
    ...knownRest,
    ...plain,
    id,
    acquire: changedList(known?.acquire, acquire) ?? [],
    release: changedList(known?.release, release) ?? [],
    ...(isAsync && { asyncRelease: true as const }),
    ...given("types", changedList(known?.types, types)),
    ...given("armedBy", changedList(known?.armedBy, armedBy)),
    ...given("failsClean", changedList(known?.failsClean, failsClean)),
    ...given("standIns", changedList(known?.standIns, standIns)),
    ...given("notReleasedBy", changedList(known?.notReleasedBy, notReleasedBy)),
    ...given("wrongRelease", changedList(known?.wrongRelease, wrongRelease)),
    ...given("releasedWhen", changedList(known?.releasedWhen, releasedWhen)),
    ...given("automatic", changedAutomatic(known?.automatic, automatic)),
  };
  requireComplete(kind, builtIn);
  return kind;
}

function changedAutomatic(
  known: ResourceKind["automatic"],
  setting: KindSetting["automatic"],
): ResourceKind["automatic"] {
  if (setting === undefined) return known;
  const iteration = setting.iteration ?? known?.iteration ?? false;
  const parent = setting.parent ?? known?.parent ?? false;
  const receiver = setting.receiver ?? known?.receiver ?? false;
  return {
    ...given("signal", setting.signal ?? known?.signal),
    ...given("once", setting.once ?? known?.once),
    ...given("within", changedList(known?.within, setting.within)),
    ...given("through", changedList(known?.through, setting.through)),
    ...given("events", changedList(known?.events, setting.events)),
    ...given("members", changedList(known?.members, setting.members)),
    ...(iteration && { iteration: true as const }),
    ...(parent && { parent: true as const }),
    ...(receiver && { receiver: true as const }),
  };
}

function requireComplete(kind: ResourceKind, builtIn: ReadonlyMap<string, ResourceKind>): void {
  const missing =
    kind.release.length === 0
      ? "release"
      : kind.acquire.length === 0 && (kind.types ?? []).length === 0
        ? "acquire"
        : undefined;
  if (missing === undefined) return;
  const needed = `a kind with "release", and "acquire" or "types"`;
  throw incomplete("kinds", kind.id, missing, needed, builtIn);
}
