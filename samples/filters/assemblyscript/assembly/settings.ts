import { StringObject } from "./json";

/**
 * The plugin configuration: a JSON object whose missing fields keep their defaults.
 * An empty `remove` or `deny` switches that part of the filter off.
 */
export class Settings {
  header: string = "x-filter";
  value: string = "assemblyscript";
  remove: string = "x-remove-me";
  deny: string = "/denied";
  body: string = "replaced body";

  /** Takes the fields of the configuration; answers what is wrong with it, or "". */
  read(configuration: string): string {
    if (configuration.trim().length == 0) return "";
    let object = new StringObject(configuration);
    this.header = object.get("header", this.header);
    this.value = object.get("value", this.value);
    this.remove = object.get("remove", this.remove);
    this.deny = object.get("deny", this.deny);
    this.body = object.get("body", this.body);
    return object.error;
  }
}
