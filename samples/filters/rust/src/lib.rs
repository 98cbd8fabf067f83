//! The Rust edition of the sample filter described in `../../README.md`.

mod settings;

use std::rc::Rc;

use log::{error, info};
use proxy_wasm::traits::{Context, HttpContext, RootContext};
use proxy_wasm::types::{Action, ContextType, LogLevel};

use settings::Settings;

proxy_wasm::main! {{
    proxy_wasm::set_log_level(LogLevel::Info);
    proxy_wasm::set_root_context(|_| Box::new(Plugin { settings: Rc::default() }));
}}

struct Plugin {
    settings: Rc<Settings>,
}

impl Context for Plugin {}

impl RootContext for Plugin {
    fn on_configure(&mut self, _size: usize) -> bool {
        let configuration = self.get_plugin_configuration().unwrap_or_default();
        match Settings::parse(&configuration) {
            Ok(settings) => {
                self.settings = Rc::new(settings);
                true
            }
            Err(reason) => {
                error!("sample-filter: the plugin configuration is not valid JSON: {reason}");
                false
            }
        }
    }

    fn get_type(&self) -> Option<ContextType> {
        Some(ContextType::HttpContext)
    }

    fn create_http_context(&self, _context_id: u32) -> Option<Box<dyn HttpContext>> {
        Some(Box::new(Exchange {
            settings: Rc::clone(&self.settings),
            replace_request_body: false,
            replace_response_body: false,
        }))
    }
}

/// One HTTP request with its response.
struct Exchange {
    settings: Rc<Settings>,
    replace_request_body: bool,
    replace_response_body: bool,
}

impl Context for Exchange {}

impl HttpContext for Exchange {
    fn on_http_request_headers(&mut self, _count: usize, _end_of_stream: bool) -> Action {
        let path = self.get_http_request_header(":path").unwrap_or_default();
        info!("sample-filter: request {path}");
        if !self.settings.deny.is_empty() && path.starts_with(&self.settings.deny) {
            return self.deny();
        }
        self.add_http_request_header(&self.settings.header, &self.settings.value);
        if !self.settings.remove.is_empty() {
            self.set_http_request_header(&self.settings.remove, None);
        }
        self.replace_response_body = is_on(self.get_http_request_header("x-replace-body"));
        self.replace_request_body = is_on(self.get_http_request_header("x-replace-request-body"));
        if self.replace_request_body {
            // The length changes with the body, and hosts such as Envoy do not correct it.
            self.set_http_request_header("content-length", None);
        }
        Action::Continue
    }

    fn on_http_request_body(&mut self, size: usize, end_of_stream: bool) -> Action {
        if !self.replace_request_body {
            return Action::Continue;
        }
        if !end_of_stream {
            return Action::Pause;
        }
        self.set_http_request_body(0, size, self.settings.body.as_bytes());
        Action::Continue
    }

    fn on_http_response_headers(&mut self, _count: usize, _end_of_stream: bool) -> Action {
        self.add_http_response_header(&self.settings.header, &self.settings.value);
        if !self.settings.remove.is_empty() {
            self.set_http_response_header(&self.settings.remove, None);
        }
        self.replace_response_body |= is_on(self.get_http_response_header("x-replace-body"));
        if self.replace_response_body {
            self.set_http_response_header("content-length", None);
        }
        Action::Continue
    }

    fn on_http_response_body(&mut self, size: usize, end_of_stream: bool) -> Action {
        if !self.replace_response_body {
            return Action::Continue;
        }
        if !end_of_stream {
            return Action::Pause;
        }
        self.set_http_response_body(0, size, self.settings.body.as_bytes());
        Action::Continue
    }
}

impl Exchange {
    fn deny(&self) -> Action {
        self.send_http_response(
            403,
            vec![("x-denied-by", "rust")],
            Some(b"denied by rust\n"),
        );
        Action::Pause
    }
}

fn is_on(header: Option<String>) -> bool {
    header.as_deref() == Some("1")
}
