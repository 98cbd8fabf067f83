// Command sample-filter is the Go edition of the sample filter described in ../README.md.
package main

import (
	"errors"
	"strings"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

// main is never called: the module is a reactor, so registration happens in init.
func main() {}

func init() {
	proxywasm.SetPluginContext(func(uint32) types.PluginContext { return &plugin{} })
}

type plugin struct {
	types.DefaultPluginContext
	settings settings
}

func (p *plugin) OnPluginStart(int) types.OnPluginStartStatus {
	configuration, err := proxywasm.GetPluginConfiguration()
	if err != nil && !errors.Is(err, types.ErrorStatusNotFound) {
		proxywasm.LogCriticalf("sample-filter: the plugin configuration cannot be read: %v", err)
		return types.OnPluginStartStatusFailed
	}
	if p.settings, err = parseSettings(configuration); err != nil {
		proxywasm.LogCriticalf("sample-filter: the plugin configuration is not valid JSON: %v", err)
		return types.OnPluginStartStatusFailed
	}
	return types.OnPluginStartStatusOK
}

func (p *plugin) NewHttpContext(uint32) types.HttpContext {
	return &exchange{settings: &p.settings}
}

// exchange is one HTTP request with its response.
type exchange struct {
	types.DefaultHttpContext
	settings            *settings
	replaceRequestBody  bool
	replaceResponseBody bool
}

func (e *exchange) OnHttpRequestHeaders(int, bool) types.Action {
	path := requestHeader(":path")
	proxywasm.LogInfof("sample-filter: request %s", path)
	if e.settings.Deny != "" && strings.HasPrefix(path, e.settings.Deny) {
		return deny()
	}
	check("add a request header", proxywasm.AddHttpRequestHeader(e.settings.Header, e.settings.Value))
	if e.settings.Remove != "" {
		check("remove a request header", proxywasm.RemoveHttpRequestHeader(e.settings.Remove))
	}
	e.replaceResponseBody = requestHeader("x-replace-body") == "1"
	e.replaceRequestBody = requestHeader("x-replace-request-body") == "1"
	if e.replaceRequestBody {
		// The length changes with the body, and hosts such as Envoy do not correct it.
		check("remove the request length", proxywasm.RemoveHttpRequestHeader("content-length"))
	}
	return types.ActionContinue
}

func (e *exchange) OnHttpRequestBody(_ int, endOfStream bool) types.Action {
	if !e.replaceRequestBody {
		return types.ActionContinue
	}
	if !endOfStream {
		return types.ActionPause
	}
	check("replace the request body", proxywasm.ReplaceHttpRequestBody([]byte(e.settings.Body)))
	return types.ActionContinue
}

func (e *exchange) OnHttpResponseHeaders(int, bool) types.Action {
	check("add a response header", proxywasm.AddHttpResponseHeader(e.settings.Header, e.settings.Value))
	if e.settings.Remove != "" {
		check("remove a response header", proxywasm.RemoveHttpResponseHeader(e.settings.Remove))
	}
	if value, err := proxywasm.GetHttpResponseHeader("x-replace-body"); err == nil && value == "1" {
		e.replaceResponseBody = true
	}
	if e.replaceResponseBody {
		check("remove the response length", proxywasm.RemoveHttpResponseHeader("content-length"))
	}
	return types.ActionContinue
}

func (e *exchange) OnHttpResponseBody(_ int, endOfStream bool) types.Action {
	if !e.replaceResponseBody {
		return types.ActionContinue
	}
	if !endOfStream {
		return types.ActionPause
	}
	check("replace the response body", proxywasm.ReplaceHttpResponseBody([]byte(e.settings.Body)))
	return types.ActionContinue
}

func deny() types.Action {
	headers := [][2]string{{"x-denied-by", "go"}}
	check("deny the request", proxywasm.SendHttpResponse(403, headers, []byte("denied by go\n"), -1))
	return types.ActionPause
}

// requestHeader answers the value of a request header, or "" when it is absent.
func requestHeader(name string) string {
	value, err := proxywasm.GetHttpRequestHeader(name)
	if err != nil && !errors.Is(err, types.ErrorStatusNotFound) {
		proxywasm.LogErrorf("sample-filter: cannot read the request header %s: %v", name, err)
	}
	return value
}

// check logs a host call that failed; the exchange goes on without its effect.
func check(attempt string, err error) {
	if err != nil {
		proxywasm.LogErrorf("sample-filter: cannot %s: %v", attempt, err)
	}
}
