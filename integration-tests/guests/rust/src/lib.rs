//! The Rust edition of the conformance guest described in `../../README.md`.

mod callouts;
mod plugin;
mod services;

use std::cell::RefCell;
use std::rc::Rc;

use proxy_wasm::hostcalls;
use proxy_wasm::traits::{Context, HttpContext};
use proxy_wasm::types::{Action, LogLevel, MapType, Status};

use plugin::{Plugin, Waiting};

proxy_wasm::main! {{
    proxy_wasm::set_log_level(LogLevel::Info);
    proxy_wasm::set_root_context(|_| Box::new(Plugin::default()));
}}

/// One HTTP request with its response.
struct Exchange {
    id: u32,
    waiting: Rc<RefCell<Waiting>>,
    subject: String,
    upstream: String,
    question: String,
    messages: Vec<String>,
}

impl Exchange {
    fn new(id: u32, waiting: Rc<RefCell<Waiting>>) -> Self {
        Exchange {
            id,
            waiting,
            subject: String::new(),
            upstream: String::new(),
            question: String::new(),
            messages: Vec::new(),
        }
    }

    fn header(&self, name: &str) -> String {
        self.get_http_request_header(name).unwrap_or_default()
    }
}

impl HttpContext for Exchange {
    fn on_http_request_headers(&mut self, _count: usize, _end: bool) -> Action {
        self.subject = self.header("x-case");
        self.upstream = self.header("x-upstream");
        self.question = self.header("x-question");
        match self.subject.as_str() {
            "call" | "call-deny" | "call-stop" => return self.call(5000),
            "call-fails" => return self.call(50),
            "root-call" => {
                self.waiting.borrow_mut().fetching.push(self.id);
                return Action::Pause;
            }
            "grpc" => return self.grpc("Echo"),
            "grpc-fails" => return self.grpc("Refuse"),
            "grpc-stream" => return self.grpc_stream(),
            "tick" => {
                self.waiting.borrow_mut().ticking.push(self.id);
                return Action::Pause;
            }
            "queue" => {
                let message = self.header("x-message");
                let queue = {
                    let mut waiting = self.waiting.borrow_mut();
                    waiting.queued.push_back(self.id);
                    waiting.queue
                };
                self.enqueue_shared_queue(queue, Some(message.as_bytes())).unwrap();
                return Action::Pause;
            }
            "metrics" => services::metrics(),
            "shared-data" => services::shared_data(&self.header("x-key")),
            "properties" => services::properties(),
            "foreign" => services::foreign(),
            "stop" => {
                eprintln!("the guest says why");
                panic!("the guest stops on purpose");
            }
            _ => {}
        }
        Action::Continue
    }

    fn on_http_request_body(&mut self, size: usize, end: bool) -> Action {
        if self.subject == "new-trailers" && end {
            self.add_http_request_trailer("x-new", "of the request");
        }
        if self.subject != "body" {
            return Action::Continue;
        }
        if !end {
            return Action::Pause;
        }
        let body = text(self.get_http_request_body(0, size));
        self.set_http_request_body(0, usize::MAX, format!("request({body})").as_bytes());
        self.set_http_request_body(0, 0, b"<");
        self.set_http_request_body(usize::MAX, 0, b">");
        Action::Continue
    }

    fn on_http_request_trailers(&mut self, _count: usize) -> Action {
        if self.subject == "trailers" {
            let value = self.get_http_request_trailer("x-in").unwrap();
            self.add_http_request_trailer("x-out", &format!("request {value}"));
            self.set_http_request_trailer("x-in", None);
        }
        Action::Continue
    }

    fn on_http_response_headers(&mut self, _count: usize, _end: bool) -> Action {
        if self.subject == "call-response" {
            return self.call(5000);
        }
        Action::Continue
    }

    fn on_http_response_body(&mut self, size: usize, end: bool) -> Action {
        if self.subject == "new-trailers" && end {
            self.add_http_response_trailer("x-new", "of the response");
        }
        if self.subject != "body" {
            return Action::Continue;
        }
        if !end {
            return Action::Pause;
        }
        let body = text(self.get_http_response_body(0, size));
        self.set_http_response_body(0, size, format!("response({body})").as_bytes());
        Action::Continue
    }

    fn on_http_response_trailers(&mut self, _count: usize) -> Action {
        if self.subject == "trailers" {
            let value = self.get_http_response_trailer("x-in").unwrap();
            self.add_http_response_trailer("x-out", &format!("response {value}"));
            self.set_http_response_trailer("x-in", None);
        }
        Action::Continue
    }
}

/// Tells the test what came out.
fn show(name: &str, value: &str) {
    hostcalls::add_map_value(MapType::HttpRequestHeaders, name, value).unwrap();
}

fn text(bytes: Option<Vec<u8>>) -> String {
    String::from_utf8(bytes.unwrap_or_default()).unwrap()
}

/// The name of a host call's status in the specification.
fn status<T>(result: Result<T, Status>) -> &'static str {
    match result {
        Ok(_) => "OK",
        Err(Status::NotFound) => "NOT_FOUND",
        Err(Status::BadArgument) => "BAD_ARGUMENT",
        Err(Status::CasMismatch) => "CAS_MISMATCH",
        Err(_) => "another",
    }
}
