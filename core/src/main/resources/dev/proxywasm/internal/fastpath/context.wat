;; The context that hostcalls act on. SDKs choose the present one as a matter of course, which changes nothing; another one has everything
;; cross until the callback has returned.

  (func (export "env.proxy_set_effective_context") (param $id i32) (result i32)
    (if (call $is_on)
      (then
        (if (i32.eq (local.get $id) (i32.load offset=${CONTEXT} (global.get $region)))
          (then (return (i32.const 0))))))
    (call $cross:env.proxy_set_effective_context (local.get $id)))
