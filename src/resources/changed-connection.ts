/** What a server is given, as the settings have it. */
import { changedList, given, incomplete } from "./changed-entry.ts";
import type { ConnectionKind } from "./connections.ts";
import type { ConnectionSetting } from "./settings.ts";

/**
 * The connection under an id: the built-in one as it is changed, or one of the user's own.
 *
 * @param builtIn the built-in connections by id
 * @throws SettingsError when nothing says what its values are, or how one ends
 */
export function changedConnection(
  id: string,
  setting: ConnectionSetting,
  builtIn: ReadonlyMap<string, ConnectionKind>,
): ConnectionKind {
  const known = builtIn.get(id);
  const { types, ends, sometimes, ids, ...plain } = setting;
  const connection: ConnectionKind = {
    label: id.slice(id.lastIndexOf(".") + 1),
    source: "",
    ...known,
    ...plain,
    id,
    types: changedList(known?.types, types) ?? [],
    ends: changedList(known?.ends, ends) ?? [],
    sometimes: changedList(known?.sometimes, sometimes) ?? [],
    ...given("ids", changedList(known?.ids, ids)),
  };
  const missing =
    connection.types.length === 0 ? "types" : connection.ends.length === 0 ? "ends" : undefined;
  if (missing !== undefined)
    throw incomplete("connections", id, missing, `a connection with "types" and "ends"`, builtIn);
  return connection;
}
