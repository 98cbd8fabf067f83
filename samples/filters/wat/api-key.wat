;; api-key: answers 403 to requests without an x-api-key header. Which paths it guards is said where it is
;; configured (match.paths); the filter itself judges every request that it is shown.
;;
;; add-header.wat explains how a filter and its host talk to each other.
(module
  ;; (map, address and length of the name, where to put the address, where to put the length) -> status
  (import "env" "proxy_get_header_map_value" (func $get_header (param i32 i32 i32 i32 i32) (result i32)))
  ;; (HTTP status, address and length of details for the log, of the body, and of more headers, gRPC status) -> status
  (import "env" "proxy_send_local_response"
    (func $respond (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))

  (memory (export "memory") 1)

  ;; 0 and 4: where the host puts the address and the length of the key.
  (data (i32.const 16) "x-api-key")
  (data (i32.const 32) "no_api_key")
  (data (i32.const 48) "This needs an x-api-key header.\n")
  (global $free (mut i32) (i32.const 1024)) ;; everything from here on is free

  (func (export "proxy_abi_version_0_2_1"))

  (func (export "proxy_on_memory_allocate") (param $size i32) (result i32)
    (local $address i32)
    (local.set $address (global.get $free))
    (if (i32.gt_u (local.get $size) (i32.sub (i32.const 65536) (local.get $address)))
      (then (return (i32.const 0)))) ;; 0 is no address: there is no room
    (global.set $free (i32.add (local.get $address) (local.get $size)))
    (local.get $address))

  ;; Called for every request before the application sees it. Answers 0 to go on, 1 to go no further.
  (func (export "proxy_on_request_headers") (param $stream i32) (param $count i32) (param $is_all i32) (result i32)
    (global.set $free (i32.const 1024)) ;; what the last request has left is not needed any more
    (if (i32.eqz (call $get_header
          (i32.const 0) (i32.const 16) (i32.const 9) (i32.const 0) (i32.const 4))) ;; map 0: the request headers
      (then (return (i32.const 0)))) ;; status 0: there is such a header
    (drop (call $respond
      (i32.const 403)
      (i32.const 32) (i32.const 10)
      (i32.const 48) (i32.const 32)
      (i32.const 0) (i32.const 0)
      (i32.const -1))) ;; no gRPC
    (i32.const 1)))
