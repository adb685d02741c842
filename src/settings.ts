/**
 * `eslint-plugin-resource-hygiene/settings`: the settings of the plugin for `eslint.config.ts`, with
 * their types. An entry of its own, because the plugin's is the plugin object and nothing else.
 */
export { defineSettings } from "./resources/settings.ts";
export type {
  AutomaticReleaseSetting,
  CacheSetting,
  ConnectionSetting,
  FunctionSetting,
  KindSetting,
  ListSetting,
  NoDutySetting,
  Settings,
} from "./resources/settings.ts";
