//! Calls to other servers; the request goes on, or is refused, with the answer.

use std::time::Duration;

use proxy_wasm::traits::{Context, HttpContext};
use proxy_wasm::types::{Action, Status};

use crate::{show, status, text, Exchange};

pub fn dispatch(context: &dyn Context, upstream: &str, question: &str, timeout: u64) -> Result<u32, Status> {
    context.dispatch_http_call(
        upstream,
        vec![
            (":method", "POST"),
            (":path", "/call?a=b"),
            (":authority", "guest.example"),
            ("x-guest", "rust"),
        ],
        Some(question.as_bytes()),
        vec![("x-guest-trailer", "sent")],
        Duration::from_millis(timeout),
    )
}

impl Exchange {
    pub fn call(&self, timeout: u64) -> Action {
        let call = dispatch(self, &self.upstream, &self.question, timeout);
        if call.is_ok() {
            return Action::Pause;
        }
        show("x-call-refused", status(call));
        Action::Continue
    }

    pub fn grpc(&self, method: &str) -> Action {
        self.dispatch_grpc_call(
            "grpc",
            "test.Echo",
            method,
            vec![("x-guest", b"rust")],
            Some(b"question"),
            Duration::from_secs(5),
        )
        .unwrap();
        Action::Pause
    }

    pub fn grpc_stream(&self) -> Action {
        let stream = self
            .open_grpc_stream("grpc", "test.Echo", "Echo", vec![("x-guest", b"rust")])
            .unwrap();
        self.send_grpc_stream_message(stream, Some(b"one"), false);
        self.send_grpc_stream_message(stream, Some(b"two"), false);
        self.close_grpc_stream(stream);
        Action::Pause
    }

    fn show_grpc_end(&self, code: u32) {
        let (status, message) = self.get_grpc_status();
        show("x-grpc-code", &code.to_string());
        show("x-grpc-status", &status.to_string());
        show("x-grpc-message", &message.unwrap_or_default());
    }
}

impl Context for Exchange {
    fn on_http_call_response(&mut self, _token: u32, count: usize, size: usize, trailers: usize) {
        let body = self.get_http_call_response_body(0, size).unwrap_or_default();
        match self.subject.as_str() {
            "call-deny" => {
                self.send_http_response(403, vec![("x-denied-by", "rust")], Some(&body));
                return;
            }
            "call-stop" => panic!("the guest stops in a callback on purpose"),
            "call-response" => {
                self.add_http_response_header("x-call-body", &text(Some(body)));
                self.resume_http_response();
                return;
            }
            _ => {}
        }
        show("x-call-any", &(count > 0).to_string());
        show("x-call-body", &text(Some(body)));
        show("x-call-trailers", &trailers.to_string());
        if count > 0 {
            let (name, value) = &self.get_http_call_response_headers()[0];
            show("x-call-status", &format!("{name} {value}"));
            for (name, value) in self.get_http_call_response_trailers() {
                show("x-call-trailer", &format!("{name}={value}"));
            }
        }
        self.resume_http_request();
    }

    /// Called for the answer and for its lack alike.
    fn on_grpc_call_response(&mut self, _token: u32, code: u32, size: usize) {
        if code == 0 {
            show("x-grpc-answer", &text(self.get_grpc_call_response_body(0, size)));
        }
        self.show_grpc_end(code);
        self.resume_http_request();
    }

    fn on_grpc_stream_initial_metadata(&mut self, _token: u32, _count: u32) {
        let first = text(self.get_grpc_stream_initial_metadata_value("x-reply"));
        self.messages.push(format!("initial {first}"));
    }

    fn on_grpc_stream_message(&mut self, _token: u32, size: usize) {
        let message = text(self.get_grpc_stream_message(0, size));
        self.messages.push(message);
    }

    fn on_grpc_stream_trailing_metadata(&mut self, _token: u32, _count: u32) {
        let last = text(self.get_grpc_stream_trailing_metadata_value("x-reply"));
        self.messages.push(format!("trailing {last}"));
    }

    fn on_grpc_stream_close(&mut self, _token: u32, code: u32) {
        show("x-grpc-messages", &self.messages.join(", "));
        self.show_grpc_end(code);
        self.resume_http_request();
    }
}
