// The AssemblyScript edition of the sample filter described in ../../README.md.
export * from "@solo-io/proxy-runtime/proxy";
import {
  Context,
  FilterDataStatusValues,
  FilterHeadersStatusValues,
  GrpcStatusValues,
  HeaderPair,
  LogLevelValues,
  RootContext,
  log,
  registerRootContext,
  send_local_response,
  stream_context,
} from "@solo-io/proxy-runtime";
import { BufferTypeValues, get_buffer_bytes } from "@solo-io/proxy-runtime/runtime";
import { replaceBody } from "./host";
import { Settings } from "./settings";

class Plugin extends RootContext {
  settings: Settings = new Settings();

  // Without super: the runtime's own version passes the size where the host expects a pointer to it.
  onConfigure(size: u32): bool {
    let bytes = size == 0 ? new ArrayBuffer(0) : get_buffer_bytes(BufferTypeValues.PluginConfiguration, 0, size);
    let settings = new Settings();
    let error = settings.read(String.UTF8.decode(bytes));
    if (error.length > 0) {
      log(LogLevelValues.critical, "sample-filter: the plugin configuration is not valid JSON: " + error);
      return false;
    }
    this.settings = settings;
    return true;
  }

  createContext(contextId: u32): Context {
    return new Exchange(contextId, this);
  }
}

/** One HTTP request with its response. */
class Exchange extends Context {
  private settings: Settings;
  private replaceRequestBody: bool = false;
  private replaceResponseBody: bool = false;

  constructor(contextId: u32, plugin: Plugin) {
    super(contextId, plugin);
    this.settings = plugin.settings;
  }

  onRequestHeaders(count: u32, endOfStream: bool): FilterHeadersStatusValues {
    let headers = stream_context.headers.request;
    let path = headers.get(":path");
    log(LogLevelValues.info, "sample-filter: request " + path);
    if (this.settings.deny.length > 0 && path.startsWith(this.settings.deny)) return deny();
    headers.add(this.settings.header, this.settings.value);
    if (this.settings.remove.length > 0) headers.remove(this.settings.remove);
    this.replaceResponseBody = headers.get("x-replace-body") == "1";
    this.replaceRequestBody = headers.get("x-replace-request-body") == "1";
    // The length changes with the body, and hosts such as Envoy do not correct it.
    if (this.replaceRequestBody) headers.remove("content-length");
    return FilterHeadersStatusValues.Continue;
  }

  onRequestBody(size: usize, endOfStream: bool): FilterDataStatusValues {
    if (!this.replaceRequestBody) return FilterDataStatusValues.Continue;
    if (!endOfStream) return FilterDataStatusValues.StopIterationAndBuffer;
    replaceBody(BufferTypeValues.HttpRequestBody, size, this.settings.body);
    return FilterDataStatusValues.Continue;
  }

  onResponseHeaders(count: u32, endOfStream: bool): FilterHeadersStatusValues {
    let headers = stream_context.headers.response;
    headers.add(this.settings.header, this.settings.value);
    if (this.settings.remove.length > 0) headers.remove(this.settings.remove);
    if (headers.get("x-replace-body") == "1") this.replaceResponseBody = true;
    if (this.replaceResponseBody) headers.remove("content-length");
    return FilterHeadersStatusValues.Continue;
  }

  onResponseBody(size: usize, endOfStream: bool): FilterDataStatusValues {
    if (!this.replaceResponseBody) return FilterDataStatusValues.Continue;
    if (!endOfStream) return FilterDataStatusValues.StopIterationAndBuffer;
    replaceBody(BufferTypeValues.HttpResponseBody, size, this.settings.body);
    return FilterDataStatusValues.Continue;
  }
}

function deny(): FilterHeadersStatusValues {
  let header = new HeaderPair(String.UTF8.encode("x-denied-by"), String.UTF8.encode("assemblyscript"));
  let body = String.UTF8.encode("denied by assemblyscript\n");
  send_local_response(403, "", body, [header], GrpcStatusValues.InvalidCode);
  return FilterHeadersStatusValues.StopIteration;
}

function createPlugin(contextId: u32): RootContext {
  return new Plugin(contextId);
}

// The runtime finds the factory by the root id of the plugin; both the name and no name at all lead here.
registerRootContext(createPlugin, "sample-filter");
registerRootContext(createPlugin, "");
