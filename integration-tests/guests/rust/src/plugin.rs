//! The root context: ticks and queues, which let requests go on.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use proxy_wasm::hostcalls;
use proxy_wasm::traits::{Context, HttpContext, RootContext};
use proxy_wasm::types::{ContextType, MetricType};

use crate::{callouts, show, status, text, Exchange};

/// The requests that wait.
#[derive(Default)]
pub struct Waiting {
    pub queue: u32,
    pub ticking: Vec<u32>,
    pub fetching: Vec<u32>,
    pub queued: VecDeque<u32>,
}

#[derive(Default)]
pub struct Plugin {
    waiting: Rc<RefCell<Waiting>>,
    ticks: u32,
    fetched_for: Vec<u32>,
}

impl Context for Plugin {
    /// The answer to a call of the plugin itself: all requests that wait go on.
    fn on_http_call_response(&mut self, _token: u32, _count: usize, size: usize, _trailers: usize) {
        let body = text(self.get_http_call_response_body(0, size));
        for id in std::mem::take(&mut self.fetched_for) {
            hostcalls::set_effective_context(id).unwrap();
            show("x-root-answer", &body);
            hostcalls::resume_http_request().unwrap();
        }
    }
}

impl RootContext for Plugin {
    fn on_configure(&mut self, _size: usize) -> bool {
        self.set_tick_period(Duration::from_millis(20));
        self.waiting.borrow_mut().queue = self.register_shared_queue("guest-queue");
        self.ticks = hostcalls::define_metric(MetricType::Counter, "guest.ticks").unwrap();
        true
    }

    /// Each request is another context than the one that the tick runs in.
    fn on_tick(&mut self) {
        hostcalls::increment_metric(self.ticks, 1).unwrap();
        let ticking = std::mem::take(&mut self.waiting.borrow_mut().ticking);
        for id in ticking {
            hostcalls::set_effective_context(id).unwrap();
            show("x-ticks", "true");
            show("x-unknown-context", status(hostcalls::set_effective_context(424242)));
            hostcalls::resume_http_request().unwrap();
        }
        let mut fetching = std::mem::take(&mut self.waiting.borrow_mut().fetching);
        if !fetching.is_empty() {
            callouts::dispatch(self, "http", "root", 5000).unwrap();
            self.fetched_for.append(&mut fetching);
        }
    }

    /// Takes one message for one request.
    fn on_queue_ready(&mut self, queue: u32) {
        let message = text(self.dequeue_shared_queue(queue).unwrap());
        let id = self.waiting.borrow_mut().queued.pop_front().unwrap();
        hostcalls::set_effective_context(id).unwrap();
        show("x-dequeued", &message);
        if self.waiting.borrow().queued.is_empty() {
            let empty = matches!(self.dequeue_shared_queue(queue), Ok(None));
            show("x-empty", if empty { "EMPTY" } else { "another" });
        }
        hostcalls::resume_http_request().unwrap();
    }

    fn get_type(&self) -> Option<ContextType> {
        Some(ContextType::HttpContext)
    }

    fn create_http_context(&self, id: u32) -> Option<Box<dyn HttpContext>> {
        Some(Box::new(Exchange::new(id, Rc::clone(&self.waiting))))
    }
}
