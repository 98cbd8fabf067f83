// Command conformance is the Go edition of the conformance guest described in ../README.md.
package main

import (
	"fmt"
	"os"
	"time"

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
	queue   uint32
	ticks   uint64
	ticking []uint32
	queued  []uint32
	metrics metrics
}

func (p *plugin) OnPluginStart(int) types.OnPluginStartStatus {
	must(proxywasm.SetTickPeriodMilliSeconds(20))
	queue, err := proxywasm.RegisterSharedQueue("guest-queue")
	must(err)
	p.queue = queue
	p.metrics = defineMetrics()
	return types.OnPluginStartStatusOK
}

func (p *plugin) NewHttpContext(id uint32) types.HttpContext {
	return &exchange{plugin: p, id: id}
}

// OnTick lets the requests go on that wait for it, each from the root context.
func (p *plugin) OnTick() {
	p.ticks++
	p.metrics.ticks.Increment(1)
	for _, id := range p.ticking {
		must(proxywasm.SetEffectiveContext(id))
		show("x-ticks", fmt.Sprint(p.ticks > 0))
		show("x-unknown-context", status(proxywasm.SetEffectiveContext(424242)))
		must(proxywasm.ResumeHttpRequest())
	}
	p.ticking = nil
}

// OnQueueReady takes one message for one request that waits.
func (p *plugin) OnQueueReady(queue uint32) {
	message, err := proxywasm.DequeueSharedQueue(queue)
	must(err)
	id := p.queued[0]
	p.queued = p.queued[1:]
	must(proxywasm.SetEffectiveContext(id))
	show("x-dequeued", string(message))
	if len(p.queued) == 0 {
		_, err = proxywasm.DequeueSharedQueue(queue)
		show("x-empty", status(err))
	}
	must(proxywasm.ResumeHttpRequest())
}

// exchange is one HTTP request with its response.
type exchange struct {
	types.DefaultHttpContext
	plugin  *plugin
	id      uint32
	subject string
}

func (e *exchange) OnHttpRequestHeaders(int, bool) types.Action {
	e.subject = requestHeader("x-case")
	switch e.subject {
	case "call":
		return e.call("http", 5000)
	case "call-fails":
		return e.call("silent", 50)
	case "call-deny":
		return e.call("http", 5000)
	case "call-unknown":
		return e.call("nowhere", 5000)
	case "tick":
		e.plugin.ticking = append(e.plugin.ticking, e.id)
		return types.ActionPause
	case "queue":
		e.plugin.queued = append(e.plugin.queued, e.id)
		must(proxywasm.EnqueueSharedQueue(e.plugin.queue, []byte(requestHeader("x-message"))))
		return types.ActionPause
	case "metrics":
		e.plugin.metrics.count()
	case "shared-data":
		sharedData()
	case "properties":
		properties()
	case "foreign":
		foreign()
	case "sleep":
		sleep()
	case "stop":
		fmt.Fprintln(os.Stderr, "the guest says why")
		panic("the guest stops on purpose")
	}
	return types.ActionContinue
}

func (e *exchange) OnHttpRequestBody(size int, end bool) types.Action {
	if e.subject != "body" {
		return types.ActionContinue
	}
	if !end {
		return types.ActionPause
	}
	body, err := proxywasm.GetHttpRequestBody(0, size)
	must(err)
	must(proxywasm.ReplaceHttpRequestBody([]byte("request(" + string(body) + ")")))
	must(proxywasm.PrependHttpRequestBody([]byte("<")))
	must(proxywasm.AppendHttpRequestBody([]byte(">")))
	return types.ActionContinue
}

func (e *exchange) OnHttpRequestTrailers(int) types.Action {
	if e.subject == "trailers" {
		value, err := proxywasm.GetHttpRequestTrailer("x-in")
		must(err)
		must(proxywasm.AddHttpRequestTrailer("x-out", "request "+value))
		must(proxywasm.RemoveHttpRequestTrailer("x-in"))
	}
	return types.ActionContinue
}

func (e *exchange) OnHttpResponseBody(size int, end bool) types.Action {
	if e.subject != "body" {
		return types.ActionContinue
	}
	if !end {
		return types.ActionPause
	}
	body, err := proxywasm.GetHttpResponseBody(0, size)
	must(err)
	must(proxywasm.ReplaceHttpResponseBody([]byte("response(" + string(body) + ")")))
	return types.ActionContinue
}

func (e *exchange) OnHttpResponseTrailers(int) types.Action {
	if e.subject == "trailers" {
		value, err := proxywasm.GetHttpResponseTrailer("x-in")
		must(err)
		must(proxywasm.AddHttpResponseTrailer("x-out", "response "+value))
		must(proxywasm.RemoveHttpResponseTrailer("x-in"))
	}
	return types.ActionContinue
}

// call asks an upstream; the request goes on, or is refused, with the answer.
func (e *exchange) call(upstream string, timeout uint32) types.Action {
	headers := [][2]string{
		{":method", "POST"}, {":path", "/call?a=b"}, {":authority", "guest.example"}, {"x-guest", "go"},
	}
	trailers := [][2]string{{"x-guest-trailer", "sent"}}
	_, err := proxywasm.DispatchHttpCall(upstream, headers, []byte("question"), trailers, timeout, e.answered)
	if err != nil {
		show("x-call-refused", status(err))
		return types.ActionContinue
	}
	return types.ActionPause
}

func (e *exchange) answered(count, size, trailers int) {
	body, err := proxywasm.GetHttpCallResponseBody(0, size)
	if size > 0 {
		must(err)
	}
	if e.subject == "call-deny" {
		headers := [][2]string{{"x-denied-by", "go"}}
		must(proxywasm.SendHttpResponse(403, headers, body, -1))
		return
	}
	show("x-call-any", fmt.Sprint(count > 0))
	show("x-call-body", string(body))
	show("x-call-trailers", fmt.Sprint(trailers))
	if count > 0 {
		pairs, err := proxywasm.GetHttpCallResponseHeaders()
		must(err)
		show("x-call-status", pairs[0][0]+" "+pairs[0][1])
		pairs, err = proxywasm.GetHttpCallResponseTrailers()
		must(err)
		for _, pair := range pairs {
			show("x-call-trailer", pair[0]+"="+pair[1])
		}
	}
	must(proxywasm.ResumeHttpRequest())
}

// sleep shows that the clocks of WASI go on, and that a goroutine runs.
func sleep() {
	begin := time.Now()
	done := make(chan time.Duration)
	go func() {
		time.Sleep(5 * time.Millisecond)
		done <- time.Since(begin)
	}()
	show("x-slept", fmt.Sprint(<-done >= 5*time.Millisecond))
}
