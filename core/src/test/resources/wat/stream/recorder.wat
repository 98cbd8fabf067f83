;; A guest that logs every callback, as "<name> <arguments>", and does what its plugin configuration says: instructions of the form
;; <callback><operation><operand>; that testing.Script writes. A callback is named by a letter, in upper case where the instruction is
;; for the end of the stream only. The letters stand at their callbacks and operations below.
(module
  (import "env" "proxy_log" (func $proxy_log (param i32 i32 i32) (result i32)))
  (import "env" "proxy_get_buffer_bytes" (func $get_buffer (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_set_buffer_bytes" (func $set_buffer (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_get_header_map_value" (func $get_header (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_add_header_map_value" (func $add_header (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_continue_stream" (func $continue_stream (param i32) (result i32)))
  (import "env" "proxy_close_stream" (func $close_stream (param i32) (result i32)))
  (import "env" "proxy_send_local_response"
    (func $send_local_response (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_set_effective_context" (func $set_effective (param i32) (result i32)))
  (import "env" "proxy_set_tick_period_milliseconds" (func $set_tick (param i32) (result i32)))
  (import "env" "proxy_done" (func $proxy_done (result i32)))
  (import "env" "proxy_get_current_time_nanoseconds" (func $get_time (param i32) (result i32)))
  (import "env" "proxy_of_no_host" (func $unknown (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 16)
  (data (i32.const 0) "recorder")
  (data (i32.const 16) "context_create")
  (data (i32.const 32) "vm_start")
  (data (i32.const 48) "configure")
  (data (i32.const 64) "tick")
  (data (i32.const 80) "request_headers")
  (data (i32.const 96) "request_body")
  (data (i32.const 112) "request_trailers")
  (data (i32.const 128) "response_headers")
  (data (i32.const 144) "response_body")
  (data (i32.const 160) "response_trailers")
  (data (i32.const 192) "done")
  (data (i32.const 208) "log")
  (data (i32.const 224) "delete")
  (data (i32.const 240) "status ")
  (data (i32.const 256) "pages ")

  (global $out_ptr i32 (i32.const 512))
  (global $out_size i32 (i32.const 516))
  (global $time i32 (i32.const 520))
  (global $line i32 (i32.const 1024))   ;; the log line being written, up to $end
  (global $end (mut i32) (i32.const 1024))
  (global $config (mut i32) (i32.const 0))
  (global $config_end (mut i32) (i32.const 0))
  (global $heap (mut i32) (i32.const 65536))
  (global $cursor (mut i32) (i32.const 0))  ;; where $number stopped reading

  (func (export "proxy_abi_version_0_2_1"))

  ;; Memory from here to the next callback; grows as needed.
  (func (export "proxy_on_memory_allocate") (param $size i32) (result i32)
    (local $given i32)
    (local.set $given (global.get $heap))
    (global.set $heap (i32.add (global.get $heap) (local.get $size)))
    (if (i32.gt_u (global.get $heap) (i32.shl (memory.size) (i32.const 16)))
      (then (drop (memory.grow (i32.add (i32.shr_u (local.get $size) (i32.const 16)) (i32.const 1))))))
    (local.get $given))

  (func $put (param $from i32) (param $size i32)
    (local $i i32)
    (block $all (loop $next
      (br_if $all (i32.ge_u (local.get $i) (local.get $size)))
      (i32.store8 (global.get $end) (i32.load8_u (i32.add (local.get $from) (local.get $i))))
      (global.set $end (i32.add (global.get $end) (i32.const 1)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

  (func $put_number (param $n i32)
    (if (i32.ge_u (local.get $n) (i32.const 10))
      (then (call $put_number (i32.div_u (local.get $n) (i32.const 10)))))
    (i32.store8 (global.get $end) (i32.add (i32.const 48) (i32.rem_u (local.get $n) (i32.const 10))))
    (global.set $end (i32.add (global.get $end) (i32.const 1))))

  (func $put_argument (param $n i32)
    (i32.store8 (global.get $end) (i32.const 32))
    (global.set $end (i32.add (global.get $end) (i32.const 1)))
    (call $put_number (local.get $n)))

  (func $flush
    (drop (call $proxy_log (i32.const 2) (global.get $line) (i32.sub (global.get $end) (global.get $line))))
    (global.set $end (global.get $line)))

  (func $say (param $from i32) (param $size i32)
    (call $put (local.get $from) (local.get $size))
    (call $flush))

  ;; Logs a status that is not OK.
  (func $expect_ok (param $status i32)
    (if (local.get $status)
      (then (call $put (i32.const 240) (i32.const 7)) (call $put_number (local.get $status)) (call $flush))))

  ;; Reads a decimal number at $from; $cursor is behind it.
  (func $number (param $from i32) (result i32)
    (local $n i32) (local $digit i32)
    (global.set $cursor (local.get $from))
    (block $all (loop $next
      (local.set $digit (i32.sub (i32.load8_u (global.get $cursor)) (i32.const 48)))
      (br_if $all (i32.gt_u (local.get $digit) (i32.const 9)))
      (local.set $n (i32.add (i32.mul (local.get $n) (i32.const 10)) (local.get $digit)))
      (global.set $cursor (i32.add (global.get $cursor) (i32.const 1)))
      (br $next)))
    (local.get $n))

  (func $find (param $from i32) (param $char i32) (result i32)
    (block $found (loop $next
      (br_if $found (i32.ge_u (local.get $from) (global.get $config_end)))
      (br_if $found (i32.eq (i32.load8_u (local.get $from)) (local.get $char)))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (br $next)))
    (local.get $from))

  (func $read_config
    (if (i32.eqz (global.get $config)) (then
      (if (call $get_buffer (i32.const 7) (i32.const 0) (i32.const -1) (global.get $out_ptr) (global.get $out_size))
        (then (unreachable)))
      (global.set $config (i32.load (global.get $out_ptr)))
      (global.set $config_end (i32.add (global.get $config) (i32.load (global.get $out_size))))
      (if (i32.eqz (global.get $config)) (then (global.set $config (i32.const 8)) (global.set $config_end (i32.const 8))))
      (if (i32.ge_u (global.get $config) (i32.const 65536)) (then
        (memory.copy (i32.const 4096) (global.get $config) (i32.load (global.get $out_size)))
        (global.set $config (i32.const 4096))
        (global.set $config_end (i32.add (i32.const 4096) (i32.load (global.get $out_size)))))))))

  ;; One callback: logs it and follows the instructions for it. The answer is $answer unless an instruction says otherwise.
  (func $callback (param $letter i32) (param $answer i32) (param $last i32) (result i32)
    (local $at i32) (local $stop i32) (local $for i32) (local $verdict i32)
    (call $flush)
    (global.set $heap (i32.const 65536))
    (call $read_config)
    (local.set $at (global.get $config))
    (block $all (loop $next
      (br_if $all (i32.ge_u (local.get $at) (global.get $config_end)))
      (local.set $stop (call $find (local.get $at) (i32.const 59)))
      (local.set $for (i32.load8_u (local.get $at)))
      (if (i32.or
            (i32.eq (local.get $for) (local.get $letter))
            (i32.and (local.get $last) (i32.eq (local.get $for) (i32.sub (local.get $letter) (i32.const 32)))))
        (then
          (local.set $verdict (call $do
            (i32.load8_u offset=1 (local.get $at)) (i32.add (local.get $at) (i32.const 2)) (local.get $stop)))
          (br_if $all (i32.eq (local.get $verdict) (i32.const -2)))
          (if (i32.ne (local.get $verdict) (i32.const -1)) (then (local.set $answer (local.get $verdict))))))
      (local.set $at (i32.add (local.get $stop) (i32.const 1)))
      (br $next)))
    (local.get $answer))

  ;; One instruction: its letter, its operand. Gives an answer, or -1 for none, or -2 for "do no more".
  (func $do (param $op i32) (param $from i32) (param $to i32) (result i32)
    (local $size i32)
    (local.set $size (i32.sub (local.get $to) (local.get $from)))
    (if (i32.eq (local.get $op) (i32.const 0x61)) ;; a: answer
      (then (return (call $number (local.get $from)))))
    (if (i32.eq (local.get $op) (i32.const 0x69)) ;; i: go on only if the request has that header
      (then (return (select (i32.const -2) (i32.const -1)
        (call $get_header
          (i32.const 0) (local.get $from) (local.get $size) (global.get $out_ptr) (global.get $out_size))))))
    (if (i32.eq (local.get $op) (i32.const 0x4c)) ;; L: log a text
      (then (call $say (local.get $from) (local.get $size))))
    (if (i32.eq (local.get $op) (i32.const 0x63)) ;; c: continue
      (then (call $expect_ok (call $continue_stream (call $number (local.get $from))))))
    (if (i32.eq (local.get $op) (i32.const 0x6b)) ;; k: close
      (then (call $expect_ok (call $close_stream (call $number (local.get $from))))))
    (if (i32.eq (local.get $op) (i32.const 0x66)) ;; f: effective context
      (then (call $expect_ok (call $set_effective (call $number (local.get $from))))))
    (if (i32.eq (local.get $op) (i32.const 0x70)) ;; p: tick period
      (then (call $expect_ok (call $set_tick (call $number (local.get $from))))))
    (if (i32.eq (local.get $op) (i32.const 0x44)) ;; D: done
      (then (call $expect_ok (call $proxy_done))))
    (if (i32.eq (local.get $op) (i32.const 0x72)) ;; r: reply <status>,<body>
      (then (call $expect_ok (call $reply (call $number (local.get $from)) (local.get $to)))))
    (if (i32.eq (local.get $op) (i32.const 0x77)) ;; w: write the request body <start>,<size>,<text>
      (then (call $expect_ok (call $write (i32.const 0) (local.get $from) (local.get $to)))))
    (if (i32.eq (local.get $op) (i32.const 0x57)) ;; W: write the response body
      (then (call $expect_ok (call $write (i32.const 1) (local.get $from) (local.get $to)))))
    (if (i32.eq (local.get $op) (i32.const 0x6e)) ;; n: log the request body
      (then (call $show (call $get_buffer
        (i32.const 0) (i32.const 0) (i32.const -1) (global.get $out_ptr) (global.get $out_size)))))
    (if (i32.eq (local.get $op) (i32.const 0x4e)) ;; N: log the response body
      (then (call $show (call $get_buffer
        (i32.const 1) (i32.const 0) (i32.const -1) (global.get $out_ptr) (global.get $out_size)))))
    (if (i32.eq (local.get $op) (i32.const 0x68)) ;; h: add <map>,<name>=<value>
      (then (call $expect_ok (call $add (local.get $from) (local.get $to)))))
    (if (i32.eq (local.get $op) (i32.const 0x67)) ;; g: log the value of <map>,<name>
      (then (call $show (call $get (local.get $from) (local.get $to)))))
    (if (i32.eq (local.get $op) (i32.const 0x21)) (then (unreachable))) ;; !
    (if (i32.eq (local.get $op) (i32.const 0x40)) (then (loop $ever (br $ever)))) ;; @: loop for ever
    (if (i32.eq (local.get $op) (i32.const 0x5e)) ;; ^: recurse for ever
      (then (drop (call $recurse (i32.const 0)))))
    (if (i32.eq (local.get $op) (i32.const 0x3f)) ;; ?: call what no host has
      (then (drop (call $unknown (i32.const 0)))))
    (if (i32.eq (local.get $op) (i32.const 0x45)) ;; E: exit
      (then (call $proc_exit (call $number (local.get $from)))))
    (if (i32.eq (local.get $op) (i32.const 0x4d)) (then (call $grow))) ;; M: all the memory there is
    (if (i32.eq (local.get $op) (i32.const 0x23)) ;; #: that many hostcalls
      (then (call $ask_time (call $number (local.get $from)))))
    (i32.const -1))

  (func $show (param $status i32)
    (call $expect_ok (local.get $status))
    (if (i32.eqz (local.get $status))
      (then (call $say (i32.load (global.get $out_ptr)) (i32.load (global.get $out_size))))))

  (func $reply (param $status i32) (param $to i32) (result i32)
    (local $body i32)
    (local.set $body (i32.add (global.get $cursor) (i32.const 1)))
    (call $send_local_response (local.get $status) (i32.const 0) (i32.const 8)
      (local.get $body) (i32.sub (local.get $to) (local.get $body)) (i32.const 0) (i32.const 0) (i32.const -1)))

  (func $write (param $buffer i32) (param $from i32) (param $to i32) (result i32)
    (local $start i32) (local $size i32) (local $text i32)
    (local.set $start (call $number (local.get $from)))
    (local.set $size (call $number (i32.add (global.get $cursor) (i32.const 1))))
    (local.set $text (i32.add (global.get $cursor) (i32.const 1)))
    (call $set_buffer (local.get $buffer) (local.get $start) (local.get $size)
      (local.get $text) (i32.sub (local.get $to) (local.get $text))))

  (func $add (param $from i32) (param $to i32) (result i32)
    (local $map i32) (local $name i32) (local $equals i32)
    (local.set $map (call $number (local.get $from)))
    (local.set $name (i32.add (global.get $cursor) (i32.const 1)))
    (local.set $equals (call $find (local.get $name) (i32.const 61)))
    (call $add_header (local.get $map)
      (local.get $name) (i32.sub (local.get $equals) (local.get $name))
      (i32.add (local.get $equals) (i32.const 1)) (i32.sub (local.get $to) (i32.add (local.get $equals) (i32.const 1)))))

  (func $get (param $from i32) (param $to i32) (result i32)
    (local $map i32) (local $name i32)
    (local.set $map (call $number (local.get $from)))
    (local.set $name (i32.add (global.get $cursor) (i32.const 1)))
    (call $get_header (local.get $map) (local.get $name) (i32.sub (local.get $to) (local.get $name))
      (global.get $out_ptr) (global.get $out_size)))

  (func $recurse (param $n i32) (result i32)
    (i32.add (call $recurse (i32.add (local.get $n) (i32.const 1))) (local.get $n)))

  (func $grow
    (loop $more (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
    (call $put (i32.const 256) (i32.const 6))
    (call $put_number (memory.size))
    (call $flush))

  (func $ask_time (param $times i32)
    (loop $more
      (drop (call $get_time (global.get $time)))
      (local.set $times (i32.sub (local.get $times) (i32.const 1)))
      (br_if $more (local.get $times))))

  (func (export "proxy_on_context_create") (param $id i32) (param $parent i32)
    (call $put (i32.const 16) (i32.const 14))
    (call $put_argument (local.get $id)) (call $put_argument (local.get $parent))
    (drop (call $callback (i32.const 0x63) (i32.const 0) (i32.const 0)))) ;; c
  (func (export "proxy_on_vm_start") (param $id i32) (param $size i32) (result i32)
    (call $put (i32.const 32) (i32.const 8))
    (call $put_argument (local.get $id)) (call $put_argument (local.get $size))
    (call $callback (i32.const 0x76) (i32.const 1) (i32.const 0))) ;; v
  (func (export "proxy_on_configure") (param $id i32) (param $size i32) (result i32)
    (call $put (i32.const 48) (i32.const 9))
    (call $put_argument (local.get $id))
    (call $callback (i32.const 0x67) (i32.const 1) (i32.const 0))) ;; g
  (func (export "proxy_on_tick") (param $id i32)
    (call $put (i32.const 64) (i32.const 4)) (call $put_argument (local.get $id))
    (drop (call $callback (i32.const 0x74) (i32.const 0) (i32.const 0)))) ;; t
  (func (export "proxy_on_request_headers") (param $id i32) (param $count i32) (param $last i32) (result i32)
    (call $put (i32.const 80) (i32.const 15))
    (call $put_argument (local.get $id)) (call $put_argument (local.get $count)) (call $put_argument (local.get $last))
    (call $callback (i32.const 0x71) (i32.const 0) (local.get $last))) ;; q
  (func (export "proxy_on_request_body") (param $id i32) (param $size i32) (param $last i32) (result i32)
    (call $put (i32.const 96) (i32.const 12))
    (call $put_argument (local.get $id)) (call $put_argument (local.get $size)) (call $put_argument (local.get $last))
    (call $callback (i32.const 0x62) (i32.const 0) (local.get $last))) ;; b
  (func (export "proxy_on_request_trailers") (param $id i32) (param $count i32) (result i32)
    (call $put (i32.const 112) (i32.const 16))
    (call $put_argument (local.get $id)) (call $put_argument (local.get $count))
    (call $callback (i32.const 0x75) (i32.const 0) (i32.const 1))) ;; u
  (func (export "proxy_on_response_headers") (param $id i32) (param $count i32) (param $last i32) (result i32)
    (call $put (i32.const 128) (i32.const 16))
    (call $put_argument (local.get $id)) (call $put_argument (local.get $count)) (call $put_argument (local.get $last))
    (call $callback (i32.const 0x73) (i32.const 0) (local.get $last))) ;; s
  (func (export "proxy_on_response_body") (param $id i32) (param $size i32) (param $last i32) (result i32)
    (call $put (i32.const 144) (i32.const 13))
    (call $put_argument (local.get $id)) (call $put_argument (local.get $size)) (call $put_argument (local.get $last))
    (call $callback (i32.const 0x79) (i32.const 0) (local.get $last))) ;; y
  (func (export "proxy_on_response_trailers") (param $id i32) (param $count i32) (result i32)
    (call $put (i32.const 160) (i32.const 17))
    (call $put_argument (local.get $id)) (call $put_argument (local.get $count))
    (call $callback (i32.const 0x7a) (i32.const 0) (i32.const 1))) ;; z
  (func (export "proxy_on_done") (param $id i32) (result i32)
    (call $put (i32.const 192) (i32.const 4)) (call $put_argument (local.get $id))
    (call $callback (i32.const 0x64) (i32.const 1) (i32.const 0))) ;; d
  (func (export "proxy_on_log") (param $id i32)
    (call $put (i32.const 208) (i32.const 3)) (call $put_argument (local.get $id))
    (drop (call $callback (i32.const 0x6c) (i32.const 0) (i32.const 0)))) ;; l
  (func (export "proxy_on_delete") (param $id i32)
    (call $put (i32.const 224) (i32.const 6)) (call $put_argument (local.get $id))
    (drop (call $callback (i32.const 0x78) (i32.const 0) (i32.const 0))))) ;; x
