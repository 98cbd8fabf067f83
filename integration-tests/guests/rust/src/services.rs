//! What plugins share, and what the host knows.

use proxy_wasm::hostcalls;
use proxy_wasm::types::MetricType;

use crate::{show, status, text};

pub fn metrics() {
    let calls = hostcalls::define_metric(MetricType::Counter, "guest.calls").unwrap();
    let level = hostcalls::define_metric(MetricType::Gauge, "guest.level").unwrap();
    let lengths = hostcalls::define_metric(MetricType::Histogram, "guest.lengths").unwrap();
    hostcalls::increment_metric(calls, 1 << 33).unwrap();
    hostcalls::record_metric(level, 7).unwrap();
    hostcalls::increment_metric(level, -3).unwrap();
    hostcalls::record_metric(lengths, 9).unwrap();
    show("x-calls", &hostcalls::get_metric(calls).unwrap().to_string());
    show("x-level", &hostcalls::get_metric(level).unwrap().to_string());
    show("x-lower", status(hostcalls::increment_metric(calls, -1)));
}

pub fn shared_data(key: &str) {
    let absent = hostcalls::get_shared_data(key).unwrap();
    show("x-absent", if absent.0.is_none() { "NOT_FOUND" } else { "another" });
    hostcalls::set_shared_data(key, Some(b"first"), None).unwrap();
    let (value, cas) = hostcalls::get_shared_data(key).unwrap();
    show("x-first", &text(value));
    hostcalls::set_shared_data(key, Some(b"second"), cas).unwrap();
    show("x-stale", status(hostcalls::set_shared_data(key, Some(b"third"), cas)));
    show("x-last", &text(hostcalls::get_shared_data(key).unwrap().0));
}

pub fn properties() {
    show("x-path", &text(hostcalls::get_property(vec!["request", "path"]).unwrap()));
    show("x-plugin", &text(hostcalls::get_property(vec!["plugin_name"]).unwrap()));
    let port = hostcalls::get_property(vec!["source", "port"]).unwrap().unwrap();
    show("x-port", &u64::from_le_bytes(port.try_into().unwrap()).to_string());
    let absent = hostcalls::get_property(vec!["no", "such", "property"]).unwrap();
    show("x-absent", if absent.is_none() { "NOT_FOUND" } else { "another" });
    hostcalls::set_property(vec!["guest"], Some(b"set")).unwrap();
    show("x-set", &text(hostcalls::get_property(vec!["guest"]).unwrap()));
}

pub fn foreign() {
    let packed = hostcalls::call_foreign_function("compress", Some(b"text text text text text text"));
    let packed = packed.unwrap().unwrap();
    show("x-packed", &(!packed.is_empty()).to_string());
    let unpacked = hostcalls::call_foreign_function("uncompress", Some(&packed)).unwrap();
    show("x-unpacked", &text(unpacked));
    show("x-unknown", status(hostcalls::call_foreign_function("no such function", Some(b"x"))));
}
