package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/properties"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

// metrics are those of the plugin.
type metrics struct {
	ticks   proxywasm.MetricCounter
	calls   proxywasm.MetricCounter
	level   proxywasm.MetricGauge
	lengths proxywasm.MetricHistogram
}

func defineMetrics() metrics {
	return metrics{
		ticks:   proxywasm.DefineCounterMetric("guest.ticks"),
		calls:   proxywasm.DefineCounterMetric("guest.calls"),
		level:   proxywasm.DefineGaugeMetric("guest.level"),
		lengths: proxywasm.DefineHistogramMetric("guest.lengths"),
	}
}

func (m metrics) count() {
	m.calls.Increment(1 << 33)
	m.level.Add(7)
	m.level.Add(-3)
	m.lengths.Record(9)
	show("x-calls", fmt.Sprint(m.calls.Value()))
	show("x-level", fmt.Sprint(m.level.Value()))
}

func sharedData() {
	key := requestHeader("x-key")
	_, _, err := proxywasm.GetSharedData(key)
	show("x-absent", status(err))
	must(proxywasm.SetSharedData(key, []byte("first"), 0))
	value, cas, err := proxywasm.GetSharedData(key)
	must(err)
	show("x-first", string(value))
	must(proxywasm.SetSharedData(key, []byte("second"), cas))
	show("x-stale", status(proxywasm.SetSharedData(key, []byte("third"), cas)))
	value, _, err = proxywasm.GetSharedData(key)
	must(err)
	show("x-last", string(value))
}

func readProperties() {
	show("x-path", property("request", "path"))
	show("x-plugin", property("plugin_name"))
	port := property("source", "port")
	show("x-port", fmt.Sprint(binary.LittleEndian.Uint64([]byte(port))))
	_, err := proxywasm.GetProperty([]string{"no", "such", "property"})
	show("x-absent", status(err))
	must(proxywasm.SetProperty([]string{"guest"}, []byte("set")))
	show("x-set", property("guest"))
}

// typedProperties asks through the SDK's own decoders.
func typedProperties() {
	received, err := properties.GetRequestTime()
	must(err)
	show("x-time", received.UTC().Format(time.RFC3339Nano))
	port, err := properties.GetDownstreamRemotePort()
	must(err)
	show("x-port", fmt.Sprint(port))
	headers, err := properties.GetRequestHeaders()
	must(err)
	show("x-header", headers["x-case"])
	size, err := properties.GetRequestSize()
	must(err)
	show("x-size", fmt.Sprint(size))
}

func property(path ...string) string {
	value, err := proxywasm.GetProperty(path)
	must(err)
	return string(value)
}

func foreign() {
	packed, err := proxywasm.CallForeignFunction("compress", []byte("text text text text text text"))
	must(err)
	show("x-packed", fmt.Sprint(len(packed) > 0))
	text, err := proxywasm.CallForeignFunction("uncompress", packed)
	must(err)
	show("x-unpacked", string(text))
	_, err = proxywasm.CallForeignFunction("no such function", []byte("x"))
	show("x-unknown", status(err))
}

// requestHeader answers the value of a request header, or "" when it is absent.
func requestHeader(name string) string {
	value, err := proxywasm.GetHttpRequestHeader(name)
	if err != nil {
		return ""
	}
	return value
}

// show tells the test what came out.
func show(name, value string) {
	must(proxywasm.AddHttpRequestHeader(name, value))
}

// status is the name of a host call's status in the specification.
func status(err error) string {
	switch {
	case err == nil:
		return "OK"
	case errors.Is(err, types.ErrorStatusNotFound):
		return "NOT_FOUND"
	case errors.Is(err, types.ErrorStatusBadArgument):
		return "BAD_ARGUMENT"
	case errors.Is(err, types.ErrorStatusEmpty):
		return "EMPTY"
	case errors.Is(err, types.ErrorStatusCasMismatch):
		return "CAS_MISMATCH"
	}
	return err.Error()
}

// must stops the guest when a host call fails that may not.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
