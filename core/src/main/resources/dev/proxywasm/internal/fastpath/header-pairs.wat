;; Replacing a whole map. Plain is what a guest hands back that has read all pairs and changed some: the pseudo-headers that are there,
;; unchanged and first, then names that need no cleaning. Java says by the map's state whether its pseudo-headers are as they should be.

  (func (export "env.proxy_set_header_map_pairs") (param $type i32) (param $pairs i32) (param $size i32) (result i32)
    (local $map i32) (local $kept i32) (local $names i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $map (call $map (local.get $type) (i32.const ${ASSIGNABLE})))))
      (br_if $java (i32.eqz (call $has_record)))
      (br_if $java (i32.lt_u (local.get $size) (i32.const 4)))
      (br_if $java (i32.gt_u (local.get $size) (i32.load offset=${MAX_PAIRS_BYTES} (global.get $region))))
      (br_if $java (i32.eqz (call $inrange (local.get $pairs) (local.get $size))))
      (br_if $java (i32.eqz (local.tee $kept (call $reserve (local.get $size)))))
      (call $in (local.get $kept) (local.get $pairs) (local.get $size))
      (if (call $are_plain (local.get $type) (local.get $map) (local.get $kept) (local.get $size))
        (then
          ;; A name grows by less than 8 bytes where it is padded.
          (local.set $names
            (call $reserve (i32.add (local.get $size) (i32.shl (i32.load (local.get $kept)) (i32.const 3)))))))
      (if (i32.eqz (local.get $names))
        (then
          (i32.store offset=${HEAP_NEXT} (global.get $region) (local.get $kept))
          (br $java)))
      (call $assign (local.get $type) (local.get $map) (local.get $kept) (local.get $size) (local.get $names))
      (call $record
        (i32.const ${ASSIGN}) (local.get $type) (i32.const 0) (i32.const 0) (local.get $kept) (local.get $size))
      (return (i32.const 0)))
    (call $cross:env.proxy_set_header_map_pairs (local.get $type) (local.get $pairs) (local.get $size)))

  ;; Whether serialised pairs in the mailbox are well-formed and plain.
  (func $are_plain (param $type i32) (param $map i32) (param $pairs i32) (param $size i32) (result i32)
    (local $count i32) (local $i i32) (local $sizes i32) (local $at i32) (local $end i32) (local $name_size i32) (local $value_size i32)
    (local $pseudo i32)
    (local.set $count (i32.load (local.get $pairs)))
    (if (i32.gt_u (i32.sub (local.get $count) (i32.const 1)) (i32.const ${LAST_OF_ENTRIES})) (then (return (i32.const 0))))
    (if (i32.gt_u (local.get $count) (i32.load offset=${MAX_PAIRS} (global.get $region))) (then (return (i32.const 0))))
    (local.set $sizes (i32.add (local.get $pairs) (i32.const 4)))
    (local.set $at (i32.add (local.get $sizes) (i32.shl (local.get $count) (i32.const 3))))
    (local.set $end (i32.add (local.get $pairs) (local.get $size)))
    (if (i32.gt_u (local.get $at) (local.get $end)) (then (return (i32.const 0))))
    (loop $next
      (local.set $name_size (i32.load (local.get $sizes)))
      (local.set $value_size (i32.load offset=4 (local.get $sizes)))
      (if (i32.eqz (call $is_text (local.get $at) (local.get $name_size) (local.get $end))) (then (return (i32.const 0))))
      (if (i32.eqz
            (call $is_text
              (i32.add (i32.add (local.get $at) (local.get $name_size)) (i32.const 1))
              (local.get $value_size) (local.get $end)))
        (then (return (i32.const 0))))
      (if (i32.eq (i32.load8_u (local.get $at)) (i32.const 58))
        (then
          (if (i32.ne (local.get $pseudo) (local.get $i)) (then (return (i32.const 0))))
          (local.set $pseudo (i32.add (local.get $pseudo) (i32.const 1)))
          (if (i32.eqz
                (call $is_entry
                  (call $entry (local.get $type) (local.get $i)) (local.get $at) (local.get $name_size) (local.get $value_size)))
            (then (return (i32.const 0)))))
        (else
          (if (i32.eqz
                (call $is_plain_pair
                  (local.get $type) (local.get $at) (local.get $name_size) (local.get $value_size)))
            (then (return (i32.const 0))))))
      (local.set $at
        (i32.add (i32.add (local.get $at) (i32.const 2)) (i32.add (local.get $name_size) (local.get $value_size))))
      (local.set $sizes (i32.add (local.get $sizes) (i32.const 8)))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $count))))
    (i32.and
      (i32.eq (local.get $at) (local.get $end))
      (i32.eq (local.get $pseudo) (call $count_pseudo (local.get $type) (local.get $map)))))

  ;; Whether so many bytes and a NUL stand before the end.
  (func $is_text (param $at i32) (param $size i32) (param $end i32) (result i32)
    (if (i32.ge_u (local.get $at) (local.get $end)) (then (return (i32.const 0))))
    (if (i32.ge_u (local.get $size) (i32.sub (local.get $end) (local.get $at))) (then (return (i32.const 0))))
    (i32.eqz (i32.load8_u (i32.add (local.get $at) (local.get $size)))))

  ;; Whether a name and, behind it and a NUL, a value are those of an entry.
  (func $is_entry (param $entry i32) (param $at i32) (param $name_size i32) (param $value_size i32) (result i32)
    (if (i32.ne (i32.load offset=4 (local.get $entry)) (local.get $name_size)) (then (return (i32.const 0))))
    (if (i32.ne (i32.load offset=12 (local.get $entry)) (local.get $value_size)) (then (return (i32.const 0))))
    (if (i32.eqz (call $is_same (i32.load (local.get $entry)) (local.get $at) (local.get $name_size)))
      (then (return (i32.const 0))))
    (call $is_same
      (i32.load offset=8 (local.get $entry))
      (i32.add (i32.add (local.get $at) (local.get $name_size)) (i32.const 1))
      (local.get $value_size)))

  (func $is_same (param $one i32) (param $other i32) (param $size i32) (result i32) (local $end i32)
    (local.set $end (i32.add (local.get $one) (local.get $size)))
    (block $end
      (loop $next
        (br_if $end (i32.ge_u (local.get $one) (local.get $end)))
        (if (i32.ne (i32.load8_u (local.get $one)) (i32.load8_u (local.get $other))) (then (return (i32.const 0))))
        (local.set $one (i32.add (local.get $one) (i32.const 1)))
        (local.set $other (i32.add (local.get $other) (i32.const 1)))
        (br $next)))
    (i32.const 1))

  ;; Whether a name and, behind it and a NUL, a value can be taken as they are.
  (func $is_plain_pair (param $type i32) (param $at i32) (param $name_size i32) (param $value_size i32) (result i32)
    (if (i32.gt_u (i32.sub (local.get $name_size) (i32.const 1)) (i32.const ${LAST_OF_KEY})) (then (return (i32.const 0))))
    (if (i32.eqz (call $is_plain_name (local.get $at) (local.get $name_size))) (then (return (i32.const 0))))
    (if (i32.eqz (local.get $type))
      (then
        (if (i32.eq (local.get $name_size) (i32.const 4))
          (then (if (i32.eq (i32.load (local.get $at)) (i32.const ${HOST})) (then (return (i32.const 0))))))))
    (call $is_plain_value
      (i32.add (i32.add (local.get $at) (local.get $name_size)) (i32.const 1))
      (local.get $value_size)))

  ;; How many pseudo-headers a map has.
  (func $count_pseudo (param $type i32) (param $map i32) (result i32) (local $entry i32) (local $end i32) (local $count i32)
    (local.set $entry (call $entries (local.get $type)))
    (local.set $end (call $entry (local.get $type) (i32.load offset=${MAP_ENTRIES} (local.get $map))))
    (block $end
      (loop $next
        (br_if $end (i32.ge_u (local.get $entry) (local.get $end)))
        (if (i32.gt_s (i32.load offset=4 (local.get $entry)) (i32.const 0))
          (then
            (local.set $count
              (i32.add (local.get $count) (i32.eq (i32.load8_u (i32.load (local.get $entry))) (i32.const 58))))))
        (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
        (br $next)))
    (local.get $count))

  ;; Makes pairs, which are plain, all that a map has; their names are padded at the place that was reserved for them.
  (func $assign (param $type i32) (param $map i32) (param $pairs i32) (param $size i32) (param $names i32)
    (local $entry i32) (local $end i32) (local $sizes i32) (local $at i32) (local $name_size i32)
    (i32.store offset=${MAP_ENTRIES} (local.get $map) (i32.load (local.get $pairs)))
    (i32.store offset=${MAP_PAIRS} (local.get $map) (i32.load (local.get $pairs)))
    (i32.store offset=${MAP_SIZE} (local.get $map) (local.get $size))
    (local.set $sizes (i32.add (local.get $pairs) (i32.const 4)))
    (local.set $at (i32.add (local.get $sizes) (i32.shl (i32.load (local.get $pairs)) (i32.const 3))))
    (local.set $entry (call $entries (local.get $type)))
    (local.set $end (call $entry (local.get $type) (i32.load (local.get $pairs))))
    (loop $next
      (local.set $name_size (i32.load (local.get $sizes)))
      (i32.store (local.get $entry) (local.get $names))
      (i32.store offset=4 (local.get $entry) (local.get $name_size))
      (i32.store offset=8 (local.get $entry)
        (i32.add (i32.add (local.get $at) (local.get $name_size)) (i32.const 1)))
      (i32.store offset=12 (local.get $entry) (i32.load offset=4 (local.get $sizes)))
      (i64.store (i32.add (local.get $names) (i32.and (i32.sub (local.get $name_size) (i32.const 1)) (i32.const -8))) (i64.const 0))
      (memory.copy (local.get $names) (local.get $at) (local.get $name_size))
      (local.set $names
        (i32.add (local.get $names) (i32.and (i32.add (local.get $name_size) (i32.const 7)) (i32.const -8))))
      (local.set $at
        (i32.add
          (i32.add (local.get $at) (i32.const 2))
          (i32.add (local.get $name_size) (i32.load offset=4 (local.get $sizes)))))
      (local.set $sizes (i32.add (local.get $sizes) (i32.const 8)))
      (br_if $next (i32.lt_u (local.tee $entry (i32.add (local.get $entry) (i32.const 16))) (local.get $end)))))
