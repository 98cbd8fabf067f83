;; What guests read of header maps. An empty map, which has exceptions, crosses.

  ;; The first value of a name.
  (func (export "env.proxy_get_header_map_value")
    (param $type i32) (param $name i32) (param $name_size i32) (param $value_out i32) (param $size_out i32) (result i32)
    (local $map i32) (local $number i32) (local $entry i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $map (call $map (local.get $type) (i32.const 1)))))
      (br_if $java (i32.eqz (call $can_deliver (local.get $value_out) (local.get $size_out))))
      (br_if $java (i32.eqz (call $key (local.get $name) (local.get $name_size))))
      (local.set $number (call $find (local.get $type) (local.get $map) (i32.const 0) (local.get $name_size)))
      (if (i32.lt_s (local.get $number) (i32.const 0))
        (then
          (br_if $java (call $is_alias (local.get $type) (local.get $name_size)))
          (br_if $java (i32.lt_s (i32.load offset=${MISSING} (global.get $region)) (i32.const 0)))
          (return (i32.load offset=${MISSING} (global.get $region)))))
      (local.set $entry (call $entry (local.get $type) (local.get $number)))
      (br_if $java
        (i32.eqz
          (call $deliver
            (i32.load offset=8 (local.get $entry)) (i32.load offset=12 (local.get $entry))
            (local.get $value_out) (local.get $size_out))))
      (return (i32.const 0)))
    (call $cross:env.proxy_get_header_map_value
      (local.get $type) (local.get $name) (local.get $name_size) (local.get $value_out) (local.get $size_out)))

  ;; The size of the serialised map.
  (func (export "env.proxy_get_header_map_size") (param $type i32) (param $size_out i32) (result i32) (local $map i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $map (call $map (local.get $type) (i32.const 1)))))
      (br_if $java (i32.eqz (i32.load offset=${MAP_PAIRS} (local.get $map))))
      (br_if $java (i32.eqz (call $inrange (local.get $size_out) (i32.const 4))))
      (call $put (local.get $size_out) (i32.load offset=${MAP_SIZE} (local.get $map)))
      (return (i32.const 0)))
    (call $cross:env.proxy_get_header_map_size (local.get $type) (local.get $size_out)))

  ;; Serialises a map above the heap, where nothing is kept, and hands it over.
  (func (export "env.proxy_get_header_map_pairs") (param $type i32) (param $map_out i32) (param $size_out i32) (result i32)
    (local $map i32) (local $entry i32) (local $end i32) (local $size i32) (local $base i32) (local $sizes i32) (local $bytes i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $map (call $map (local.get $type) (i32.const 1)))))
      (br_if $java (i32.eqz (i32.load offset=${MAP_PAIRS} (local.get $map))))
      (br_if $java (i32.eqz (call $can_deliver (local.get $map_out) (local.get $size_out))))
      (local.set $size (i32.load offset=${MAP_SIZE} (local.get $map)))
      (br_if $java (i32.eqz (local.tee $base (call $reserve (local.get $size)))))
      (i32.store offset=${HEAP_NEXT} (global.get $region) (local.get $base))
      (i32.store (local.get $base) (i32.load offset=${MAP_PAIRS} (local.get $map)))
      (local.set $sizes (i32.add (local.get $base) (i32.const 4)))
      (local.set $bytes
        (i32.add (local.get $sizes) (i32.shl (i32.load offset=${MAP_PAIRS} (local.get $map)) (i32.const 3))))
      (local.set $entry (call $entries (local.get $type)))
      (local.set $end
        (i32.add (local.get $entry) (i32.shl (i32.load offset=${MAP_ENTRIES} (local.get $map)) (i32.const 4))))
      (loop $next
        (if (i32.ge_s (i32.load offset=4 (local.get $entry)) (i32.const 0))
          (then
            (i64.store (local.get $sizes)
              (i64.or
                (i64.extend_i32_u (i32.load offset=4 (local.get $entry)))
                (i64.shl (i64.extend_i32_u (i32.load offset=12 (local.get $entry))) (i64.const 32))))
            (local.set $sizes (i32.add (local.get $sizes) (i32.const 8)))
            (local.set $bytes
              (call $copy_item (local.get $bytes) (i32.load (local.get $entry)) (i32.load offset=4 (local.get $entry))))
            (local.set $bytes
              (call $copy_item
                (local.get $bytes) (i32.load offset=8 (local.get $entry)) (i32.load offset=12 (local.get $entry))))))
        (br_if $next (i32.lt_u (local.tee $entry (i32.add (local.get $entry) (i32.const 16))) (local.get $end))))
      (br_if $java
        (i32.eqz
          (call $deliver (local.get $base) (local.get $size) (local.get $map_out) (local.get $size_out))))
      (return (i32.const 0)))
    (call $cross:env.proxy_get_header_map_pairs (local.get $type) (local.get $map_out) (local.get $size_out)))

  ;; Copies a name or value and a NUL behind it; gives the place behind that.
  (func $copy_item (param $to i32) (param $from i32) (param $size i32) (result i32)
    (memory.copy (local.get $to) (local.get $from) (local.get $size))
    (local.set $to (i32.add (local.get $to) (local.get $size)))
    (i32.store8 (local.get $to) (i32.const 0))
    (i32.add (local.get $to) (i32.const 1)))
