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
	queue    uint32
	ticks    uint64
	ticking  []uint32
	fetching []uint32
	queued   []uint32
	metrics  metrics
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
	if len(p.fetching) > 0 {
		p.fetch(p.fetching)
		p.fetching = nil
	}
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
	plugin   *plugin
	id       uint32
	subject  string
	upstream string
	question string
}

func (e *exchange) OnHttpRequestHeaders(int, bool) types.Action {
	e.subject = requestHeader("x-case")
	e.upstream = requestHeader("x-upstream")
	e.question = requestHeader("x-question")
	switch e.subject {
	case "call", "call-deny", "call-stop":
		return e.call(5000)
	case "call-fails":
		return e.call(50)
	case "root-call":
		e.plugin.fetching = append(e.plugin.fetching, e.id)
		return types.ActionPause
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
		readProperties()
	case "foreign":
		foreign()
	case "typed-properties":
		typedProperties()
	case "sleep":
		sleep()
	case "stop":
		fmt.Fprintln(os.Stderr, "the guest says why")
		panic("the guest stops on purpose")
	}
	return types.ActionContinue
}

func (e *exchange) OnHttpRequestBody(size int, end bool) types.Action {
	if e.subject == "new-trailers" && end {
		must(proxywasm.AddHttpRequestTrailer("x-new", "of the request"))
	}
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

func (e *exchange) OnHttpResponseHeaders(int, bool) types.Action {
	if e.subject == "call-response" {
		return e.call(5000)
	}
	return types.ActionContinue
}

func (e *exchange) OnHttpResponseBody(size int, end bool) types.Action {
	if e.subject == "new-trailers" && end {
		must(proxywasm.AddHttpResponseTrailer("x-new", "of the response"))
	}
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
