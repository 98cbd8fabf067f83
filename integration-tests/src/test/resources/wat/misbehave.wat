;; Misbehaves on requests that have the header x-misbehave, by its first letter: t traps, l loops for ever, r recurses for ever, g grows
;; its memory for ever, u calls an import that no host has. A response trap is asked for by T.
(module
  (import "env" "proxy_get_header_map_value" (func $get (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_no_such_function" (func $unknown (param i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "x-misbehave")

  (func (export "proxy_abi_version_0_2_1"))
  ;; Only that header's value is ever handed over: it lies at 1024.
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))

  (func $letter (result i32)
    (if (call $get (i32.const 0) (i32.const 16) (i32.const 11) (i32.const 0) (i32.const 4))
      (then (return (i32.const 0))))
    (i32.load8_u (i32.const 1024)))
  (func $recurse (param $n i32) (result i32)
    (i32.add (call $recurse (i32.add (local.get $n) (i32.const 1))) (call $recurse (local.get $n))))
  (func $grow
    (loop $again
      (drop (memory.grow (i32.const 16)))
      (br $again)))

  (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
    (local $letter i32)
    (local.set $letter (call $letter))
    (if (i32.eq (local.get $letter) (i32.const 0x74)) (then (unreachable)))
    (if (i32.eq (local.get $letter) (i32.const 0x6c)) (then (loop $ever (br $ever))))
    (if (i32.eq (local.get $letter) (i32.const 0x72)) (then (drop (call $recurse (i32.const 0)))))
    (if (i32.eq (local.get $letter) (i32.const 0x67)) (then (call $grow)))
    (if (i32.eq (local.get $letter) (i32.const 0x75)) (then (drop (call $unknown (i32.const 0)))))
    (i32.const 0))
  (func (export "proxy_on_response_headers") (param i32 i32 i32) (result i32)
    (if (i32.eq (call $letter) (i32.const 0x54)) (then (unreachable)))
    (i32.const 0)))
