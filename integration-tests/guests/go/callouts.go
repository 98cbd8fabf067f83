package main

import (
	"fmt"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

// call asks an upstream; the message goes on, or is refused, with the answer.
func (e *exchange) call(timeout uint32) types.Action {
	if err := dispatch(e.upstream, e.question, timeout, e.answered); err != nil {
		show("x-call-refused", status(err))
		return types.ActionContinue
	}
	return types.ActionPause
}

func dispatch(upstream, question string, timeout uint32, answered func(int, int, int)) error {
	headers := [][2]string{
		{":method", "POST"}, {":path", "/call?a=b"}, {":authority", "guest.example"}, {"x-guest", "go"},
	}
	trailers := [][2]string{{"x-guest-trailer", "sent"}}
	_, err := proxywasm.DispatchHttpCall(upstream, headers, []byte(question), trailers, timeout, answered)
	return err
}

func (e *exchange) answered(count, size, trailers int) {
	switch e.subject {
	case "call-deny":
		must(proxywasm.SendHttpResponse(403, [][2]string{{"x-denied-by", "go"}}, answer(size), -1))
	case "call-stop":
		panic("the guest stops in a callback on purpose")
	case "call-response":
		must(proxywasm.AddHttpResponseHeader("x-call-body", string(answer(size))))
		must(proxywasm.ResumeHttpResponse())
	default:
		showAnswer(count, size, trailers)
		must(proxywasm.ResumeHttpRequest())
	}
}

func showAnswer(count, size, trailers int) {
	show("x-call-any", fmt.Sprint(count > 0))
	show("x-call-body", string(answer(size)))
	show("x-call-trailers", fmt.Sprint(trailers))
	if count == 0 {
		return
	}
	pairs, err := proxywasm.GetHttpCallResponseHeaders()
	must(err)
	show("x-call-status", pairs[0][0]+" "+pairs[0][1])
	pairs, err = proxywasm.GetHttpCallResponseTrailers()
	must(err)
	for _, pair := range pairs {
		show("x-call-trailer", pair[0]+"="+pair[1])
	}
}

// answer is the body of what came; there is none to get of a call that failed.
func answer(size int) []byte {
	if size == 0 {
		return nil
	}
	body, err := proxywasm.GetHttpCallResponseBody(0, size)
	must(err)
	return body
}

// fetch asks on behalf of the plugin itself; the requests that wait go on with the one answer.
func (p *plugin) fetch(waiting []uint32) {
	must(dispatch("http", "root", 5000, func(_, size, _ int) {
		body := string(answer(size))
		for _, id := range waiting {
			must(proxywasm.SetEffectiveContext(id))
			show("x-root-answer", body)
			must(proxywasm.ResumeHttpRequest())
		}
	}))
}
