// The AssemblyScript edition of the conformance guest described in ../../README.md.
export * from "@solo-io/proxy-runtime/proxy";
import {
  Context,
  FilterDataStatusValues,
  FilterHeadersStatusValues,
  FilterTrailersStatusValues,
  RootContext,
  proxy_set_effective_context,
  registerRootContext,
  stream_context,
} from "@solo-io/proxy-runtime";
import {
  BufferTypeValues,
  MetricTypeValues,
  define_metric,
  getContext,
  increment_metric,
  set_tick_period_milliseconds,
} from "@solo-io/proxy-runtime/runtime";
import { answer, call, dispatch } from "./callouts";
import { rewriteBody } from "./host";
import { countMetrics, readProperties, show, statusName } from "./services";

class Plugin extends RootContext {
  ticking: Array<u32> = [];
  fetching: Array<u32> = [];
  fetchedFor: Array<u32> = [];
  private ticks: u32 = 0;

  // Without super: the runtime's own version passes the size where the host expects a pointer to it.
  onConfigure(size: u32): bool {
    set_tick_period_milliseconds(20);
    this.ticks = define_metric(MetricTypeValues.Counter, "guest.ticks").metric_id;
    return true;
  }

  // Lets the requests go on that wait for it, each from the root context.
  onTick(): void {
    increment_metric(this.ticks, 1);
    for (let i = 0; i < this.ticking.length; i++) {
      let waiting = getContext(this.ticking[i]);
      waiting.setEffectiveContext();
      show("x-ticks", "true");
      show("x-unknown-context", statusName(proxy_set_effective_context(424242)));
      waiting.continueRequest();
    }
    this.ticking = [];
    if (this.fetching.length > 0) {
      this.fetchedFor = this.fetching;
      this.fetching = [];
      dispatch(this, this, "http", "root", 5000, (plugin: Context, headers: u32, size: usize, trailers: u32) => {
        changetype<Plugin>(plugin).fetched(answer(size));
      });
    }
  }

  // Lets the requests go on that wait for the answer to a call of the plugin itself.
  fetched(body: string): void {
    for (let i = 0; i < this.fetchedFor.length; i++) {
      let waiting = getContext(this.fetchedFor[i]);
      waiting.setEffectiveContext();
      show("x-root-answer", body);
      waiting.continueRequest();
    }
    this.fetchedFor = [];
  }

  createContext(contextId: u32): Context {
    return new Exchange(contextId, this);
  }
}

/** One HTTP request with its response. */
class Exchange extends Context {
  private plugin: Plugin;
  private subject: string = "";
  private upstream: string = "";
  private question: string = "";

  constructor(contextId: u32, plugin: Plugin) {
    super(contextId, plugin);
    this.plugin = plugin;
  }

  onRequestHeaders(count: u32, endOfStream: bool): FilterHeadersStatusValues {
    let subject = stream_context.headers.request.get("x-case");
    this.subject = subject;
    this.upstream = stream_context.headers.request.get("x-upstream");
    this.question = stream_context.headers.request.get("x-question");
    if (subject == "call" || subject == "call-deny" || subject == "call-stop") return this.call(5000);
    if (subject == "call-fails") return this.call(50);
    if (subject == "root-call") {
      this.plugin.fetching.push(this.context_id);
      return FilterHeadersStatusValues.StopIteration;
    }
    if (subject == "tick") {
      this.plugin.ticking.push(this.context_id);
      return FilterHeadersStatusValues.StopIteration;
    }
    if (subject == "metrics") countMetrics();
    if (subject == "properties") readProperties();
    if (subject == "stop") throw new Error("the guest stops on purpose");
    return FilterHeadersStatusValues.Continue;
  }

  onRequestBody(size: usize, endOfStream: bool): FilterDataStatusValues {
    return this.onBody(BufferTypeValues.HttpRequestBody, "request", size, endOfStream);
  }

  onRequestTrailers(count: u32): FilterTrailersStatusValues {
    return this.onTrailers(true);
  }

  onResponseHeaders(count: u32, endOfStream: bool): FilterHeadersStatusValues {
    if (this.subject == "call-response") return this.call(5000);
    return FilterHeadersStatusValues.Continue;
  }

  onResponseBody(size: usize, endOfStream: bool): FilterDataStatusValues {
    return this.onBody(BufferTypeValues.HttpResponseBody, "response", size, endOfStream);
  }

  onResponseTrailers(count: u32): FilterTrailersStatusValues {
    return this.onTrailers(false);
  }

  private call(timeout: u32): FilterHeadersStatusValues {
    return call(this.plugin, this, this.subject, this.upstream, this.question, timeout);
  }

  private onBody(type: BufferTypeValues, name: string, size: usize, endOfStream: bool): FilterDataStatusValues {
    if (this.subject == "new-trailers" && endOfStream) {
      let trailers = name == "request" ? stream_context.trailers.request : stream_context.trailers.response;
      trailers.add("x-new", "of the " + name);
    }
    if (this.subject != "body") return FilterDataStatusValues.Continue;
    if (!endOfStream) return FilterDataStatusValues.StopIterationAndBuffer;
    rewriteBody(type, name, size);
    return FilterDataStatusValues.Continue;
  }

  private onTrailers(ofRequest: bool): FilterTrailersStatusValues {
    if (this.subject == "trailers") {
      let trailers = ofRequest ? stream_context.trailers.request : stream_context.trailers.response;
      trailers.add("x-out", (ofRequest ? "request " : "response ") + trailers.get("x-in"));
      trailers.remove("x-in");
    }
    return FilterTrailersStatusValues.Continue;
  }
}

// The runtime finds the factory by the root id of the plugin.
registerRootContext((contextId: u32): RootContext => new Plugin(contextId), "");
